"""Reading the ledger."""

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import Max, QuerySet

from apps.ledger.enums import KINDS
from apps.ledger.models import Entry, Position


def head_position() -> int:
    """Return the last position given, or 0."""
    return Position.objects.aggregate(last=Max("position"))["last"] or 0


def entries_of_consultation(consultation_id: int) -> QuerySet[Entry]:
    """Return the entries of a consultation, newest first."""
    return Entry.objects.filter(consultation_id=consultation_id).select_related("place").order_by("-id")


def topic_places_since(topic_id: int, position: int, kinds: Sequence[str], *, limit: int) -> list[Position]:
    """Return the places of a topic's entries of these kinds after a position, in order, at most `limit`."""
    return list(
        Position.objects.filter(position__gt=position, entry__topic_id=topic_id, entry__kind__in=kinds)
        .select_related("entry")
        .order_by("position")[:limit]
    )


def facts_of(entry: Entry) -> dict[str, Any]:
    """Return the facts of an entry's payload."""
    facts: dict[str, Any] = json.loads(entry.payload)
    return facts


def sentence_of(entry: Entry) -> str:
    """Return the entry told in words, in the language in force."""
    kind = KINDS.get(entry.kind)
    if kind is None:
        return entry.kind
    return str(kind.sentence) % {"number": entry.number, **facts_of(entry)}
