"""Addresses of the app's own pages."""

from django.urls import URLPattern

app_name = "consultations"
urlpatterns: list[URLPattern] = []
