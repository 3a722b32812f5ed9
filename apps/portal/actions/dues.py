"""How much of a class is due to be taken away."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Min, QuerySet

from apps.moderation.queries import appeals_to_clear, reports_to_clear
from apps.residency.queries import letters_to_clear


@dataclass(frozen=True)
class Due:
    """How much of a class is due to go, and since when the oldest of it is there. No names."""

    count: int
    oldest: datetime | None = None


def due_of(rows: "QuerySet[Any]", moment: str) -> Due:
    """Return how many rows are due, and the earliest of these moments of theirs."""
    return Due(rows.count(), rows.order_by().aggregate(oldest=Min(moment))["oldest"])


def letters_due(at: datetime) -> Due:
    """Return the letters with codes that are due."""
    letters = [letter for rows in letters_to_clear(at=at) for letter in rows]
    return Due(len(letters), min((letter.requested_at for letter in letters), default=None))


def reports_due(at: datetime) -> Due:
    """Return the reports and appeals that are due."""
    reports, appeals = due_of(reports_to_clear(at=at), "received_at"), due_of(appeals_to_clear(at=at), "received_at")
    oldest = min((due.oldest for due in (reports, appeals) if due.oldest), default=None)
    return Due(reports.count + appeals.count, oldest)
