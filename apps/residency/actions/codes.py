"""Entering the code of a letter. What guards it is counted in the database, a try before its code is looked at."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from apps.accounts.models import User
from apps.accounts.rules import as_citizen
from apps.common.errors import DomainError
from apps.common.permissions import require
from apps.ledger.actions import record
from apps.residency.actions.doubles import compare_in_turn
from apps.residency.actions.granting import open_residency_of
from apps.residency.engine.codes import TRIES, fits, read_code
from apps.residency.enums import LETTER_LOCKED, LetterStatus, Method
from apps.residency.errors import (
    CodeExpired,
    CodeLocked,
    CodeUsed,
    LetterNotPosted,
    NoLetterUnderWay,
    NotACode,
    WrongCode,
)
from apps.residency.models import Letter, Residency
from apps.residency.queries import latest_letter, residency_of, runs_out_soon, why_not_verify_now


def enter_code(*, typed: str, by: User, at: datetime) -> Residency:
    """Make the person a verified resident with the code of the letter they asked for.

    A wrong code uses one of five tries, and the fifth locks the letter; what cannot be a code, or comes too late, uses
    none. Never called inside a transaction: a refusal must not take the counted try back.
    Raises NotAllowed, AddressNotConfirmed, AlreadyResident, WaitsForColleague, NoLetterUnderWay, LetterNotPosted,
    CodeExpired, CodeLocked, CodeUsed, NotACode, WrongCode.
    """
    require("residency.verify_oneself", by)
    in_the_way = why_not_verify_now(by, at=at)
    if in_the_way is not None:
        raise in_the_way
    letter = latest_letter(by)
    refused = _why_not_open(letter, at)
    if refused is not None or letter is None:
        raise refused or NoLetterUnderWay
    code = read_code(typed)
    if code is None:
        raise NotACode
    _claim_try(letter, at)
    if not fits(code, letter.code_hash):
        _miss(letter=letter, by=by, at=at)
    return _use(letter, by, at)


def _why_not_open(letter: Letter | None, at: datetime) -> DomainError | None:
    if letter is None or letter.status == LetterStatus.CANCELLED:
        return NoLetterUnderWay()
    if letter.status == LetterStatus.REQUESTED:
        return LetterNotPosted()
    if letter.status == LetterStatus.USED:
        return CodeUsed()
    if letter.status == LetterStatus.LOCKED:
        return CodeLocked()
    is_late = letter.status == LetterStatus.EXPIRED or letter.expires_at is None or letter.expires_at <= at
    return CodeExpired() if is_late else None


def _claim_try(letter: Letter, at: datetime) -> None:
    """Count a try that is about to be made, for good, or raise why there is none."""
    with transaction.atomic(durable=True):
        open_now = Letter.objects.filter(pk=letter.pk, status=LetterStatus.POSTED, expires_at__gt=at)
        if open_now.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
            return
    letter.refresh_from_db()
    raise _why_not_open(letter, at) or CodeLocked


def _miss(*, letter: Letter, by: User, at: datetime) -> None:
    """Lock the letter when this was the last try; raises WrongCode or CodeLocked."""
    with transaction.atomic():
        posted = Letter.objects.filter(pk=letter.pk, status=LetterStatus.POSTED)
        if posted.filter(tries__gte=TRIES).update(status=LetterStatus.LOCKED, closed_at=at, code_hash=""):
            record(LETTER_LOCKED, subject=letter, by=as_citizen(by), at=at)
    letter.refresh_from_db()
    left = TRIES - letter.tries
    raise WrongCode(left) if left and letter.status == LetterStatus.POSTED else CodeLocked()


@transaction.atomic
def _use(letter: Letter, by: User, at: datetime) -> Residency:
    # Rows are locked in one order: the person first, then the turn among those of one name at one address.
    User.objects.select_for_update().get(pk=by.pk)
    compare_in_turn(())
    letter.refresh_from_db()
    posted = Letter.objects.filter(pk=letter.pk, status=LetterStatus.POSTED)
    if not posted.update(status=LetterStatus.USED, closed_at=at, code_hash=""):
        letter.refresh_from_db()
        raise _why_not_open(letter, at) or CodeLocked()
    held = residency_of(by, at=at)
    facts = {
        "method": Method.LETTER,
        "district_id": letter.district_id,
        "address_key": letter.address_key,
    }
    named = (letter.name_address_key,) if letter.name_address_key else ()
    renews = held is not None and runs_out_soon(held, at=at)
    return open_residency_of(person=by, facts=facts, named=named, by=as_citizen(by), at=at, renews=renews)
