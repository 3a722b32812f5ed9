"""Addresses of the app's own pages."""

from django.urls import URLPattern

app_name = "notifications"
urlpatterns: list[URLPattern] = []
