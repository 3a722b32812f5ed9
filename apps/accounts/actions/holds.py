"""Legal holds. They come before every erasure and every clearing away."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from apps.accounts.enums import HOLD_LIFTED, HOLD_PLACED, HeldSubject
from apps.accounts.errors import AlreadyHeld
from apps.accounts.models import Hold, User
from apps.accounts.rules import as_administrator
from apps.common.permissions import require
from apps.ledger.actions import record


def place_hold(  # noqa: PLR0913 - what a hold is made of
    *, held: HeldSubject, held_id: int, reason: str, review_on: date, by: User, at: datetime
) -> Hold:
    """Keep the person or contribution out of reach of retention and erasure. Raises NotAllowed, AlreadyHeld."""
    require("accounts.place_hold", by)
    try:
        with transaction.atomic():
            hold = Hold.objects.create(
                held=held, held_id=held_id, reason=reason, review_on=review_on, placed_by=by, placed_at=at
            )
            record(HOLD_PLACED, subject=hold, by=as_administrator(by), at=at, facts={"held": held.value})
            return hold
    except IntegrityError:
        raise AlreadyHeld from None


@transaction.atomic
def lift_hold(*, hold: Hold, by: User, at: datetime) -> bool:
    """Let retention and erasure at it again; answer False when it was lifted before. Raises NotAllowed."""
    require("accounts.place_hold", by)
    lifted = Hold.objects.filter(pk=hold.pk, lifted_at=None).update(lifted_at=at, lifted_by=by)
    if lifted:
        record(HOLD_LIFTED, subject=hold, by=as_administrator(by), at=at, facts={"held": hold.held})
    return bool(lifted)
