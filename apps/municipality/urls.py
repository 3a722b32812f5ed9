"""Addresses of the list of reasons at the desk."""

from django.urls import path

from apps.municipality import views

app_name = "municipality"
urlpatterns = [
    path("desk/reasons/", views.reason_list, name="reason-list"),
    path("desk/reasons/add/", views.reason_add, name="reason-add"),
    path("desk/reasons/edit/<slug:code>/", views.reason_edit, name="reason-edit"),
]
