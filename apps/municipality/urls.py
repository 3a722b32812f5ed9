"""Addresses of the lists of reasons and of legal bases at the desk."""

from django.urls import path

from apps.municipality import views

app_name = "municipality"
urlpatterns = [
    path("desk/reasons/", views.reason_list, name="reason-list"),
    path("desk/reasons/add/", views.reason_add, name="reason-add"),
    path("desk/reasons/edit/<slug:code>/", views.reason_edit, name="reason-edit"),
    path("desk/legal-bases/", views.legal_basis_list, name="legal-basis-list"),
    path("desk/legal-bases/add/", views.legal_basis_add, name="legal-basis-add"),
    path("desk/legal-bases/edit/<slug:code>/", views.legal_basis_edit, name="legal-basis-edit"),
]
