"""The whole ledger held against the rows, one consultation after the other, in batches.

Memory is bounded by the numbers of the largest consultation: of each the story keeps a few words, never its text.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet

from apps.consultations.models import Consultation
from apps.discussions.enums import CONTRIBUTION_MOVED_BACK, CONTRIBUTION_MOVED_IN, CONTRIBUTION_MOVED_OUT
from apps.exchange.engine.agreement import hold_consultation, hold_contributions
from apps.exchange.engine.paper_agreement import hold_white_paper
from apps.exchange.engine.story import Disagreement, Told, story_of
from apps.exchange.queries.paper_rows import white_paper_row
from apps.exchange.queries.rows import consultation_row, contribution_rows
from apps.ledger.actions import SEQUENCER, canonical_json
from apps.ledger.enums import KINDS
from apps.ledger.models import Entry, Position, Reader, Unplaced

BATCH = 2000
LOOKS = 3
_MOVES = {
    CONTRIBUTION_MOVED_OUT.name: "to",
    CONTRIBUTION_MOVED_IN.name: "from",
    CONTRIBUTION_MOVED_BACK.name: "from",
}
_READ = ("pk", "kind", "at", "subject_id", "topic_id", "number", "payload")


@dataclass(frozen=True)
class Checked:
    """What was looked at, and the first thing that is wrong."""

    consultations: int = 0
    contributions: int = 0
    entries: int = 0
    placed: int = 0
    problem: str = ""


def check_ledger() -> Checked:
    """Return what the ledger holds and the first thing that is wrong with it, or with rows that differ from it."""
    contributions = consultations = 0
    try:
        placed = _hold_positions()
        _hold_belonging()
        _hold_moves()
        story_of(_told(Entry.objects.filter(consultation_id=None)))
        for consultation in Consultation.objects.order_by("pk").iterator(chunk_size=BATCH):
            contributions += _look(consultation)
            consultations += 1
    except Disagreement as wrong:
        return Checked(problem=str(wrong))
    return Checked(consultations, contributions, Entry.objects.count(), placed)


def _hold_positions() -> int:
    """Positions are gapless from 1, and every entry has one or waits for one. Return how many there are."""
    before = _sequenced()
    found = Position.objects.aggregate(count=Count("pk"), first=Min("pk"), last=Max("pk"), told=Count("entry__kind"))
    after = _sequenced()
    if found["count"] and (found["first"] != 1 or found["last"] != found["count"]):
        raise Disagreement(f"Position {_first_gap()} is missing")
    if found["told"] != found["count"]:
        raise Disagreement("A position belongs to an entry that is not there")
    if not before <= (found["last"] or 0) <= after:
        raise Disagreement(f"The sequencer says {after} positions were given, there are {found['last'] or 0}")
    lost = Entry.objects.filter(place=None, waiting=None).order_by("pk").first()
    if lost:
        raise Disagreement(f"Entry {lost.pk} has no position and does not wait for one")
    twice = Unplaced.objects.filter(entry__place__isnull=False).order_by("pk").first()
    if twice:
        raise Disagreement(f"Entry {twice.pk} waits for a position although it has one")
    return int(found["count"])


def _sequenced() -> int:
    return Reader.objects.filter(pk=SEQUENCER).values_list("position", flat=True).first() or 0


def _first_gap() -> int:
    expected = 1
    for position in Position.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=BATCH):
        if position != expected:
            break
        expected += 1
    return expected


def _hold_belonging() -> None:
    """Every entry tells of a consultation that is there, and what has a number tells of one."""
    of_nowhere = Q(consultation_id=None) & (Q(number__isnull=False) | Q(topic_id__isnull=False))
    known = Consultation.objects.values("pk")
    lost = Entry.objects.filter(of_nowhere | (Q(consultation_id__isnull=False) & ~Q(consultation_id__in=known)))
    first = lost.order_by("pk").first()
    if first:
        raise Disagreement(f"Entry {first.pk} ({first.kind}) tells of a consultation that is not there")


def _hold_moves() -> None:
    """Every move between consultations is told in both, of the same text and of both numbers."""
    slugs = dict(Consultation.objects.values_list("pk", "slug"))
    sides: dict[str, Counter[tuple[Any, ...]]] = {"to": Counter(), "from": Counter()}
    for kind, ways in _MOVES.items():
        entries = Entry.objects.filter(kind=kind).values_list(
            "pk", "subject_id", "at", "consultation_id", "number", "payload"
        )
        told = sides[ways]
        for entry, text, at, place, number, payload in entries.iterator(chunk_size=BATCH):
            here, facts = (slugs.get(place or 0, ""), number), _facts(entry, kind, payload)
            there = (facts[ways], facts[f"{ways}_number"])
            told[text, at, *((here, there) if ways == "to" else (there, here))] += 1
    away, arrived = sides["to"], sides["from"]
    for lost in (away - arrived, arrived - away):
        for text, _at, (left, old), (to, new) in lost:
            raise Disagreement(
                f"Only one side tells that text {text} was moved from {left} no. {old} to {to} no. {new}"
            )


def _look(consultation: Consultation) -> int:
    """Check one consultation. Where people write meanwhile, it is wrong only if no entry came while we looked."""
    for look in range(1, LOOKS + 1):
        before = _last_entry(consultation)
        try:
            return _check(Consultation.objects.get(pk=consultation.pk))
        except Disagreement as wrong:
            if look == LOOKS or _last_entry(consultation) == before:
                raise Disagreement(f"{consultation.slug}: {wrong}") from wrong
    return 0


def _last_entry(consultation: Consultation) -> int:
    return Entry.objects.filter(consultation_id=consultation.pk).aggregate(last=Max("pk"))["last"] or 0


def _check(consultation: Consultation) -> int:
    story = story_of(_told(Entry.objects.filter(consultation_id=consultation.pk)))
    hold_consultation(story, consultation_row(consultation))
    hold_white_paper(story, white_paper_row(consultation))
    return hold_contributions(story, contribution_rows(consultation))


def _told(entries: "QuerySet[Entry]") -> Iterator[Told]:
    """Read entries in the order of their positions; those that still wait for one come last."""
    ordered = entries.order_by(F("place__position").asc(nulls_last=True), "pk")
    for entry, kind, at, subject, topic, number, payload in ordered.values_list(*_READ).iterator(chunk_size=BATCH):
        facts = _facts(entry, kind, payload)
        yield Told(entry, kind, at, subject, topic, number, facts)


def _facts(entry: int, kind: str, payload: str) -> dict[str, Any]:
    declared = KINDS.get(kind)
    try:
        facts: dict[str, Any] = json.loads(payload)
    except ValueError:
        raise Disagreement(f"Entry {entry}: the payload is not JSON") from None
    if declared is None or set(facts) != declared.facts:
        raise Disagreement(f"Entry {entry}: {kind} does not hold these facts: {payload}")
    if canonical_json(facts) != payload:
        raise Disagreement(f"Entry {entry}: the payload is not canonical JSON")
    return facts
