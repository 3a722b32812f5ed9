"""Who is a verified resident."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import CharField, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from apps.accounts.enums import HeldSubject, OrganisationStatus
from apps.accounts.models import Hold, User
from apps.accounts.queries import has_confirmed_address
from apps.accounts.rules import is_person
from apps.common.permissions import Sentence, why_not
from apps.municipality.queries import the_municipality
from apps.residency.engine.evidence import Evidence
from apps.residency.engine.person_keys import NATIONAL, PersonKey, person_keys, place_keys
from apps.residency.enums import EndReason, ResidencyStatus
from apps.residency.errors import (
    AccountOfAnother,
    AddressNotConfirmed,
    AlreadyResident,
    LivesElsewhere,
    WaitsForColleague,
)
from apps.residency.models import Letter, Residency

RENEWED_WITHIN = timedelta(days=60)
ENDED_KEPT = timedelta(days=731)
PAGE = 20


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


def residencies_in_force(*, at: datetime) -> "QuerySet[Residency]":
    """Return the residencies that hold at that moment. An organisation's account counts as nobody's residency.

    A person holds at most one, so who counts them, or what their accounts did, counts nobody twice.
    """
    held = Residency.objects.filter(status=ResidencyStatus.ACTIVE, expires_at__gt=at)
    return held.exclude(person__organisation__status=OrganisationStatus.CONFIRMED)


def _in_force(person: User, at: datetime) -> "QuerySet[Residency]":
    return residencies_in_force(at=at).filter(person=person)


def open_residency(person_id: int) -> Residency | None:
    """Return the residency of a person that has not ended, expired or not."""
    rows = Residency.objects.filter(person_id=person_id).exclude(status=ResidencyStatus.ENDED)
    return rows.select_related("district", "person").first()


def residency_by_id(residency_id: int) -> Residency | None:
    """Return one residency with its person, or None."""
    return Residency.objects.select_related("person", "district").filter(pk=residency_id).first()


def residencies_by_ids(ids: Collection[int]) -> dict[int, Residency]:
    """Return residencies with their persons, by their ids."""
    return Residency.objects.select_related("person", "district").in_bulk(list(ids))


def why_not_now(viewer: Any, person: User, *, at: datetime) -> Sentence | None:
    """Return why the viewer cannot verify this person at this moment, or None."""
    refused = why_not("residency.grant_residency", viewer, person)
    if refused is not None:
        return refused
    if not has_confirmed_address(person):
        return AddressNotConfirmed().sentence
    residency = open_residency(person.pk)
    if residency is None or residency.expires_at <= at or runs_out_soon(residency, at=at):
        return None
    is_waiting = residency.status == ResidencyStatus.PROPOSED
    return WaitsForColleague().sentence if is_waiting else AlreadyResident().sentence


def runs_out_soon(residency: Residency, *, at: datetime) -> bool:
    """Tell whether the residency holds, and for so short a time that it can be renewed at the desk."""
    return residency.status == ResidencyStatus.ACTIVE and at < residency.expires_at <= at + RENEWED_WITHIN


@dataclass(frozen=True, kw_only=True)
class ResidencyPage:
    """A page of the residencies granted, newest first; `older` is the address of the page after it, if there is one."""

    rows: list[Residency]
    older: str


def recent_residencies(*, before: int | None = None, limit: int = PAGE) -> ResidencyPage:
    """Return residencies as they were granted, newest first: those after that key."""
    rows = Residency.objects.exclude(status=ResidencyStatus.PROPOSED).exclude(end_reason=EndReason.DECLINED)
    rows = rows.select_related("person", "district")
    last = Residency.objects.filter(pk=before).first() if before is not None else None
    if last is not None:
        rows = rows.filter(Q(verified_at__lt=last.verified_at) | Q(verified_at=last.verified_at, pk__lt=last.pk))
    found = list(rows.order_by("-verified_at", "-pk")[: limit + 1])
    return ResidencyPage(rows=found[:limit], older=f"?before={found[limit - 1].pk}" if len(found) > limit else "")


def visible_waiting(viewer: Any) -> "QuerySet[Residency]":
    """Return the residencies that wait for a second official and that the viewer can decide, oldest first.

    Pair: `rules.why_not_confirm`.
    """
    if why_not("residency.open_desk", viewer) is not None:
        return Residency.objects.none()
    mine = Residency.objects.filter(person=viewer).exclude(status=ResidencyStatus.ENDED).exclude(name_address_key="")
    rows = waiting_residencies().exclude(person=viewer).exclude(verified_by=viewer)
    rows = rows.exclude(name_address_key__in=mine.values("name_address_key"))
    return rows.exclude(person__organisation__status=OrganisationStatus.CONFIRMED)


def waiting_residencies() -> "QuerySet[Residency]":
    """Return all residencies that wait for a second official, oldest first."""
    rows = Residency.objects.filter(status=ResidencyStatus.PROPOSED).select_related("person", "district")
    return rows.order_by("verified_at", "pk")


def residencies_of(person: User) -> list[Residency]:
    """Return all residencies that the account ever had, newest first."""
    rows = Residency.objects.filter(person=person).select_related("district")
    return list(rows.order_by("-verified_at", "-pk"))


def national_keys(identity_number: str) -> tuple[PersonKey, ...]:
    """Return the keys of the person with a national identity number, which is held in memory only."""
    return person_keys(NATIONAL, identity_number, settings.PERSON_KEYS)


def address_keys(name: str, address: str) -> tuple[str, tuple[str, ...]]:
    """Return the key of an address under the newest secret, and those of a name at it, the newest secret's first."""
    return place_keys(name, address, settings.PERSON_KEYS)


def residency_by_keys(keys: Sequence[PersonKey], *, but: User) -> Residency | None:
    """Return the residency that has not ended of the person with one of these keys, on another account."""
    if not keys:
        return None
    rows = Residency.objects.filter(_any_of(keys)).exclude(status=ResidencyStatus.ENDED).exclude(person=but)
    return rows.select_related("person").first()


def was_verified_for_another(person: User, keys: Sequence[PersonKey]) -> bool:
    """Tell whether the account was ever verified for a person with other keys of the same issuer and secret.

    What was granted by mistake says nothing of whose account it is.
    """
    mine = Residency.objects.filter(person=person).exclude(person_key="").exclude(end_reason=EndReason.MISTAKE)
    of_same = Q(pk__in=())
    for key in keys:
        of_same |= Q(key_version=key.version, key_issuer=key.issuer) & ~Q(person_key=key.value)
    return mine.filter(of_same).exists()


def is_of_the_person(residency: Residency, *, account: int | None) -> bool:
    """Tell whether the account has, or had, a residency of the same person, by their key: one query at most.

    Where nothing but an address or a letter tells who somebody is, it is not known. What was granted by mistake says
    nothing.
    """
    if account is None or not residency.person_key:
        return False
    same = Residency.objects.filter(
        person=account,
        person_key=residency.person_key,
        key_version=residency.key_version,
        key_issuer=residency.key_issuer,
    )
    return same.exclude(end_reason=EndReason.MISTAKE).exists()


def why_no_residency(person: User, evidence: Evidence) -> AccountOfAnother | LivesElsewhere | None:
    """Return why what MitID says of a person gives no residency on this account, or None."""
    if was_verified_for_another(person, evidence.keys):
        return AccountOfAnother()
    municipality = the_municipality()
    is_here = bool(municipality.code) and evidence.municipality_code == municipality.code
    return None if is_here else LivesElsewhere(municipality.name)


def is_known_to_be_another(residency: Residency, keys: Sequence[PersonKey]) -> bool:
    """Tell whether the residency's key was made as one of these, and is another: then it is of another person."""
    known = {(key.version, key.issuer): key.value for key in keys}
    value = known.get((residency.key_version or 0, residency.key_issuer))
    return bool(residency.person_key) and value is not None and value != residency.person_key


def residencies_to_clear(*, at: datetime) -> "QuerySet[Residency]":
    """Return the residencies that ended or ran out longer ago than they are kept, oldest first; none that is held."""
    before = at - ENDED_KEPT
    held = Hold.objects.filter(held=HeldSubject.PERSON, lifted_at=None).values("held_id")
    gone = Residency.objects.filter(Q(ended_at__lt=before) | Q(ended_at=None, expires_at__lt=before))
    return gone.exclude(person__in=held).order_by("expires_at", "pk")


def possible_doubles(person: User, *named: str) -> list[Residency]:
    """Return the residencies of other accounts for the same name at the same address, newest first.

    `named` are the keys of the name at the address, under every secret that they are known under.
    """
    wanted = [key for key in named if key]
    rows = Residency.objects.filter(name_address_key__in=wanted).exclude(status=ResidencyStatus.ENDED)
    return list(rows.exclude(person=person).select_related("person", "district").order_by("-verified_at", "-pk"))


def personal_data_of(person: User, *, at: datetime) -> dict[str, Any]:  # noqa: ARG001 - as the other apps' are
    """Return what is held about where the person lives, in the language in force.

    Left out are the keys that stand for the person and their address, the code of a letter, and who of the staff acted.
    """
    residencies = Residency.objects.filter(person=person).select_related("district").order_by("pk")
    letters = Letter.objects.filter(person=person).order_by("pk")
    return {
        "residencies": [_held_of_residency(row) for row in residencies],
        "letters": [_held_of_letter(row) for row in letters],
    }


def _held_of_residency(row: Residency) -> dict[str, Any]:
    return {
        "status": row.get_status_display(),
        "method": row.get_method_display(),
        "municipality_code": row.municipality_code,
        "district": row.district_name,
        "assurance_level": row.assurance_level,
        "age_band": row.get_age_band_display(),
        "shown_document": row.get_shown_document_display(),
        "verified_at": row.verified_at,
        "expires_at": row.expires_at,
        "ended_at": row.ended_at,
        "end_reason": row.get_end_reason_display(),
        "end_sentence": row.end_sentence,
        "has_person_key": bool(row.person_key),
        "has_address_key": bool(row.address_key),
    }


def _held_of_letter(row: Letter) -> dict[str, Any]:
    return {
        "status": row.get_status_display(),
        "name": row.name,
        "address": row.address,
        "postal_line": row.postal_line,
        "requested_at": row.requested_at,
        "posted_at": row.posted_at,
        "expires_at": row.expires_at,
        "closed_at": row.closed_at,
        "tries": row.tries,
        "sentence": row.sentence,
    }


def _any_of(keys: Sequence[PersonKey]) -> Q:
    wanted = Q(pk__in=())
    for key in keys:
        wanted |= Q(key_version=key.version, key_issuer=key.issuer, person_key=key.value)
    return wanted
