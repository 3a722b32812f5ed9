"""Decisions that are not the last word: a text sent back to its author, and one that waits again."""

from datetime import datetime
from typing import Any

from django.db import transaction

from apps.accounts.rules import THE_SYSTEM
from apps.consultations.actions import adjust_counts
from apps.discussions.actions import drafting
from apps.discussions.actions.deciding import decide
from apps.discussions.actions.letters import part_from_letters
from apps.discussions.enums import CONTRIBUTION_REOPENED, CONTRIBUTION_RETURNED, ContributionStatus
from apps.discussions.errors import AlreadyAnswered, AlreadyDecided, NobodyToChangeIt
from apps.discussions.models import Contribution
from apps.discussions.queries.answers import linked_among
from apps.discussions.rules import EDIT_TAKEN
from apps.ledger.actions import record_many
from apps.ledger.models import Actor
from apps.municipality.models import RefusalReason

BATCH = 200
REOPENABLE = (ContributionStatus.PUBLISHED, ContributionStatus.REFUSED, ContributionStatus.RETURNED)


def waits_again(due_at: datetime) -> dict[str, Any]:
    """Return the changes that let a text wait for a decision as if none had been made, due at that moment."""
    return {
        "status": ContributionStatus.WAITING,
        "due_at": due_at,
        "decided_at": None,
        "unread_since": None,
        "refusal_reason": None,
        "refusal_sentence": "",
    }


@transaction.atomic
def return_contribution(  # noqa: PLR0913 - what sending back is made of
    *, contribution: Contribution, version: int, reason: RefusalReason, sentence: str, by: Actor, at: datetime
) -> None:
    """Ask the author to change the text: it keeps its number and receipt, and is shown to author and moderators only.

    Raises EditedSinceRead and AlreadyDecided as publishing does, NobodyToChangeIt where its author has no account.
    """
    if contribution.author_id is None:
        raise NobodyToChangeIt
    decide(
        contribution,
        version,
        status=ContributionStatus.RETURNED,
        decided_at=at,
        refusal_reason=reason,
        refusal_sentence=sentence,
    )
    draft = drafting.entry(
        contribution, CONTRIBUTION_RETURNED, by, at, version=contribution.version, reason=reason.code
    )
    record_many([draft])


@transaction.atomic
def reopen_contribution(*, contribution: Contribution, keeps_place: bool = False, by: Actor, at: datetime) -> None:
    """Let a text wait for a decision again, as if none had been made; it is due anew, unless it keeps its place.

    Raises AlreadyDecided when its author withdrew it, it was hidden or erased, and AlreadyAnswered when somebody has
    replied to it since: what was said about it would stand there without it.
    """
    row = Contribution.stored.select_for_update().get(pk=contribution.pk)
    if row.status not in REOPENABLE or row.text_erased_at is not None or row.is_answer:
        raise AlreadyDecided
    if Contribution.stored.filter(in_reply_to=row).exists() or linked_among([row]):
        raise AlreadyAnswered
    part_from_letters([row.pk])
    due_at = row.due_at if keeps_place and row.due_at else drafting.decision_due(at)
    if not Contribution.stored.filter(pk=row.pk, status=row.status).update(**waits_again(due_at)):
        raise AlreadyDecided
    if row.is_published:
        adjust_counts(row.topic_id, consultation_id=row.consultation_id, published=-1)
    contribution.refresh_from_db()
    record_many([drafting.entry(contribution, CONTRIBUTION_REOPENED, by, at, version=contribution.version)])


def reopen_lapsed(*, at: datetime) -> int:
    """Let texts wait again whose authors did not hand in the edit they were asked for in a week; return how many.

    A person decides on them as they stand: nothing is refused because somebody did not answer.
    """
    done = 0
    lapsed = Contribution.stored.filter(status=ContributionStatus.RETURNED, decided_at__lte=at - EDIT_TAKEN)
    for row in lapsed.order_by("decided_at", "id")[:BATCH]:
        try:
            reopen_contribution(contribution=row, by=THE_SYSTEM, at=at)
        except AlreadyDecided:
            continue
        done += 1
    return done
