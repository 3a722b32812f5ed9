"""Who has written where: for whoever may not decide in a topic in which they take part."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.accounts.rules import is_person
from apps.common.permissions import Sentence
from apps.consultations.models import Topic
from apps.consultations.queries import phases_of
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from apps.discussions.rules import why_too_soon


def _written() -> QuerySet[Contribution]:
    """Return what people wrote for themselves: an answer is the municipality's."""
    return Contribution.stored.exclude(kind=ContributionKind.ANSWER)


def has_written_in(topic_id: int, person_id: int) -> bool:
    """Tell whether the person has written for themselves in the topic, whatever became of it."""
    return _written().filter(topic=topic_id, author=person_id).exists()


def wrote_last_in(topic: Topic, person: User) -> datetime | None:
    """Return when what the person last wrote for themselves in the topic was received, or None. One query."""
    rows = _written().filter(topic=topic, author=person).order_by("-received_at")
    return rows.values_list("received_at", flat=True).first()


def why_to_wait(viewer: Any, topic: Topic, *, at: datetime) -> Sentence | None:
    """Return how long the viewer waits before they write in the topic again, or None. Two queries where one may."""
    if not topic.consultation.post_pause or not is_person(viewer):
        return None
    phases = phases_of(topic.consultation)
    return why_too_soon(topic.consultation, wrote_last_in(topic, viewer), phases=phases, at=at)


def topics_written_in_by(person_id: int) -> "QuerySet[Contribution, Any]":
    """Return the ids of the topics in which the person has written for themselves, for use in a query."""
    return _written().filter(author=person_id).values_list("topic_id", flat=True)


def writers_by_topic(topic_ids: Collection[int] | None, *, among: Collection[int]) -> dict[int, frozenset[int]]:
    """Return which of these people have written for themselves in each of the topics, or in all: one query."""
    found: dict[int, set[int]] = defaultdict(set)
    written = _written().filter(author__in=among)
    rows = (written if topic_ids is None else written.filter(topic__in=topic_ids)).values_list("topic_id", "author_id")
    for topic_id, author_id in rows.distinct():
        if author_id is not None:
            found[topic_id].add(author_id)
    return {topic_id: frozenset(people) for topic_id, people in found.items()}
