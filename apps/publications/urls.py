"""Addresses of the app's own pages."""

from django.urls import path

from apps.publications.views import answers, editing, summaries

app_name = "publications"
urlpatterns = [
    path("consultations/<slug:slug>/c/<int:number>/answer/", answers.answer_publish, name="answer-publish"),
    path("consultations/<slug:slug>/summary/", summaries.summary, name="summary"),
    path("desk/consultations/<slug:slug>/summary/", editing.summary_edit, name="summary-edit"),
    path("desk/consultations/<slug:slug>/summary/publish/", editing.summary_publish, name="summary-publish"),
]
