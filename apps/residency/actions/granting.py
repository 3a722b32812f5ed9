"""Granting residency: at the desk, and what every method shares."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from apps.accounts.actions import protect_name
from apps.accounts.models import User
from apps.accounts.queries import has_confirmed_address
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.ledger.actions import record
from apps.ledger.models import Actor
from apps.municipality.models import District
from apps.municipality.queries import the_municipality
from apps.residency.actions.doubles import compare_in_turn
from apps.residency.actions.ending import end
from apps.residency.actions.letters import end_needless_letters
from apps.residency.engine.person_keys import PersonKey
from apps.residency.enums import RESIDENCY_GRANTED, RESIDENCY_PROPOSED, EndReason, Method, ResidencyStatus
from apps.residency.errors import (
    AccountOfAnother,
    AddressNotConfirmed,
    AlreadyEnded,
    AlreadyResident,
    PersonHasResidency,
    WaitsForColleague,
)
from apps.residency.models import Residency
from apps.residency.queries import (
    address_keys,
    is_known_to_be_another,
    national_keys,
    possible_doubles,
    residency_by_keys,
    residency_of,
    runs_out_soon,
    was_verified_for_another,
)

DAYS_A_MONTH = 30.44


@dataclass(frozen=True, kw_only=True)
class ShownAtDesk:
    """What an official saw. Name, address and number become keys at once; only the kind of document is kept."""

    document: str = ""
    # Left out where an object is printed: an error report must not hold them.
    name: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    identity_number: str = field(default="", repr=False)
    is_protected: bool = False


@transaction.atomic
def grant_residency(  # noqa: PLR0913 - what the desk decides
    *,
    person: User,
    district: District | None,
    by: User,
    at: datetime,
    shown: ShownAtDesk | None = None,
    moves: bool = False,
) -> Residency:
    """Make the person a verified resident after the desk saw proof of who they are and where they live.

    When somebody of the same name at the same address is a resident already, the residency waits for a second
    official. One that runs out soon is renewed. A name that is protected is protected here from then on.
    Raises AlreadyResident when one holds for longer, PersonHasResidency when the same person has one on another
    account and does not move it, AccountOfAnother when the account was verified for somebody else,
    AddressNotConfirmed when the account's address is not shown to be theirs, WaitsForColleague, NotAllowed for
    others than officials.
    """
    require("residency.grant_residency", by, person)
    held = residency_of(person, at=at)
    renews = held is not None and runs_out_soon(held, at=at)
    seen = shown or ShownAtDesk()
    keys = national_keys(seen.identity_number) if seen.identity_number else ()
    places = address_keys(seen.name, seen.address) if seen.address else ("", ())
    facts = {
        "method": Method.DESK,
        "district": district,
        "shown_document": seen.document,
        "address_key": places[0],
        "verified_by": by,
    }
    by_office = as_official(by)
    if seen.is_protected:
        protect_name(person=person, by=by_office, at=at)
    return open_residency_of(
        person=person, facts=facts, keys=keys, named=places[1], by=by_office, at=at, moves=moves, renews=renews
    )


@transaction.atomic
def open_residency_of(  # noqa: PLR0913 - what every method shares
    *,
    person: User,
    facts: dict[str, Any],
    keys: Sequence[PersonKey] = (),
    named: Sequence[str] = (),
    by: Actor,
    at: datetime,
    moves: bool = False,
    renews: bool = False,
) -> Residency:
    """Open a residency with those facts, ending what it takes the place of. For the actions of this app.

    `named` are the keys of the person's name at their address, as far as known, the newest secret's first.
    Raises AddressNotConfirmed, AccountOfAnother, AlreadyResident, WaitsForColleague, PersonHasResidency.
    """
    _take_turn(person, keys, named)
    former = _end_own(person, by=by, at=at, renews=renews)
    _end_others(person, keys, by=by, at=at, moves=moves)
    waits = _waits(person, named, keys, former)
    municipality = the_municipality()
    try:
        with transaction.atomic():
            residency = Residency.objects.create(
                person=person,
                status=ResidencyStatus.PROPOSED if waits else ResidencyStatus.ACTIVE,
                municipality_code=municipality.code,
                verified_at=at,
                expires_at=at + timedelta(days=round(municipality.residency_months * DAYS_A_MONTH)),
                name_address_key=named[0] if named else "",
                **_newest(keys),
                **facts,
            )
    except IntegrityError:  # another request was at the same person or account
        raise PersonHasResidency from None
    kind = RESIDENCY_PROPOSED if waits else RESIDENCY_GRANTED
    record(kind, subject=residency, by=by, at=at, facts={"method": str(residency.method)})
    end_needless_letters(person=person, by=by, at=at)
    return residency


@transaction.atomic
def confirm_residency(*, residency: Residency, by: User, at: datetime) -> None:
    """Let a residency that waited for a second official hold. Raises NotAllowed, AlreadyEnded."""
    require("residency.confirm_residency", by, residency)
    waiting = Residency.objects.filter(pk=residency.pk, status=ResidencyStatus.PROPOSED)
    if not waiting.update(status=ResidencyStatus.ACTIVE, confirmed_by=by):
        raise AlreadyEnded
    record(RESIDENCY_GRANTED, subject=residency, by=as_official(by), at=at, facts={"method": residency.method})


def _take_turn(person: User, keys: Sequence[PersonKey], named: Sequence[str]) -> None:
    """Lock what the residency depends on. Raises AddressNotConfirmed, AccountOfAnother."""
    User.objects.select_for_update().get(pk=person.pk)  # first: who was deleted meanwhile has no address any more
    if not has_confirmed_address(person):
        raise AddressNotConfirmed
    if was_verified_for_another(person, keys):
        raise AccountOfAnother
    if named:
        compare_in_turn(named)


def _newest(keys: Sequence[PersonKey]) -> dict[str, Any]:
    """Return what the row keeps of the keys: the one of the newest secret."""
    if not keys:
        return {}
    return {"person_key": keys[0].value, "key_version": keys[0].version, "key_issuer": keys[0].issuer}


def _end_own(person: User, *, by: Actor, at: datetime, renews: bool) -> Residency | None:
    """End what the account has, and return it if it held till now."""
    former = Residency.objects.filter(person=person).exclude(status=ResidencyStatus.ENDED).first()
    if former is None:
        return None
    if former.expires_at <= at:
        end(residency=former, reason=EndReason.EXPIRED, by=by, at=at)
        return None
    if not renews:
        raise WaitsForColleague if former.status == ResidencyStatus.PROPOSED else AlreadyResident
    end(residency=former, reason=EndReason.RENEWED, by=by, at=at)
    return former if former.status == ResidencyStatus.ACTIVE else None


def _waits(person: User, named: Sequence[str], keys: Sequence[PersonKey], former: Residency | None) -> bool:
    """Tell whether a second official must say that this is not somebody who is a resident on another account.

    Not when the keys tell the two apart, and not when the account was a resident under this name and address till now.
    """
    if not named or (former is not None and former.name_address_key in named):
        return False
    return any(not is_known_to_be_another(double, keys) for double in possible_doubles(person, *named))


def _end_others(person: User, keys: Sequence[PersonKey], *, by: Actor, at: datetime, moves: bool) -> None:
    other = residency_by_keys(keys, but=person)
    if other is None:
        return
    if other.expires_at <= at:
        end(residency=other, reason=EndReason.EXPIRED, by=by, at=at)
    elif moves:
        end(residency=other, reason=EndReason.MOVED_ACCOUNT, by=by, at=at)
    else:
        raise PersonHasResidency
