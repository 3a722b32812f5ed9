"""Entries for tests of the ledger itself, whatever they are about."""

from datetime import datetime

from django.db import transaction

from apps.accounts.rules import THE_SYSTEM
from apps.consultations.enums import PHASE_SET
from apps.ledger.actions import Draft, record_many
from apps.ledger.models import Entry, Position
from apps.municipality.models import District


def a_draft(*, at: datetime, phases: int = 1) -> Draft:
    """Return an entry that is not recorded yet."""
    return Draft(kind=PHASE_SET, subject=District(pk=7), by=THE_SYSTEM, at=at, facts={"phases": phases})


def an_entry(*, at: datetime, phases: int = 1) -> Entry:
    """Return one recorded entry."""
    return some_entries(1, at=at, first=phases)[0]


def some_entries(count: int, *, at: datetime, first: int = 1) -> list[Entry]:
    """Return entries recorded together, each telling its place among them."""
    with transaction.atomic():
        return record_many([a_draft(at=at, phases=first + step) for step in range(count)])


def roll_back_an_entry(*, at: datetime) -> None:
    """Record an entry in a transaction that does not end well; raises ZeroDivisionError."""
    with transaction.atomic():
        record_many([a_draft(at=at)])
        raise ZeroDivisionError


def placed() -> list[tuple[int, int]]:
    """Return (position, id of its entry) in order."""
    return list(Position.objects.order_by("position").values_list("position", "entry_id"))
