"""Ending residency."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_citizen, as_official
from apps.common.permissions import require
from apps.ledger.actions import record
from apps.ledger.models import Actor
from apps.residency.enums import RESIDENCY_ENDED, EndReason, ResidencyStatus
from apps.residency.errors import AlreadyEnded
from apps.residency.models import Residency

UNENDED_STATES = (ResidencyStatus.PROPOSED, ResidencyStatus.ACTIVE)


@transaction.atomic
def end(  # noqa: PLR0913 - what an end is made of
    *,
    residency: Residency,
    reason: EndReason,
    by: Actor,
    at: datetime,
    sentence: str = "",
    who: User | None = None,
    only: Collection[ResidencyStatus] = UNENDED_STATES,
) -> bool:
    """End the residency inside the caller's transaction; answer False when it is in none of those states any more.

    For this app's actions.
    """
    standing = Residency.objects.filter(pk=residency.pk, status__in=only)
    ended = standing.update(
        status=ResidencyStatus.ENDED, ended_at=at, end_reason=reason, end_sentence=sentence, ended_by=who
    )
    if ended:
        record(RESIDENCY_ENDED, subject=residency, by=by, at=at, facts={"reason": reason.value})
    return bool(ended)


@transaction.atomic
def revoke_residency(*, residency: Residency, reason: EndReason, sentence: str, by: User, at: datetime) -> None:
    """End a residency for a reason the person reads. Another official than the one who granted it does.

    Raises NotAllowed, AlreadyEnded.
    """
    require("residency.revoke_residency", by, residency)
    if not end(residency=residency, reason=reason, by=as_official(by), at=at, sentence=sentence, who=by):
        raise AlreadyEnded


@transaction.atomic
def decline_residency(*, residency: Residency, sentence: str, by: User, at: datetime) -> None:
    """Say no to a residency that waits for a second official. Raises NotAllowed, AlreadyEnded."""
    require("residency.confirm_residency", by, residency)
    waiting = [ResidencyStatus.PROPOSED]
    no = EndReason.DECLINED
    if not end(residency=residency, reason=no, by=as_official(by), at=at, sentence=sentence, who=by, only=waiting):
        raise AlreadyEnded


@transaction.atomic
def end_own_residency(*, residency: Residency, by: User, at: datetime) -> bool:
    """End one's own residency; answer False when it had ended, or is somebody else's."""
    return residency.person_id == by.pk and end(
        residency=residency, reason=EndReason.OWN_WISH, by=as_citizen(by), at=at
    )
