"""Publishing by the rule of a consultation, and reading afterwards what was published so."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from apps.accounts.rules import THE_SYSTEM
from apps.consultations.actions import adjust_counts
from apps.discussions.actions import drafting
from apps.discussions.actions.proposals import begin_period
from apps.discussions.enums import (
    CONTRIBUTION_PUBLISHED_UNREAD,
    CONTRIBUTION_REVIEWED,
    CONTRIBUTION_UNREAD_AGAIN,
    ContributionStatus,
)
from apps.discussions.errors import AlreadyDecided, AlreadyReviewed, EditedSinceRead
from apps.discussions.models import UNREAD, Contribution
from apps.ledger.actions import Draft, record_many
from apps.ledger.models import Actor


def publish_by_rule(contribution: Contribution) -> Draft:
    """Show a text that was received in this transaction, unread; return the entry that tells so.

    It is told as what the system did, and it waits in the queue until a moderator has read it.
    """
    at = contribution.received_at
    contribution.status, contribution.decided_at, contribution.unread_since = ContributionStatus.PUBLISHED, at, at
    contribution.save(update_fields=("status", "decided_at", "unread_since"))
    adjust_counts(contribution.topic_id, consultation_id=contribution.consultation_id, published=1, active_at=at)
    begin_period(contribution, at=at)
    return drafting.entry(
        contribution,
        CONTRIBUTION_PUBLISHED_UNREAD,
        THE_SYSTEM,
        at,
        version=contribution.version,
        fingerprint=drafting.text_fingerprint(contribution),
    )


@transaction.atomic
def review_contribution(*, contribution: Contribution, version: int, by: Actor, at: datetime) -> None:
    """Let a text that was published by rule stand: a moderator has read that version.

    Raises AlreadyReviewed when it waits to be read no longer, EditedSinceRead when another version stands there.
    """
    unread = Contribution.stored.filter(UNREAD, pk=contribution.pk)
    if not unread.filter(version=version).update(unread_since=None):
        contribution.refresh_from_db()
        raise EditedSinceRead if contribution.is_unread else AlreadyReviewed
    contribution.refresh_from_db()
    record_many([drafting.entry(contribution, CONTRIBUTION_REVIEWED, by, at, version=version)])


@transaction.atomic
def await_reading(*, contribution: Contribution, by: Actor, at: datetime) -> None:
    """Let a published text wait to be read again, since it was published by rule: its first reading was undone.

    Whoever calls knows that there was one. Raises AlreadyDecided when it is not published any more, or waits already.
    """
    read = Contribution.stored.filter(pk=contribution.pk, status=ContributionStatus.PUBLISHED, unread_since=None)
    changed = read.update(unread_since=F("received_at"))
    contribution.refresh_from_db()
    if not changed:
        raise AlreadyDecided
    record_many([drafting.entry(contribution, CONTRIBUTION_UNREAD_AGAIN, by, at)])
