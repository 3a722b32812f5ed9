"""Who is a verified resident."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import CharField, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from apps.accounts.enums import OrganisationStatus
from apps.accounts.models import User
from apps.accounts.queries import has_confirmed_address
from apps.accounts.rules import is_person
from apps.common.permissions import Sentence, why_not
from apps.residency.engine.person_keys import NATIONAL, PersonKey, address_key, name_address_key, person_keys
from apps.residency.enums import ResidencyStatus
from apps.residency.errors import AddressNotConfirmed, AlreadyResident
from apps.residency.models import Residency


def residency_of(viewer: Any, *, at: datetime) -> Residency | None:
    """Return the viewer's residency that holds at that moment, or None."""
    if not is_person(viewer):
        return None
    return _in_force(viewer, at).select_related("district").first()


def residence_of(viewer: Any, *, at: datetime) -> Combinable:
    """Return an expression for the district in which the viewer is a verified resident at that moment.

    Its value is empty for a resident without a district, and None for anyone else: for a query of a page that tells
    writers what will stand beside their text.
    """
    if not is_person(viewer):
        return Value(None, output_field=CharField())
    mine = _in_force(viewer, at)
    district = Coalesce("district__name", Value(""))
    return Subquery(mine.values_list(district)[:1], output_field=CharField())


def _in_force(person: User, at: datetime) -> "QuerySet[Residency]":
    """An organisation's account counts as nobody's residency."""
    mine = Residency.objects.filter(person=person, status=ResidencyStatus.ACTIVE, expires_at__gt=at)
    return mine.exclude(person__organisation__status=OrganisationStatus.CONFIRMED)


def open_residency(person_id: int) -> Residency | None:
    """Return the residency of a person that has not ended, expired or not."""
    rows = Residency.objects.filter(person_id=person_id).exclude(status=ResidencyStatus.ENDED)
    return rows.select_related("district", "person").first()


def why_not_now(viewer: Any, person: User, *, at: datetime) -> Sentence | None:
    """Return why the viewer cannot verify this person at this moment, or None."""
    refused = why_not("residency.grant_residency", viewer, person)
    if refused is not None:
        return refused
    if not has_confirmed_address(person):
        return AddressNotConfirmed().sentence
    return AlreadyResident().sentence if residency_of(person, at=at) else None


def recent_residencies(*, limit: int = 20) -> list[Residency]:
    """Return the latest residencies granted, newest first."""
    return list(Residency.objects.select_related("person", "district").order_by("-verified_at", "-pk")[:limit])


def national_keys(identity_number: str) -> tuple[PersonKey, ...]:
    """Return the keys of the person with a national identity number, which is held in memory only."""
    return person_keys(NATIONAL, identity_number, settings.PERSON_KEYS)


def address_keys(name: str, address: str) -> tuple[str, str]:
    """Return the keys of an address and of a name at it, under the newest secret."""
    secret = settings.PERSON_KEYS[max(settings.PERSON_KEYS)]
    return address_key(address, secret), name_address_key(name, address, secret)


def residency_by_keys(keys: Sequence[PersonKey], *, but: User) -> Residency | None:
    """Return the residency that has not ended of the person with one of these keys, on another account."""
    if not keys:
        return None
    rows = Residency.objects.filter(_any_of(keys)).exclude(status=ResidencyStatus.ENDED).exclude(person=but)
    return rows.select_related("person").first()


def was_verified_for_another(person: User, keys: Sequence[PersonKey]) -> bool:
    """Tell whether the account was ever verified for a person with other keys of the same issuer and secret."""
    mine = Residency.objects.filter(person=person).exclude(person_key="")
    of_same = Q(pk__in=())
    for key in keys:
        of_same |= Q(key_version=key.version, key_issuer=key.issuer) & ~Q(person_key=key.value)
    return mine.filter(of_same).exists()


def possible_doubles(person: User, name_address_key: str) -> list[Residency]:
    """Return the residencies of other accounts for the same name at the same address, newest first."""
    if not name_address_key:
        return []
    rows = Residency.objects.filter(name_address_key=name_address_key).exclude(status=ResidencyStatus.ENDED)
    return list(rows.exclude(person=person).select_related("person").order_by("-verified_at", "-pk"))


def _any_of(keys: Sequence[PersonKey]) -> Q:
    wanted = Q(pk__in=())
    for key in keys:
        wanted |= Q(key_version=key.version, key_issuer=key.issuer, person_key=key.value)
    return wanted
