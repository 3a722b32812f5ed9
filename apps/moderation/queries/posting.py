"""Statements of reasons that go by post: their authors have no account in which to be told."""

from datetime import datetime

from django.db.models import QuerySet

from apps.moderation.models import UNDO_LASTS, StatementOfReasons

POST_PAGE = 50


def statements_to_post(*, at: datetime, after: int | None = None) -> QuerySet[StatementOfReasons]:
    """Return the reasons that nobody has posted, oldest first, from behind one on.

    What can still be undone is not told yet, and who cannot be written to any more is not on the list.
    """
    rows = StatementOfReasons.objects.filter(
        contribution__outside__sender__isnull=False,
        posting=None,
        decision__undone_at=None,
        given_at__lte=at - UNDO_LASTS,
    )
    rows = rows if after is None else rows.filter(pk__gt=after)
    return rows.select_related(
        "reason", "decision", "contribution__consultation", "contribution__topic", "contribution__outside"
    ).order_by("pk")


def statement_to_post(statement_id: int) -> StatementOfReasons | None:
    """Return a statement of reasons to an author who has no account, posted or not; None for any other."""
    rows = StatementOfReasons.objects.filter(contribution__outside__isnull=False, pk=statement_id)
    return rows.select_related(
        "reason", "decision", "contribution__consultation", "contribution__topic", "contribution__outside"
    ).first()
