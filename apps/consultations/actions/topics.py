"""Ending a topic: merged into another one, or deleted before anybody wrote in it.

What stands in it is of another app, whose actions call these in the same transaction.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, Q

from apps.accounts.models import User
from apps.common.permissions import require
from apps.consultations.actions.telling import tell, tell_of_topic
from apps.consultations.enums import CONSULTATION_TRANSLATED, TOPIC_MERGED, TOPIC_REMOVED
from apps.consultations.models import EnglishText, Fact, Meeting, Topic


@transaction.atomic
def end_in_another(*, topic: Topic, into: Topic, by: User, at: datetime) -> None:
    """Let a topic lead to another one, with its counts, key figures and minutes; the texts are the caller's to move.

    Raises NotAllowed.
    """
    require("consultations.end_topic", by, topic)
    ended = Topic.objects.select_for_update().get(pk=topic.pk)
    kept = {"published_count": ended.published_count, "answered_count": ended.answered_count}
    Topic.objects.filter(pk=into.pk).update(**{name: F(name) + count for name, count in kept.items()})
    newest = [moment for moment in (ended.last_activity_at, into.last_activity_at) if moment]
    if newest:
        Topic.objects.filter(pk=into.pk).update(last_activity_at=max(newest))
    _bring_along(ended, into)
    Topic.objects.filter(merged_into=ended).update(merged_into=into)
    Topic.objects.filter(pk=ended.pk).update(published_count=0, answered_count=0, merged_into=into, merged_at=at)
    tell_of_topic(kind=TOPIC_MERGED, topic=ended, by=by, at=at, **{"from": ended.slug, "to": into.slug})
    topic.refresh_from_db()
    into.refresh_from_db()


def _bring_along(ended: Topic, into: Topic) -> None:
    """Put the key figures behind those that stand there, and let minutes that are linked here be linked there."""
    last = Fact.objects.filter(topic=into).aggregate(last=Max("position"))["last"] or 0
    for step, fact in enumerate(Fact.objects.filter(topic=ended).order_by("position"), start=last + 1):
        Fact.objects.filter(pk=fact.pk).update(topic=into, position=step)
    for meeting in Meeting.objects.filter(minutes_topics=ended).order_by("pk"):
        meeting.minutes_topics.remove(ended)
        meeting.minutes_topics.add(into)


@transaction.atomic
def remove_topic(*, topic: Topic, by: User, at: datetime) -> None:
    """Delete a topic with its figures and its English version; that nothing stands in it is the caller's to know.

    Raises NotAllowed, ProtectedError.
    """
    require("consultations.remove_topic", by, topic)
    tell_of_topic(kind=TOPIC_REMOVED, topic=topic, by=by, at=at, slug=topic.slug)
    Topic.objects.get(pk=topic.pk).delete()
    _remove_english(topic, by, at)


def _remove_english(topic: Topic, by: User, at: datetime) -> None:
    """Delete what stood in English of the topic and its figures (`queries.english.place_of`); tell how much is left."""
    owner = topic.consultation
    rows = EnglishText.objects.filter(consultation=owner)
    ended = Q(place__startswith=f"topic-{topic.pk}-") | Q(place__startswith=f"fact-{topic.pk}-")
    if rows.filter(ended).delete()[0]:
        left, version = rows.count(), owner.proposal_version
        tell(kind=CONSULTATION_TRANSLATED, consultation=owner, by=by, at=at, texts=left, version=version)
