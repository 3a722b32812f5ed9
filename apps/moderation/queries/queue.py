"""The queue and its items. Every list goes by key (moment of receipt, id): page 1 and page 400 cost the same."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left

from apps.accounts.models import User
from apps.consultations.models import Consultation
from apps.consultations.queries import visible_consultations
from apps.discussions.models import Contribution
from apps.discussions.queries import moderated_contributions, waiting_contributions
from apps.moderation.enums import Outcome
from apps.moderation.models import CLAIM_LASTS, Case, Decision
from apps.moderation.queries.statements import statements_told

PAGE = 25
BEFORE = 5
LOG_PAGE = 50
EXCERPT = 600
# What the name of a member of staff is made of.
_NAMING = ("display_name", "job_title", "name_protected_at", "erased_at")
_LISTED = (
    "number", "kind", "status", "author_name", "author_id", "author_is_resident", "offsite_author_id", "received_at",
    "topic__title", "consultation__title", "case__contribution_id", "case__claimed_at",
    *(f"case__claimed_by__{name}" for name in _NAMING),
)  # fmt: skip


def queue(consultation: Consultation | None = None) -> QuerySet[Contribution]:
    """Return what waits, oldest first, each with who holds it and the beginning of its text as `start`.

    `is_changed_on_request` tells that its author changed it after a moderator asked for that.
    """
    rows = waiting_contributions().select_related(None).select_related("topic", "consultation", "case__claimed_by")
    sent_back = Decision.objects.filter(case__contribution=OuterRef("pk"), outcome=Outcome.RETURN)
    rows = rows.only(*_LISTED).annotate(
        start=Left("body", EXCERPT), is_changed_on_request=Exists(sent_back.filter(version__lt=OuterRef("version")))
    )
    return rows.filter(consultation=consultation) if consultation else rows


def queue_page(
    consultation: Consultation | None = None, *, after: Contribution | None = None, size: int = PAGE
) -> tuple[list[Contribution], Contribution | None]:
    """Return the part of the queue behind a contribution, and the one to go on behind when there is more."""
    rows = queue(consultation)
    found = list((_behind(rows, after) if after else rows)[: size + 1])
    return found[:size], (found[size - 1] if len(found) > size else None)


def queue_around(contribution: Contribution, consultation: Consultation | None = None) -> list[Contribution]:
    """Return the part of the queue that a contribution stands in, or stood in before it was decided."""
    rows = queue(consultation)
    before = list(_before(rows, contribution).order_by("-received_at", "-id")[:BEFORE])
    itself = rows.filter(pk=contribution.pk).order_by()[:1] if contribution.is_waiting else []
    return [*reversed(before), *itself, *_behind(rows, contribution)[: PAGE - BEFORE]]


def oldest_waiting_since() -> datetime | None:
    """Return since when the one that waits longest has waited, or None."""
    return waiting_contributions().values_list("received_at", flat=True).first()


def queue_length(consultation: Consultation | None = None) -> int:
    """Return how many wait."""
    rows = waiting_contributions().select_related(None).order_by()
    return (rows.filter(consultation=consultation) if consultation else rows).count()


def next_waiting(
    viewer: Any, *, behind: Contribution, consultation: Consultation | None = None, at: datetime
) -> Contribution | None:
    """Return what the viewer can decide next: the next in the queue that nobody else holds, else the oldest."""
    held = Q(case__claimed_at__gt=at - CLAIM_LASTS) & ~Q(case__claimed_by=viewer) & Q(case__claimed_by__isnull=False)
    free = queue(consultation).exclude(author=viewer).exclude(held)
    return _behind(free, behind).first() or free.exclude(pk=behind.pk).first()


def _behind(rows: QuerySet[Contribution], key: Contribution) -> QuerySet[Contribution]:
    """Return the rows after a contribution in the order of receipt."""
    later = Q(received_at__gt=key.received_at) | Q(pk__gt=key.pk)
    return rows.filter(later, received_at__gte=key.received_at)


def _before(rows: QuerySet[Contribution], key: Contribution) -> QuerySet[Contribution]:
    """Return the rows before a contribution in the order of receipt."""
    earlier = Q(received_at__lt=key.received_at) | Q(pk__lt=key.pk)
    return rows.filter(earlier, received_at__lte=key.received_at)


def filter_choices(viewer: Any) -> list[Consultation]:
    """Return the consultations that the queue can be narrowed to, latest published first."""
    return list(visible_consultations(viewer).only("slug", "title").order_by("-published_at", "-pk"))


def key_of(pk: int) -> Contribution | None:
    """Return a contribution with no more than its place in the queue."""
    rows = moderated_contributions().select_related(None).only("received_at")
    return rows.filter(pk=pk).first()


def queue_item(pk: int) -> Contribution | None:
    """Return a contribution for a moderator, decided or not. The author's address is not among what is read."""
    return (
        moderated_contributions()
        .select_related(
            "topic", "consultation", "author", "offsite_author", "in_reply_to", "case__claimed_by", "refusal_reason"
        )
        .defer("salt", "consultation__body", "consultation__body_html", "author__email", "author__password")
        .filter(pk=pk)
        .first()
    )


def replies_to(contribution: Contribution) -> int:
    """Return how many replies stand under a root."""
    if contribution.root_id is not None or contribution.is_waiting:
        return 0
    return moderated_contributions().filter(root=contribution).count()


def holder_of(contribution: Contribution, *, at: datetime) -> Any:
    """Return who holds the claim at that moment, or None."""
    case: Case | None = getattr(contribution, "case", None)
    if case is None or case.claimed_at is None or case.claimed_at <= at - CLAIM_LASTS:
        return None
    return case.claimed_by


def decisions_on(contribution: Contribution) -> list[Decision]:
    """Return what was decided so far, latest first."""
    found = Decision.objects.filter(case__contribution=contribution).select_related("decided_by", "reason", "moved_to")
    return list(found.order_by("-id"))


def personal_data_of(person: User, *, at: datetime) -> dict[str, Any]:
    """Return what the person decided as a moderator, which cases they hold, and the reasons they were given as author.

    Left out are the texts that were decided about and the facts for moderators: they are about other people.
    """
    decisions = Decision.objects.filter(decided_by=person).select_related("case__contribution__consultation")
    cases = Case.objects.filter(claimed_by=person).select_related("contribution__consultation")
    return {
        "decisions": [
            {
                "consultation": row.case.contribution.consultation.title,
                "number": row.case.contribution.number,
                "outcome": row.get_outcome_display(),
                "sentence": row.sentence,
                "decided_at": row.decided_at,
            }
            for row in decisions.order_by("pk")
        ],
        "statements": statements_told(person, at=at),
        "claims": [
            {
                "consultation": case.contribution.consultation.title,
                "number": case.contribution.number,
                "claimed_at": case.claimed_at,
            }
            for case in cases.order_by("pk")
        ],
    }


def decision_page(*, before: int | None = None) -> tuple[list[Decision], int | None]:
    """Return decisions of all moderators, latest first, and the id to go on before when there are more.

    Neither the texts decided on nor the internal facts are read.
    """
    rows = (
        Decision.objects.select_related(
            "decided_by", "reason", "moved_to", "case__contribution__consultation", "case__contribution__topic"
        )
        .only(
            "outcome", "version", "sentence", "decided_at", "moved_to__title",
            *(f"decided_by__{name}" for name in _NAMING),
            "reason__code", "reason__title_da", "reason__title_en", "case__id", "case__contribution__number",
            "case__contribution__author_name", "case__contribution__topic__title",
            "case__contribution__consultation__title",
        )
        .order_by("-id")
    )  # fmt: skip
    found = list((rows.filter(pk__lt=before) if before else rows)[: LOG_PAGE + 1])
    return found[:LOG_PAGE], (found[LOG_PAGE - 1].pk if len(found) > LOG_PAGE else None)
