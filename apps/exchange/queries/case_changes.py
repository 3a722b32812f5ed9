"""What a case file holds: the whole case, or what came or was changed since a day, as the ledger tells it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from apps.common.calendar import start_of_day
from apps.consultations.enums import (
    DOCUMENT_ADDED,
    DOCUMENT_HELD,
    DOCUMENT_RELEASED,
    DOCUMENT_REPLACED,
    MEETING_ANNOUNCED,
    MEETING_CALLED_OFF,
    MEETING_REVISED,
    MINUTES_PUBLISHED,
    PROPOSAL_PUBLISHED,
)
from apps.consultations.models import Consultation
from apps.discussions.enums import AUTHOR_FORGOTTEN, AUTHOR_NAME_HIDDEN
from apps.discussions.queries import nameless_numbers
from apps.exchange.engine.case_numbers import IN_A_PART, part_of
from apps.exchange.enums import CASE_EXPORTED
from apps.ledger.models import Entry, Position
from apps.ledger.queries import facts_of
from apps.publications.enums import SUMMARY_PUBLISHED

BATCH = 500
_OF_TEXTS = ("contribution.", "answer.")
_OF_NAMES = frozenset({AUTHOR_FORGOTTEN.name, AUTHOR_NAME_HIDDEN.name})
# What takes something from the public, or a name from what is public.
TAKING_AWAY = _OF_NAMES | {
    DOCUMENT_HELD.name,
    *(
        f"contribution.{deed}"
        for deed in (
            *("refused", "returned", "reopened", "hidden", "redacted", "withdrawn", "erased", "moved_out"),
            *("file_held", "files_noted"),
        )
    ),
}


@dataclass
class Changed:
    """What the entries of some time tell of, by numbers, rows and versions."""

    numbers: set[int] = field(default_factory=set)
    documents: set[tuple[int, int]] = field(default_factory=set)
    proposals: set[int] = field(default_factory=set)
    meetings: set[int] = field(default_factory=set)
    minutes: set[int] = field(default_factory=set)
    has_parties: bool = False
    has_summary: bool = False
    has_entries: bool = False


@dataclass(frozen=True)
class Case:
    """A consultation as it is filed. Without `changed` all of it is. `at` is when the last thing in it happened."""

    consultation: Consultation
    at: datetime
    since: date | None = None
    changed: Changed | None = None

    def holds(self, told: Callable[[Changed], bool]) -> bool:
        """Tell whether something is filed; `told` says whether it is among what was changed."""
        return self.changed is None or told(self.changed)

    def parts(self) -> Iterator[tuple[int, int]]:
        """Yield the first and the last number of each part in which contributions are filed, in received order."""
        if self.changed is not None:
            yield from sorted({part_of(number) for number in self.changed.numbers})
            return
        for first in range(1, self.consultation.next_number, IN_A_PART):
            yield part_of(first)


def case_of(consultation: Consultation, *, since: date | None) -> Case:
    """Return what a file of the consultation holds: all of it, or what came or was changed from that day on."""
    at = _last_entry_at(consultation)
    if since is None:
        return Case(consultation, at)
    changed = Changed()
    for entry in entries_to_file(consultation, since=since).order_by("pk").iterator(chunk_size=BATCH):
        changed.has_entries = True
        _note(changed, entry)
        if entry.kind in _OF_NAMES:
            # The entry tells how many, and not which, so that nobody learns what one person wrote.
            changed.numbers |= nameless_numbers(consultation.pk)
    return Case(consultation, at, since, changed)


def entries_to_file(consultation: Consultation, *, since: date | None) -> "QuerySet[Entry]":
    """Return the entries about the consultation from that day on, unordered; but those that tell of case files."""
    found = Entry.objects.filter(consultation_id=consultation.pk).exclude(kind=CASE_EXPORTED.name)
    return found if since is None else found.filter(at__gte=start_of_day(since))


def places_to_file(consultation: Consultation, *, since: date | None, after: int) -> list[Position]:
    """Return the places of these entries after a position, in order, at most 500."""
    entries = entries_to_file(consultation, since=since)
    found = Position.objects.filter(entry__in=entries, position__gt=after).select_related("entry")
    return list(found.order_by("position")[:BATCH])


def _last_entry_at(consultation: Consultation) -> datetime:
    last = entries_to_file(consultation, since=None).order_by(F("at").desc(), "-pk").first()
    return last.at if last else consultation.created_at


def is_taken_away_since(consultation: Consultation, position: int) -> bool:
    """Tell whether something of the consultation was taken from the public after the ledger stood at that position."""
    later = Q(place__position__gt=position) | Q(place=None)
    told = Entry.objects.filter(later, consultation_id=consultation.pk, kind__in=sorted(TAKING_AWAY))
    return told.exists()


def _note(changed: Changed, entry: Entry) -> None:
    """Note what an entry tells of."""
    if entry.kind.startswith(_OF_TEXTS) and entry.number:
        changed.numbers.add(entry.number)
    elif entry.kind.startswith("cluster."):
        told = facts_of(entry).get("numbers", [])
        changed.numbers.update(number for number in told if isinstance(number, int))
    elif entry.kind.startswith("party."):
        changed.has_parties = True
    elif note := _NOTES.get(entry.kind):
        note(changed, entry)


def _document(changed: Changed, entry: Entry) -> None:
    changed.documents.add((entry.subject_id, int(facts_of(entry).get("version", 1))))


def _summary(changed: Changed, _entry: Entry) -> None:
    changed.has_summary = True


_NOTES: Mapping[str, Callable[[Changed, Entry], None]] = {
    **dict.fromkeys(
        (DOCUMENT_ADDED.name, DOCUMENT_REPLACED.name, DOCUMENT_HELD.name, DOCUMENT_RELEASED.name), _document
    ),
    **dict.fromkeys(
        (MEETING_ANNOUNCED.name, MEETING_REVISED.name, MEETING_CALLED_OFF.name),
        lambda changed, entry: changed.meetings.add(entry.subject_id),
    ),
    MINUTES_PUBLISHED.name: lambda changed, entry: changed.minutes.add(entry.subject_id),
    PROPOSAL_PUBLISHED.name: lambda changed, entry: changed.proposals.add(int(facts_of(entry)["version"])),
    SUMMARY_PUBLISHED.name: _summary,
}
