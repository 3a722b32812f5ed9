"""The queue and its items."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from apps.discussions.models import Contribution
from apps.discussions.queries import visible_contributions, waiting_contributions
from apps.moderation.models import CLAIM_LASTS, Case, Decision


def queue() -> QuerySet[Contribution]:
    """Return what waits, oldest first, each with its case and who holds it."""
    return waiting_contributions().select_related("case__claimed_by")


def queue_length() -> int:
    """Return how many wait."""
    return waiting_contributions().order_by().count()


def queue_item(viewer: Any, pk: int) -> Contribution | None:
    """Return a contribution for a moderator, decided or not."""
    return (
        visible_contributions(viewer)
        .select_related("topic", "consultation", "author", "in_reply_to", "case__claimed_by", "refusal_reason")
        .filter(pk=pk)
        .first()
    )


def holder_of(contribution: Contribution, *, at: datetime) -> Any:
    """Return who holds the claim at that moment, or None."""
    case: Case | None = getattr(contribution, "case", None)
    if case is None or case.claimed_at is None or case.claimed_at <= at - CLAIM_LASTS:
        return None
    return case.claimed_by


def decisions_on(contribution: Contribution) -> list[Decision]:
    """Return what was decided so far, latest first."""
    found = Decision.objects.filter(case__contribution=contribution).select_related("decided_by", "reason")
    return list(found.order_by("-id"))
