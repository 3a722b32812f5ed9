"""Addresses of the app's own pages."""

from django.urls import path

from apps.residency.views import desk

app_name = "residency"
urlpatterns = [path("desk/residents/", desk.desk, name="desk")]
