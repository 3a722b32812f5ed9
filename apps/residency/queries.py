"""Who is a verified resident."""

from datetime import datetime
from typing import Any

from django.db.models import CharField, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from apps.accounts.models import User
from apps.accounts.queries import has_confirmed_address
from apps.accounts.rules import is_person
from apps.common.permissions import Sentence, why_not
from apps.residency.errors import AddressNotConfirmed, AlreadyResident
from apps.residency.models import Residency


def residency_of(viewer: Any, *, at: datetime) -> Residency | None:
    """Return the viewer's residency that holds at that moment, or None."""
    if not is_person(viewer):
        return None
    return Residency.objects.filter(person=viewer, ended_at=None, expires_at__gt=at).select_related("district").first()


def residence_of(viewer: Any, *, at: datetime) -> Combinable:
    """Return an expression for the district in which the viewer is a verified resident at that moment.

    Its value is empty for a resident without a district, and None for anyone else: for a query of a page that tells
    writers what will stand beside their text.
    """
    if not is_person(viewer):
        return Value(None, output_field=CharField())
    mine = Residency.objects.filter(person=viewer, ended_at=None, expires_at__gt=at)
    district = Coalesce("district__name", Value(""))
    return Subquery(mine.values_list(district)[:1], output_field=CharField())


def open_residency(person_id: int) -> Residency | None:
    """Return the residency of a person that has not ended, expired or not."""
    return Residency.objects.filter(person_id=person_id, ended_at=None).select_related("district", "person").first()


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
