"""Setting up the municipality, and changing what it promises."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import ProtectedError

from apps.accounts.models import User
from apps.accounts.rules import as_administrator
from apps.common.permissions import require
from apps.ledger.actions import record
from apps.ledger.models import Actor
from apps.municipality.engine.colours import LEAST_CONTRAST, least_contrast, readable_shade
from apps.municipality.enums import MUNICIPALITY_CHANGED, MUNICIPALITY_SET_UP
from apps.municipality.errors import AgeNotKept, AgesNeeded, DistrictInUse, DistrictTwice, UnreadableColour
from apps.municipality.models import District, Municipality
from apps.municipality.queries import KEY
from apps.municipality.rules import why_ages_are_needed


@transaction.atomic
def set_up_municipality(
    *,
    facts: dict[str, Any],
    district_names: Iterable[str],
    postal_codes: Mapping[str, str] | None = None,
    by: Actor,
    at: datetime,
) -> Municipality:
    """Make or change the one municipality and its districts; districts that exist stay.

    `postal_codes` are those of a district by its name, apart by spaces; the ones of other districts stay.
    Raises AgesNeeded where the age band is no longer to be kept, and something under way asks for it.
    """
    kept_ages = Municipality.objects.filter(pk=1, asks_age_band=True).exists()
    if kept_ages and facts.get("asks_age_band") is False:
        _require_no_need_of_ages()
    municipality, _made = Municipality.objects.update_or_create(pk=1, defaults=facts)
    for name in district_names:
        District.objects.get_or_create(name=name)
    for name, codes in (postal_codes or {}).items():
        District.objects.filter(name=name).update(postal_codes=codes)
    record(MUNICIPALITY_SET_UP, subject=municipality, by=by, at=at)
    transaction.on_commit(lambda: cache.delete(KEY))
    return municipality


@transaction.atomic
def change_municipality(*, facts: Mapping[str, Any], by: User, at: datetime) -> list[str]:
    """Set these facts about the municipality; return the names of those that differ from before, told in the entry.

    Raises NotAllowed, UnreadableColour for a colour in which text could not be read (WCAG 2.1, criterion 1.4.3), and
    AgeNotKept where citizen proposals ask for an age of which nothing is kept; AgesNeeded where some under way do.
    """
    require("municipality.edit_municipality", by)
    municipality = Municipality.objects.select_for_update().order_by("pk").first() or Municipality(pk=1)
    changed = sorted(name for name, value in facts.items() if getattr(municipality, name) != value)
    if not changed:
        return []
    colour = facts.get("brand_color")
    if colour and least_contrast(colour) < LEAST_CONTRAST:
        raise UnreadableColour(least_contrast(colour), readable_shade(colour))
    for name in changed:
        setattr(municipality, name, facts[name])
    _require_ages(municipality, changed)
    municipality.save()
    told = {"fields": ", ".join(changed)}
    record(MUNICIPALITY_CHANGED, subject=municipality, by=as_administrator(by), at=at, facts=told)
    transaction.on_commit(lambda: cache.delete(KEY))
    return changed


def _require_ages(municipality: Municipality, changed: Sequence[str]) -> None:
    asks = municipality.takes_proposals and municipality.proposal_minimum_age
    if asks and not municipality.asks_age_band:
        raise AgeNotKept("asks_age_band" if "asks_age_band" in changed else "proposal_minimum_age")
    if "asks_age_band" in changed and not municipality.asks_age_band:
        _require_no_need_of_ages()


def _require_no_need_of_ages() -> None:
    why = why_ages_are_needed()
    if why is not None:
        raise AgesNeeded(why)


@dataclass(frozen=True, kw_only=True)
class DistrictText:
    """A district as it is typed; `pk` is that of one that is there, 0 of a new one."""

    name: str
    postal_codes: str = ""
    pk: int = 0


@transaction.atomic
def set_districts(*, districts: Sequence[DistrictText], by: User, at: datetime) -> bool:
    """Let the municipality have these districts, new names for old ones included; False when nothing differs.

    Raises NotAllowed, DistrictTwice and, for one that would be gone while residents belong to it, DistrictInUse.
    """
    require("municipality.edit_municipality", by)
    names = [district.name.casefold() for district in districts]
    twice = next((district.name for district in districts if names.count(district.name.casefold()) > 1), None)
    if twice:
        raise DistrictTwice(twice)
    standing = {row.pk: row for row in District.objects.select_for_update().order_by("pk")}
    kept = {district.pk for district in districts if district.pk in standing}
    gone = [row for pk, row in standing.items() if pk not in kept]
    is_same = not gone and all(
        district.pk in standing
        and (standing[district.pk].name, standing[district.pk].postal_codes) == (district.name, district.postal_codes)
        for district in districts
    )
    if is_same:
        return False
    _remove(gone)
    _write(districts, standing)
    record(
        MUNICIPALITY_CHANGED, subject=Municipality(pk=1), by=as_administrator(by), at=at, facts={"fields": "districts"}
    )
    return True


def _remove(gone: Sequence[District]) -> None:
    for row in gone:
        try:
            row.delete()
        except ProtectedError as in_use:
            raise DistrictInUse(row.name) from in_use


def _write(districts: Sequence[DistrictText], standing: Mapping[int, District]) -> None:
    """Write the rows. Names are free first: two districts may have changed places."""
    for district in districts:
        if district.pk in standing:
            District.objects.filter(pk=district.pk).update(name=f"#{district.pk}")
    for district in districts:
        facts = {"name": district.name, "postal_codes": district.postal_codes}
        if district.pk in standing:
            District.objects.filter(pk=district.pk).update(**facts)
        else:
            District.objects.create(**facts)
