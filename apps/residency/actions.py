"""Granting and ending residency."""

from datetime import datetime, timedelta

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.queries import has_confirmed_address
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.ledger.actions import record
from apps.municipality.models import District
from apps.municipality.queries import the_municipality
from apps.residency.enums import RESIDENCY_ENDED, RESIDENCY_GRANTED, Method
from apps.residency.errors import AddressNotConfirmed, AlreadyResident
from apps.residency.models import Residency

DAYS_A_MONTH = 30.44


@transaction.atomic
def grant_residency(*, person: User, district: District | None, by: User, at: datetime) -> Residency:
    """Make the person a verified resident after the desk saw proof of who they are and where they live.

    An expired residency is ended first. Raises AlreadyResident when one still holds,
    AddressNotConfirmed when the account's address is not shown to be theirs, NotAllowed for others than officials.
    """
    require("residency.grant_residency", by, person)
    if not has_confirmed_address(person):
        raise AddressNotConfirmed
    User.objects.select_for_update().get(pk=person.pk)
    former = Residency.objects.filter(person=person, ended_at=None).first()
    if former is not None and former.expires_at > at:
        raise AlreadyResident
    if former is not None:
        end_residency(residency=former, by=by, at=at)
    municipality = the_municipality()
    residency = Residency.objects.create(
        person=person,
        method=Method.DESK,
        municipality_code=municipality.code,
        district=district,
        verified_at=at,
        expires_at=at + timedelta(days=round(municipality.residency_months * DAYS_A_MONTH)),
        verified_by=by,
    )
    record(RESIDENCY_GRANTED, subject=residency, by=as_official(by), at=at, facts={"method": Method.DESK.value})
    return residency


@transaction.atomic
def end_residency(*, residency: Residency, by: User, at: datetime) -> bool:
    """End a residency, for example because the person moved away; answer False when it had ended."""
    require("residency.grant_residency", by, residency.person)
    ended = Residency.objects.filter(pk=residency.pk, ended_at=None).update(ended_at=at)
    if ended:
        record(RESIDENCY_ENDED, subject=residency, by=as_official(by), at=at)
    return bool(ended)
