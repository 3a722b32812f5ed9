"""Topics that are not there any more. Their rows are gone: the ledger alone remembers them."""

from collections.abc import Collection
from typing import Any

from apps.consultations.enums import TOPIC_MERGED, TOPIC_REMOVED
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries.consultations import visible_consultations
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of, places_since

MOST_MERGES = 100


def removed_topic(consultation: Consultation, slug: str) -> int | None:
    """Return the id of the topic that stood at that address until it was deleted, or None where there was none."""
    told = Entry.objects.filter(kind=TOPIC_REMOVED.name, consultation_id=consultation.pk).order_by("-pk")
    return next((entry.topic_id for entry in told if facts_of(entry)["slug"] == slug), None)


def removed_topics(viewer: Any, ids: Collection[int]) -> dict[int, tuple[Consultation, str]]:
    """Return those of these topics that were deleted, by id: their address and the consultation the viewer sees."""
    told = list(Entry.objects.filter(kind=TOPIC_REMOVED.name, topic_id__in=ids).order_by("pk")) if ids else []
    owners = visible_consultations(viewer).in_bulk({entry.consultation_id for entry in told}) if told else {}
    return {
        entry.topic_id: (owners[entry.consultation_id], facts_of(entry)["slug"])
        for entry in told
        if entry.topic_id and entry.consultation_id in owners
    }


def topics_of_merge(entry: Entry) -> list[int]:
    """Return the ids of the two topics that a merge is about: the one that ended, and the one that it ended in."""
    into = Topic.objects.filter(consultation=entry.consultation_id, slug=facts_of(entry)["to"])
    return [entry.topic_id or 0, *into.values_list("pk", flat=True)]


def is_merged_since(topic: Topic, position: int) -> bool:
    """Tell whether the topic was merged into another, or another into it, after that position of the ledger."""
    told = places_since(position, kinds=[TOPIC_MERGED.name], consultation_id=topic.consultation_id, limit=MOST_MERGES)
    return any(topic.slug in facts_of(place.entry).values() for place in told)
