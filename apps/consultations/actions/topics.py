"""Ending a topic: merged into another one, or deleted before anybody wrote in it.

What stands in it is of another app, whose actions call these in the same transaction.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from apps.accounts.models import User
from apps.common.permissions import require
from apps.consultations.actions.telling import tell_of_topic
from apps.consultations.enums import TOPIC_MERGED, TOPIC_REMOVED
from apps.consultations.models import Topic


@transaction.atomic
def end_in_another(*, topic: Topic, into: Topic, by: User, at: datetime) -> None:
    """Let a topic lead to another one, with its kept counts; what stands in it is the caller's to move.

    Raises NotAllowed.
    """
    require("consultations.end_topic", by, topic)
    ended = Topic.objects.select_for_update().get(pk=topic.pk)
    kept = {"published_count": ended.published_count, "answered_count": ended.answered_count}
    Topic.objects.filter(pk=into.pk).update(**{name: F(name) + count for name, count in kept.items()})
    newest = [moment for moment in (ended.last_activity_at, into.last_activity_at) if moment]
    if newest:
        Topic.objects.filter(pk=into.pk).update(last_activity_at=max(newest))
    Topic.objects.filter(merged_into=ended).update(merged_into=into)
    Topic.objects.filter(pk=ended.pk).update(published_count=0, answered_count=0, merged_into=into, merged_at=at)
    tell_of_topic(kind=TOPIC_MERGED, topic=ended, by=by, at=at, **{"from": ended.slug, "to": into.slug})
    topic.refresh_from_db()
    into.refresh_from_db()


@transaction.atomic
def remove_topic(*, topic: Topic, by: User, at: datetime) -> None:
    """Delete a topic; that nothing stands in it is the caller's to know. Raises NotAllowed, ProtectedError."""
    require("consultations.remove_topic", by, topic)
    tell_of_topic(kind=TOPIC_REMOVED, topic=topic, by=by, at=at, slug=topic.slug)
    Topic.objects.get(pk=topic.pk).delete()
