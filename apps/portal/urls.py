"""Addresses of the pages composed of several apps."""

from django.urls import path

from apps.portal.views import home

app_name = "portal"
urlpatterns = [path("", home.home, name="home")]
