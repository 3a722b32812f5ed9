"""Publishing several texts that a moderator has read, each by a decision of its own."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.discussions.errors import AlreadyDecided
from apps.discussions.models import Contribution
from apps.moderation.actions.deciding import Ruling, decide_contribution
from apps.moderation.enums import Outcome
from apps.moderation.models import Decision

APPROVALS = (Outcome.PUBLISH, Outcome.REVIEW)

Read = tuple[Contribution, int]
"""A text, and the version of it that was read."""


def publish_each(*, read: Sequence[Read], by: User, at: datetime) -> list[tuple[Contribution, DomainError | None]]:
    """Publish each of these texts in the version that was read; return all with what was in the way, if anything was.

    One that was published by rule is let stand. Each has its decision and entry, and is published whatever becomes of
    the others. What the same moderator published in that version before, as by a double click, is no refusal.
    """
    return [(contribution, _why_not_published(contribution, version, by, at)) for contribution, version in read]


def _why_not_published(contribution: Contribution, version: int, by: User, at: datetime) -> DomainError | None:
    try:
        with transaction.atomic():
            ruling = Ruling(outcome=_approval_of(contribution), version=version)
            decide_contribution(contribution=contribution, ruling=ruling, by=by, at=at)
    except AlreadyDecided as refusal:
        last = Decision.objects.filter(case__contribution=contribution).order_by("-pk").first()
        same = last is not None and (last.decided_by_id, last.version, last.undone_at) == (by.pk, version, None)
        return None if same and last and last.outcome in APPROVALS else refusal
    except DomainError as refusal:
        return refusal
    return None


def _approval_of(contribution: Contribution) -> Outcome:
    return Outcome.REVIEW if contribution.is_unread else Outcome.PUBLISH
