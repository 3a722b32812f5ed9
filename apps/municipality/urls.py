"""Addresses of the lists of reasons and of legal bases at the desk."""

from django.urls import path

from apps.municipality.views import legal_bases, reasons

app_name = "municipality"
urlpatterns = [
    path("desk/reasons/", reasons.reason_list, name="reason-list"),
    path("desk/reasons/add/", reasons.reason_add, name="reason-add"),
    path("desk/reasons/edit/<slug:code>/", reasons.reason_edit, name="reason-edit"),
    path("desk/legal-bases/", legal_bases.legal_basis_list, name="legal-basis-list"),
    path("desk/legal-bases/add/", legal_bases.legal_basis_add, name="legal-basis-add"),
    path("desk/legal-bases/edit/<slug:code>/", legal_bases.legal_basis_edit, name="legal-basis-edit"),
]
