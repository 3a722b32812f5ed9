"""Addresses of the app's own pages."""

from django.urls import URLPattern

app_name = "moderation"
urlpatterns: list[URLPattern] = []
