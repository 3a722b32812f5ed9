"""Addresses of the pages composed of several apps."""

from django.urls import path

from apps.portal.views import (
    consultations,
    contribution,
    desk,
    health,
    home,
    how_it_works,
    ledger,
    me,
    preferences,
    topic,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("consultations/", consultations.consultation_list, name="consultation-list"),
    path("consultations/<slug:slug>/", consultations.consultation, name="consultation"),
    path("consultations/<slug:slug>/topics/<slug:topic>/", topic.topic, name="topic"),
    path("consultations/<slug:slug>/c/<int:number>/", contribution.contribution, name="contribution"),
    path("how-it-works/", how_it_works.how_it_works, name="how-it-works"),
    path("ledger/", ledger.entry_list, name="entry-list"),
    path("consultations/<slug:slug>/ledger/", ledger.consultation_entries, name="consultation-entries"),
    path("me/", me.me, name="me"),
    path("desk/", desk.desk, name="desk"),
    path("preferences/theme/", preferences.theme, name="theme"),
]

# Without a language: machines ask here.
for_machines = [
    path("healthz", health.process_up, name="process"),
    path("readyz", health.services_ready, name="services"),
    path("metrics", health.metric_list, name="metrics"),
]
