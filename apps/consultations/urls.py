"""Addresses of the app's own pages."""

from django.urls import path

from apps.consultations.views import (
    box,
    documents,
    english,
    legal,
    maps,
    meetings,
    news,
    outline,
    parties,
    proposals,
    review,
    signing_up,
    stages,
    team,
    texts,
)

MEETING = "consultations/<slug:slug>/meetings/<int:meeting>"

app_name = "consultations"
urlpatterns = [
    path("consultations/<slug:slug>/documents/", documents.document_list, name="document-list"),
    path("consultations/<slug:slug>/documents/<int:position>/", documents.document, name="document"),
    path(
        "consultations/<slug:slug>/documents/<int:position>/versions/<int:version>/",
        documents.document_version,
        name="document-version",
    ),
    path(
        "consultations/<slug:slug>/documents/<int:position>/versions/<int:version>/image/",
        documents.document_image,
        name="document-image",
    ),
    path("consultations/<slug:slug>/map.geojson", maps.map_download, name="map-download"),
    path("desk/consultations/<slug:slug>/map/", maps.map_edit, name="map-edit"),
    path("consultations/<slug:slug>/versions/", proposals.version_list, name="version-list"),
    path("desk/suggestions/new/", box.box_open, name="box-open"),
    path("desk/news/new/", news.news_create, name="news-create"),
    path("desk/news/<slug:slug>/", news.news_edit, name="news-edit"),
    path("desk/consultations/new/", texts.consultation_create, name="consultation-create"),
    path("desk/consultations/<slug:slug>/", texts.consultation_edit, name="consultation-edit"),
    path("desk/consultations/<slug:slug>/publish/", texts.consultation_publish, name="consultation-publish"),
    path("desk/consultations/<slug:slug>/review/", review.review, name="review"),
    path("desk/consultations/<slug:slug>/stage/", stages.stage_edit, name="stage-edit"),
    path("desk/consultations/<slug:slug>/cancel/", stages.consultation_cancel, name="consultation-cancel"),
    path("desk/consultations/<slug:slug>/team/", team.team, name="team"),
    path("desk/consultations/<slug:slug>/team/<int:member_id>/", team.team_member, name="team-member"),
    path("desk/consultations/<slug:slug>/phases/", outline.phase_list_edit, name="phase-list-edit"),
    path("desk/consultations/<slug:slug>/legal/", legal.legal_edit, name="legal-edit"),
    path("desk/consultations/<slug:slug>/extend/", legal.deadline_extend, name="deadline-extend"),
    path("desk/consultations/<slug:slug>/english/", english.english_edit, name="english-edit"),
    path("desk/consultations/<slug:slug>/hearing-parties/", parties.party_list, name="party-list"),
    path("desk/consultations/<slug:slug>/hearing-parties/table/", parties.party_import, name="party-import"),
    path("desk/consultations/<slug:slug>/hearing-parties/<int:party_id>/", parties.party, name="party"),
    path("desk/consultations/<slug:slug>/facts/", outline.fact_list_edit, name="fact-list-edit"),
    path("desk/consultations/<slug:slug>/topics/new/", outline.topic_add, name="topic-add"),
    path("desk/consultations/<slug:slug>/topics/<slug:topic>/", outline.topic_edit, name="topic-edit"),
    path("desk/consultations/<slug:slug>/documents/new/", documents.document_add, name="document-add"),
    path(
        "desk/consultations/<slug:slug>/documents/<int:position>/",
        documents.document_replace,
        name="document-replace",
    ),
    path(
        "desk/consultations/<slug:slug>/documents/<int:position>/versions/<int:version>/",
        documents.document_hold,
        name="document-hold",
    ),
    path(f"{MEETING}/", signing_up.meeting, name="meeting"),
    path(f"{MEETING}/sign-up/", signing_up.meeting_sign_up, name="meeting-sign-up"),
    path(f"{MEETING}/sign-off/", signing_up.meeting_sign_off, name="meeting-sign-off"),
    path(f"{MEETING}/meeting.ics", signing_up.meeting_calendar, name="meeting-calendar"),
    path("desk/consultations/<slug:slug>/meetings/new/", meetings.meeting_add, name="meeting-add"),
    path(f"desk/{MEETING}/", meetings.meeting_edit, name="meeting-edit"),
    path(f"desk/{MEETING}/call-off/", meetings.meeting_call_off, name="meeting-call-off"),
    path(f"desk/{MEETING}/people/", meetings.meeting_people, name="meeting-people"),
    path(f"desk/{MEETING}/minutes/", meetings.minutes_edit, name="minutes-edit"),
]
