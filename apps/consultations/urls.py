"""Addresses of the app's own pages."""

from django.urls import path

from apps.consultations.views import legal, outline, papers, texts

app_name = "consultations"
urlpatterns = [
    path("consultations/<slug:slug>/documents/<int:position>/", papers.document, name="document"),
    path("desk/consultations/new/", texts.consultation_create, name="consultation-create"),
    path("desk/consultations/<slug:slug>/", texts.consultation_edit, name="consultation-edit"),
    path("desk/consultations/<slug:slug>/publish/", texts.consultation_publish, name="consultation-publish"),
    path("desk/consultations/<slug:slug>/phases/", outline.phase_list_edit, name="phase-list-edit"),
    path("desk/consultations/<slug:slug>/legal/", legal.legal_edit, name="legal-edit"),
    path("desk/consultations/<slug:slug>/extend/", legal.deadline_extend, name="deadline-extend"),
    path("desk/consultations/<slug:slug>/facts/", outline.fact_list_edit, name="fact-list-edit"),
    path("desk/consultations/<slug:slug>/topics/new/", outline.topic_add, name="topic-add"),
    path("desk/consultations/<slug:slug>/topics/<slug:topic>/", outline.topic_edit, name="topic-edit"),
    path("desk/consultations/<slug:slug>/documents/new/", papers.document_add, name="document-add"),
    path("desk/consultations/<slug:slug>/meetings/new/", papers.meeting_add, name="meeting-add"),
]
