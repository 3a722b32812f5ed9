"""Legal holds. They come before every erasure and every clearing away."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from apps.accounts.enums import HOLD_LIFTED, HOLD_PLACED, HeldSubject
from apps.accounts.errors import AlreadyHeld, NothingToHold, UnfitReviewDay
from apps.accounts.models import Hold, User
from apps.accounts.rules import as_administrator
from apps.common.calendar import local
from apps.common.permissions import require
from apps.common.richtext import one_line
from apps.ledger.actions import record


def place_hold(  # noqa: PLR0913 - what a hold is made of
    *, held: HeldSubject, held_id: int, reason: str, review_on: date, by: User, at: datetime
) -> Hold:
    """Keep the person or contribution out of reach of retention and erasure until somebody lifts the hold.

    `review_on` is the day on which somebody is to ask whether it is still needed. Raises NotAllowed, UnfitReviewDay
    when that day is not yet to come, AlreadyHeld, NothingToHold when the person's account has been erased. A
    contribution is held by `discussions.actions.hold_contribution`, which knows the row that an erasure locks.
    """
    require("accounts.place_hold", by)
    if review_on <= local(at).date():
        raise UnfitReviewDay
    try:
        with transaction.atomic():
            if held == HeldSubject.PERSON:
                _lock_against_erasure(held_id)
            hold = Hold.objects.create(
                held=held, held_id=held_id, reason=one_line(reason), review_on=review_on, placed_by=by, placed_at=at
            )
            record(HOLD_PLACED, subject=hold, by=as_administrator(by), at=at, facts={"held": held.value})
            return hold
    except IntegrityError:
        raise AlreadyHeld from None


def _lock_against_erasure(person_id: int) -> None:
    """An erasure writes the same row: it either waits and sees the hold, or has been done."""
    if User.objects.select_for_update().filter(pk=person_id, erased_at=None).first() is None:
        raise NothingToHold


@transaction.atomic
def lift_hold(*, hold: Hold, by: User, at: datetime) -> bool:
    """Let retention and erasure at it again; answer False when it was lifted before. Raises NotAllowed."""
    require("accounts.place_hold", by)
    lifted = Hold.objects.filter(pk=hold.pk, lifted_at=None).update(lifted_at=at, lifted_by=by)
    if lifted:
        record(HOLD_LIFTED, subject=hold, by=as_administrator(by), at=at, facts={"held": hold.held})
    return bool(lifted)
