"""Addresses of the app's own pages."""

from django.urls import path

from apps.discussions.views import (
    agreements,
    files,
    importing,
    letters,
    outside,
    own,
    senders,
    suggestions,
    tables,
    topics,
    writing,
)

OWN = "consultations/<slug:slug>/c/<int:number>"
VOICES = "desk/consultations/<slug:slug>/voices"

app_name = "discussions"
urlpatterns = [
    path("consultations/<slug:slug>/topics/<slug:topic>/contributions.csv", tables.topic_table, name="topic-table"),
    path(
        "consultations/<slug:slug>/topics/<slug:topic>/write/",
        writing.contribution_submit,
        name="contribution-submit",
    ),
    path(f"{OWN}/letter/", letters.letter, name="letter"),
    path(f"{OWN}/files/<int:position>/", files.contribution_file, name="contribution-file"),
    path(f"{OWN}/files/<int:position>/image/", files.contribution_image, name="contribution-image"),
    path(f"{OWN}/agree/", agreements.agreement, name="agreement"),
    path(f"{OWN}/status/", suggestions.suggestion_status, name="suggestion-status"),
    path(f"{OWN}/edit/", own.contribution_revise, name="contribution-revise"),
    path(f"{OWN}/withdraw/", own.contribution_withdraw, name="contribution-withdraw"),
    path("desk/consultations/<slug:slug>/topics/<slug:topic>/merge/", topics.topic_merge, name="topic-merge"),
    path("desk/consultations/<slug:slug>/topics/<slug:topic>/delete/", topics.topic_delete, name="topic-delete"),
    path(f"{VOICES}/", outside.voice_list, name="voice-list"),
    path(f"{VOICES}/new/", outside.voice_enter, name="voice-enter"),
    path(f"{VOICES}/import/", importing.voice_import, name="voice-import"),
    path(f"{VOICES}/template.csv", importing.voice_template, name="voice-template"),
    path(f"{VOICES}/senders.csv", senders.sender_download, {"form": "csv"}, name="sender-table"),
    path(f"{VOICES}/labels.pdf", senders.sender_download, {"form": "pdf"}, name="sender-labels"),
    path(f"{VOICES}/<int:number>/", outside.voice, name="voice"),
    path(f"{VOICES}/<int:number>/correct/", outside.voice_correct, name="voice-correct"),
    path(f"{VOICES}/<int:number>/scan/", outside.voice_scan, name="voice-scan"),
    path(f"{VOICES}/<int:number>/receipt.pdf", senders.receipt_print, name="receipt-print"),
    path(f"{VOICES}/<int:number>/posted/", senders.receipt_post, name="receipt-post"),
    path(f"{VOICES}/<int:number>/forget/", senders.sender_forget, name="sender-forget"),
    path(f"{VOICES}/<int:number>/hide-name/", senders.sender_name_hide, name="sender-name-hide"),
]
