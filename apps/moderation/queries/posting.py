"""Statements of reasons that go by post: their authors have neither an account in which to be told nor an address."""

from datetime import datetime

from django.db.models import Q, QuerySet

from apps.discussions.models import Contribution
from apps.moderation.models import UNDO_LASTS, Appeal, Decision, StatementOfReasons
from apps.moderation.queries.cases import decisions_against
from apps.moderation.rules import stands

POST_PAGE = 50


def statements_to_post(*, at: datetime, after: int | None = None) -> QuerySet[StatementOfReasons]:
    """Return the reasons that nobody has posted, oldest first, from behind one on.

    What can still be undone is not told yet, and who cannot be written to any more is not on the list. Who left an
    e-mail address is told there (Regulation (EU) 2022/2065, article 17(2)); where that failed, by post.
    """
    rows = StatementOfReasons.objects.filter(
        Q(contribution__outside__sender__email="") | Q(contribution__outside__sender__email_failed_at__isnull=False),
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


_OF_OUTCOME = (
    "contribution__consultation",
    "contribution__topic",
    "contribution__outside",
    "decision__reason",
    "letter",
)


def outcomes_to_post(*, limit: int = POST_PAGE) -> list[Appeal]:
    """Return the decided appeals that came by letter and that nobody has answered, the first decided on top.

    Who cannot be written to any more is not among them. When one is posted the next one takes its place.
    """
    rows = Appeal.objects.filter(
        letter__outcome_posted_at=None,
        letter__isnull=False,
        decided_at__isnull=False,
        contribution__outside__sender__isnull=False,
    )
    return list(rows.select_related(*_OF_OUTCOME).order_by("decided_at", "pk")[:limit])


def outcome_to_post(appeal_id: int) -> Appeal | None:
    """Return a decided appeal that came by letter, answered or not; None for any other."""
    rows = Appeal.objects.filter(letter__isnull=False, decided_at__isnull=False, pk=appeal_id)
    return rows.select_related(*_OF_OUTCOME).first()


def appeals_by_letter(contribution: Contribution) -> list[Appeal]:
    """Return the appeals about a text that came by letter, in the order in which they were typed in."""
    rows = Appeal.objects.filter(contribution=contribution, letter__isnull=False)
    return list(rows.select_related("letter").order_by("pk"))


def decisions_to_appeal(contribution: Contribution) -> list[Decision]:
    """Return the decisions against a text that stand, latest first; those with an appeal among them."""
    return [row for row in decisions_against(contribution) if stands(row)]
