"""The hearing parties of a consultation, with their invitations."""

from collections.abc import Collection
from typing import Any

from django.db.models import Prefetch

from apps.consultations.models import Consultation, HearingInvitation, HearingParty


def parties_of(consultation: Consultation) -> list[HearingParty]:
    """Return the hearing parties in the order in which they were listed, each with its invitations, first first."""
    return list(HearingParty.objects.filter(consultation=consultation).prefetch_related(_invitations()).order_by("pk"))


def party_by_id(consultation: Consultation, pk: int) -> HearingParty | None:
    """Return one party of that consultation, with its invitations."""
    rows = HearingParty.objects.filter(consultation=consultation, pk=pk).select_related("consultation")
    return rows.prefetch_related(_invitations()).first()


def invitations_by_ids(ids: Collection[int]) -> dict[int, HearingInvitation]:
    """Return invitations by id, each with party and consultation."""
    return HearingInvitation.objects.filter(pk__in=ids).select_related("party__consultation").in_bulk()


def _invitations() -> "Prefetch[Any]":
    rows = HearingInvitation.objects.select_related("invited_by").order_by("invited_on", "pk")
    return Prefetch("invitations", queryset=rows, to_attr="first_first")
