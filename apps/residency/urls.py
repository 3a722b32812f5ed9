"""Addresses of the app's own pages."""

from django.urls import path

from apps.residency import views

app_name = "residency"
urlpatterns = [path("desk/residents/", views.desk, name="desk")]
