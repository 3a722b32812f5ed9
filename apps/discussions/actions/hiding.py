"""Taking a published text from view, and showing one after all."""

from datetime import datetime
from typing import Any

from django.db import transaction

from apps.consultations.actions import adjust_counts
from apps.discussions.actions import drafting
from apps.discussions.actions.letters import recount_letter
from apps.discussions.actions.proposals import go_on_with_period
from apps.discussions.enums import CONTRIBUTION_HIDDEN, CONTRIBUTION_RESTORED, ContributionStatus
from apps.discussions.errors import AlreadyDecided
from apps.discussions.models import KEPT_BACK, Contribution
from apps.ledger.actions import record_many
from apps.ledger.models import Actor
from apps.municipality.models import RefusalReason


@transaction.atomic
def hide_contribution(
    *, contribution: Contribution, reason: RefusalReason, sentence: str, by: Actor, at: datetime
) -> None:
    """Take a published text from view; its number stays with the reason, its text is for its author and moderators.

    Replies and answers stand. Raises AlreadyDecided when it is not published any more, or is the municipality's answer.
    """
    if contribution.is_answer:
        raise AlreadyDecided
    _change(
        contribution,
        (ContributionStatus.PUBLISHED,),
        status=ContributionStatus.HIDDEN,
        unread_since=None,
        decided_at=at,
        refusal_reason=reason,
        refusal_sentence=sentence,
    )
    adjust_counts(contribution.topic_id, consultation_id=contribution.consultation_id, published=-1)
    record_many([drafting.entry(contribution, CONTRIBUTION_HIDDEN, by, at, reason=reason.code)])


@transaction.atomic
def restore_contribution(*, contribution: Contribution, by: Actor, at: datetime, note: str = "") -> None:
    """Show a text that was hidden, refused or sent back, at the place of its number, perhaps with a note beside it.

    The time to support a citizen proposal goes on where it stood.
    Raises AlreadyDecided when it is none of these any more, or its text is gone.
    """
    locked = Contribution.stored.select_for_update().filter(pk=contribution.pk)
    hidden_at, reason = locked.values_list("decided_at", "refusal_reason").first() or (None, None)
    _change(
        contribution,
        (*KEPT_BACK, ContributionStatus.RETURNED),
        status=ContributionStatus.PUBLISHED,
        decided_at=at,
        refusal_reason=None,
        refusal_sentence="",
        **({"note": note} if note else {}),
    )
    adjust_counts(contribution.topic_id, consultation_id=contribution.consultation_id, published=1, active_at=at)
    shown: dict[str, Any] = {"version": contribution.version, "fingerprint": drafting.text_fingerprint(contribution)}
    told = drafting.entry(contribution, CONTRIBUTION_RESTORED, by, at, **shown, reason=reason)
    record_many([told, *go_on_with_period(contribution, hidden_at=hidden_at, by=by, at=at)])


def _change(contribution: Contribution, states: tuple[ContributionStatus, ...], **changes: Any) -> None:
    standing = Contribution.stored.filter(pk=contribution.pk, status__in=states, text_erased_at=None)
    changed = standing.update(**changes)
    contribution.refresh_from_db()
    if not changed:
        raise AlreadyDecided
    recount_letter(contribution.cluster_id)
