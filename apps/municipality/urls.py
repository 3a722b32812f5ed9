"""Addresses of the municipality's own pages, and of the lists it keeps at the desk."""

from django.urls import path

from apps.municipality.views import crest, facts, house_rules, legal_bases, reasons

app_name = "municipality"
urlpatterns = [
    path("was", facts.accessibility, name="accessibility"),
    path("brand.css", facts.brand, name="brand"),
    path("crest/<str:sha256>/", crest.crest, name="crest"),
    path("house-rules/", house_rules.rules, name="rules"),
    path("house-rules/<int:version>/", house_rules.rules_version, name="rules-version"),
    path("desk/municipality/", facts.municipality_edit, name="municipality-edit"),
    path("desk/municipality/colour/", facts.brand_edit, name="brand-edit"),
    path("desk/municipality/crest/", crest.crest_edit, name="crest-edit"),
    path("desk/municipality/accessibility/", facts.accessibility_edit, name="accessibility-edit"),
    path("desk/municipality/citizen-proposals/", facts.proposals_edit, name="proposals-edit"),
    path("desk/municipality/districts/", facts.district_list_edit, name="district-list-edit"),
    path("desk/house-rules/", house_rules.rules_edit, name="rules-edit"),
    path("desk/reasons/", reasons.reason_list, name="reason-list"),
    path("desk/reasons/add/", reasons.reason_add, name="reason-add"),
    path("desk/reasons/edit/<slug:code>/", reasons.reason_edit, name="reason-edit"),
    path("desk/legal-bases/", legal_bases.legal_basis_list, name="legal-basis-list"),
    path("desk/legal-bases/add/", legal_bases.legal_basis_add, name="legal-basis-add"),
    path("desk/legal-bases/edit/<slug:code>/", legal_bases.legal_basis_edit, name="legal-basis-edit"),
]
