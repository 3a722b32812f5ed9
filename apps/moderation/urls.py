"""Addresses of the moderators' pages."""

from django.urls import path

from apps.moderation.views import decision, erasure, item, queue, transparency

app_name = "moderation"
urlpatterns = [
    path("transparency/", transparency.transparency, name="transparency"),
    path("transparency/statements.csv", transparency.statements_csv, name="statements-csv"),
    path("transparency/statements.json", transparency.statements_json, name="statements-json"),
    path("moderation/", queue.queue, name="queue"),
    path("moderation/log/", decision.decision_list, name="decision-list"),
    path("moderation/erasures/", erasure.erasure_list, name="erasure-list"),
    path("moderation/erasures/<int:erasure_id>/", erasure.erasure_decide, name="erasure-decide"),
    path("moderation/items/<int:contribution_id>/", item.item, name="item"),
    path("moderation/items/<int:contribution_id>/erase/", erasure.erasure_propose, name="erasure-propose"),
    path("moderation/items/<int:contribution_id>/claim/", item.claim, name="contribution-claim"),
    path("moderation/items/<int:contribution_id>/release/", item.release, name="contribution-release"),
    path("moderation/items/<int:contribution_id>/decide/", decision.decide, name="contribution-decide"),
]
