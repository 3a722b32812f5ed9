"""Reading the ledger."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from django.conf import settings
from django.db.models import BigIntegerField, Count, F, Max, Min, Model, Q, Subquery, Value
from django.db.models.functions import Coalesce

from apps.common.wording import number_ranges
from apps.ledger.engine.canonical import Fact
from apps.ledger.enums import KINDS, ActorRole, Kind
from apps.ledger.models import SEQUENCER, Entry, Position, Reader, Unplaced

LOOKED_BACK = 1000


def head_position() -> int:
    """Return the last position given, or 0."""
    return Position.objects.aggregate(last=Max("position"))["last"] or 0


def last_position() -> Coalesce:
    """Return an expression for the last position given, or 0: for a query of a page that lets its readers follow."""
    head = Reader.objects.filter(pk=SEQUENCER).values("position")
    return Coalesce(Subquery(head[:1]), Value(0), output_field=BigIntegerField())


def is_settled(entry: Entry, *, at: datetime) -> bool:
    """Tell whether nobody can take back any more what the entry tells, by who recorded it in a minute."""
    kind = KINDS.get(entry.kind)
    if not settings.UNDO_SECONDS or kind is None or not kind.can_be_undone:
        return True
    return entry.actor_role != ActorRole.MODERATOR or entry.at <= at - timedelta(seconds=settings.UNDO_SECONDS)


def settled_among(places: Sequence[Position], *, at: datetime) -> list[Position]:
    """Return the places before the first whose entry can still be undone: what stands behind it waits as well."""
    return list(takewhile(lambda place: is_settled(place.entry, at=at), places))


def settled_position(*, at: datetime) -> int:
    """Return the last position before the first entry that can still be undone, or that of the head."""
    head = head_position()
    undoable = [kind.name for kind in KINDS.values() if kind.can_be_undone]
    young = Position.objects.filter(
        position__gt=head - LOOKED_BACK,
        entry__kind__in=undoable,
        entry__actor_role=ActorRole.MODERATOR,
        entry__at__gt=at - timedelta(seconds=settings.UNDO_SECONDS),
    )
    first = young.aggregate(first=Min("position"))["first"] if settings.UNDO_SECONDS else None
    return head if first is None else first - 1


def topic_places_since(
    topic_id: int, position: int, kinds: Sequence[str], *, at: datetime, limit: int
) -> list[Position]:
    """Return the places of a topic's settled entries of these kinds after a position, in order, at most `limit`."""
    return settled_among(places_since(position, kinds=kinds, topic_id=topic_id, limit=limit), at=at)


def places_since(
    position: int,
    *,
    kinds: Collection[str],
    topic_id: int | None = None,
    consultation_id: int | None = None,
    limit: int,
) -> list[Position]:
    """Return the places of entries of these kinds after a position, in order, at most `limit`.

    Of all topics or one, of all consultations or one.
    """
    places = Position.objects.filter(position__gt=position, entry__kind__in=kinds)
    if topic_id is not None:
        places = places.filter(entry__topic_id=topic_id)
    if consultation_id is not None:
        places = places.filter(entry__consultation_id=consultation_id)
    return list(places.select_related("entry").order_by("position")[:limit])


def entry_about(subject: Model, kind: Kind, *, at: datetime) -> Entry | None:
    """Return the entry of that kind about a row that was recorded for that moment, or None."""
    name = subject._meta.model_name or ""
    return Entry.objects.filter(subject=name, subject_id=subject.pk, kind=kind.name, at=at).order_by("-pk").first()


def reader_position(name: str) -> int | None:
    """Return how far a reader has come, or None when it never read."""
    return Reader.objects.filter(pk=name).values_list("position", flat=True).first()


def newest_places(
    *, consultation_id: int | None = None, kinds: Collection[str] = (), before: int | None = None, limit: int
) -> list[Position]:
    """Return places with their entries, newest first, of all consultations or one, of all kinds or these."""
    places = Position.objects.select_related("entry").order_by("-position")
    if kinds:
        places = places.filter(entry__kind__in=kinds)
    if consultation_id is not None:
        places = places.filter(entry__consultation_id=consultation_id)
    if before is not None:
        places = places.filter(position__lt=before)
    return list(places[:limit])


def count_of_kinds(kinds: Collection[str], *, since: datetime, until: datetime) -> dict[str, int]:
    """Return how many entries of each of these kinds tell of the time after the one moment and up to the other."""
    told = Entry.objects.filter(kind__in=kinds, at__gt=since, at__lte=until).order_by()
    return dict(told.values_list("kind").annotate(count=Count("pk")))


def reader_lags() -> dict[str, int]:
    """Return how many entries each reader has not seen yet, by its name."""
    head = head_position()
    return {name: head - position for name, position in Reader.objects.order_by("name").values_list("name", "position")}


def unplaced_entries() -> int:
    """Return how many entries have no position yet."""
    return Unplaced.objects.count()


def personal_data_of(person_id: int, *, about: Mapping[str, Collection[int]]) -> list[dict[str, Any]]:
    """Return the entries that a person made or that are about these subjects, newest first, for the person to read.

    Of who else acted only the role is told, as everyone reads it.
    """
    wanted = Q(person__person_id=person_id)
    for subject, ids in about.items():
        wanted |= Q(subject=subject, subject_id__in=ids)
    mine = F("person__person_id")
    rows = Entry.objects.filter(wanted).annotate(acting_id=mine).order_by("-pk")
    return [
        {
            "at": entry.at,
            "event": entry.kind,
            "told_as": sentence_of(entry),
            "acted_as": str(ActorRole(entry.actor_role).label),
            "acted_yourself": entry.acting_id == person_id,
        }
        for entry in rows
    ]


def facts_of(entry: Entry) -> dict[str, Any]:
    """Return the facts of an entry's payload."""
    facts: dict[str, Any] = json.loads(entry.payload)
    return facts


def _in_words(fact: Fact) -> object:
    """Return numbers as ranges, and of fingerprints how many they are."""
    if not isinstance(fact, list):
        return fact
    numbers = [item for item in fact if isinstance(item, int)]
    return number_ranges(numbers) if len(numbers) == len(fact) and numbers else len(fact)


def sentence_of(entry: Entry, *, words: Mapping[str, object] | None = None) -> str:
    """Return the entry told in words, in the language in force; `words` stand for facts whose codes say too little."""
    kind = KINDS.get(entry.kind)
    if kind is None:
        return entry.kind
    facts = {name: _in_words(fact) for name, fact in facts_of(entry).items()}
    return str(kind.sentence) % {"number": entry.number, **facts, **(words or {})}
