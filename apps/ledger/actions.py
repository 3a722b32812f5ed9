"""Recording entries, giving them their positions, and readers that follow."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import models, transaction

from apps.ledger.engine.canonical import Fact, canonical_json, fingerprint, is_fact
from apps.ledger.enums import Kind
from apps.ledger.errors import UnfitEntry
from apps.ledger.models import SEQUENCER, Actor, Entry, EntryActor, Position, Reader, Unplaced
from apps.ledger.queries import settled_among
from apps.ledger.signals import entry_recorded

__all__ = [
    "SEQUENCER",
    "Draft",
    "Fact",
    "canonical_json",
    "fingerprint",
    "follow",
    "forget_person",
    "record",
    "record_many",
    "sequence_entries",
    "skip_to_head",
]

BATCH = 500


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An entry about to be recorded."""

    kind: Kind
    subject: models.Model
    by: Actor
    at: datetime
    consultation_id: int | None = None
    topic_id: int | None = None
    number: int | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


def record(  # noqa: PLR0913 - an entry has that many sides
    kind: Kind,
    *,
    subject: models.Model,
    by: Actor,
    at: datetime,
    consultation_id: int | None = None,
    topic_id: int | None = None,
    number: int | None = None,
    facts: Mapping[str, Fact] | None = None,
) -> Entry:
    """Append one entry inside the caller's transaction, and announce it after the commit.

    Raises UnfitEntry when the facts are not those the kind declares.
    """
    draft = Draft(
        kind=kind,
        subject=subject,
        by=by,
        at=at,
        consultation_id=consultation_id,
        topic_id=topic_id,
        number=number,
        facts=facts or {},
    )
    return record_many([draft])[0]


def record_many(drafts: Sequence[Draft]) -> list[Entry]:
    """Append entries in the order given, inside the caller's transaction, and announce them once after the commit."""
    entries = [_entry(draft) for draft in drafts]
    if not transaction.get_connection().in_atomic_block:
        message = "An entry is recorded in the transaction of the change it tells of"
        raise UnfitEntry(message)
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    Unplaced.objects.bulk_create((Unplaced(entry=entry) for entry in entries), batch_size=BATCH)
    EntryActor.objects.bulk_create(
        (
            EntryActor(entry=entry, person_id=draft.by.person_id)
            for entry, draft in zip(entries, drafts, strict=True)
            if draft.by.person_id is not None
        ),
        batch_size=BATCH,
    )
    kinds = sorted({entry.kind for entry in entries})
    transaction.on_commit(partial(entry_recorded.send, sender=Entry, kinds=kinds))
    return entries


def _entry(draft: Draft) -> Entry:
    unknown = set(draft.facts) ^ draft.kind.facts
    if unknown or not all(is_fact(value) for value in draft.facts.values()):
        message = f"{draft.kind.name} does not take these facts: {sorted(unknown) or 'a value is not a fact'}"
        raise UnfitEntry(message)
    return Entry(
        kind=draft.kind.name,
        at=draft.at,
        actor_role=draft.by.role,
        subject=draft.subject._meta.model_name or "",
        subject_id=draft.subject.pk,
        consultation_id=draft.consultation_id,
        topic_id=draft.topic_id,
        number=draft.number,
        payload=canonical_json(draft.facts),
    )


def sequence_entries() -> int:
    """Give every committed entry without a position the next one; return how many got one.

    Database ids commit out of order; positions are given under one lock, so a reader that follows them misses nothing.
    """
    given = 0
    while Unplaced.objects.exists():
        with transaction.atomic():
            head = _locked_reader(SEQUENCER)
            entries = list(Unplaced.objects.order_by("entry_id").values_list("entry_id", flat=True)[:BATCH])
            places = [Position(position=head.position + step, entry_id=pk) for step, pk in enumerate(entries, start=1)]
            Position.objects.bulk_create(places)
            Unplaced.objects.filter(entry_id__in=entries).delete()
            Reader.objects.filter(pk=SEQUENCER).update(position=head.position + len(entries))
        given += len(entries)
    return given


def follow(name: str, handle: Callable[[Sequence[Position]], None], *, settled_at: datetime | None = None) -> int:
    """Hand the entries that this reader has not seen to `handle`, in order; return how many it saw.

    With `settled_at` it stops before the first that can still be undone at that moment; a later run goes on there.

    Rows that `handle` writes commit together with the reader's position. What it does outside the database may be
    repeated after a crash. Two runs at once take turns.
    """
    sequence_entries()
    seen = 0
    while _is_behind(name):
        with transaction.atomic():
            reader = _locked_reader(name)
            places = list(
                Position.objects.filter(position__gt=reader.position)
                .select_related("entry")
                .order_by("position")[:BATCH]
            )
            if settled_at is not None:
                places = settled_among(places, at=settled_at)
            if places:
                handle(places)
                Reader.objects.filter(pk=name).update(position=places[-1].position)
        if not places:
            break
        seen += len(places)
    return seen


@transaction.atomic
def skip_to_head(name: str) -> None:
    """Let a reader begin at the ledger's head: what came before is not for it."""
    _locked_reader(name)
    head = Position.objects.aggregate(last=models.Max("position"))["last"] or 0
    Reader.objects.filter(pk=name).update(position=head)


@transaction.atomic
def forget_person(*, person_id: int) -> int:
    """Keep no longer which entries this person made; the entries themselves stay as they are. Return how many."""
    forgotten, _by_table = EntryActor.objects.filter(person_id=person_id).delete()
    return forgotten


def _is_behind(name: str) -> bool:
    come = Reader.objects.filter(pk=name).values_list("position", flat=True).first() or 0
    return Position.objects.filter(position__gt=come).exists()


def _locked_reader(name: str) -> Reader:
    Reader.objects.get_or_create(pk=name)
    # An update takes the row's lock on every database; select_for_update does nothing on SQLite.
    Reader.objects.filter(pk=name).update(position=models.F("position"))
    return Reader.objects.get(pk=name)
