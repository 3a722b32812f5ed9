"""Addresses of the moderators' pages."""

from django.urls import path

from apps.moderation.views import decision, item, queue

app_name = "moderation"
urlpatterns = [
    path("moderation/", queue.queue, name="queue"),
    path("moderation/log/", decision.decision_list, name="decision-list"),
    path("moderation/items/<int:contribution_id>/", item.item, name="item"),
    path("moderation/items/<int:contribution_id>/claim/", item.claim, name="contribution-claim"),
    path("moderation/items/<int:contribution_id>/release/", item.release, name="contribution-release"),
    path("moderation/items/<int:contribution_id>/decide/", decision.decide, name="contribution-decide"),
]
