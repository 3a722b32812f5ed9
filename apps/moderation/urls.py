"""Addresses of the moderators' pages."""

from django.urls import path

from apps.moderation.views import brake, decision, erasure, item, measures, queue

app_name = "moderation"
urlpatterns = [
    path("moderation/", queue.queue, name="queue"),
    path("moderation/log/", decision.decision_list, name="decision-list"),
    path("moderation/erasures/", erasure.erasure_list, name="erasure-list"),
    path("moderation/erasures/<int:erasure_id>/", erasure.erasure_decide, name="erasure-decide"),
    path("moderation/measures/", measures.measure_list, name="measure-list"),
    path("moderation/second-reading/", measures.second_reading, name="second-reading"),
    path("moderation/consultations/<slug:slug>/brake/", brake.brake, name="brake"),
    path("moderation/items/<int:contribution_id>/", item.item, name="item"),
    path("moderation/items/<int:contribution_id>/erase/", erasure.erasure_propose, name="erasure-propose"),
    path("moderation/items/<int:contribution_id>/claim/", item.claim, name="contribution-claim"),
    path("moderation/items/<int:contribution_id>/release/", item.release, name="contribution-release"),
    path("moderation/items/<int:contribution_id>/decide/", decision.decide, name="contribution-decide"),
]
