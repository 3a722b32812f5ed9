"""Who is a verified resident."""

from datetime import datetime
from typing import Any

from apps.accounts.rules import is_person
from apps.residency.models import Residency


def residency_of(viewer: Any, *, at: datetime) -> Residency | None:
    """Return the viewer's residency that holds at that moment, or None."""
    if not is_person(viewer):
        return None
    return Residency.objects.filter(person=viewer, ended_at=None, expires_at__gt=at).select_related("district").first()


def open_residency(person_id: int) -> Residency | None:
    """Return the residency of a person that has not ended, expired or not."""
    return Residency.objects.filter(person_id=person_id, ended_at=None).select_related("district", "person").first()


def recent_residencies(*, limit: int = 20) -> list[Residency]:
    """Return the latest residencies granted, newest first."""
    return list(Residency.objects.select_related("person", "district").order_by("-verified_at", "-pk")[:limit])
