"""Places that contributions point to: those of published ones for everyone, any for its author and moderators."""

from typing import NamedTuple

from django.db.models import Case, CharField, F, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable

from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution, ContributionPlace

MOST_PLACES = 200
_SHOWN = Q(status=ContributionStatus.PUBLISHED, place__is_shown=True)


def published_places(consultation_id: int, *, after: int = 0, limit: int = MOST_PLACES) -> list[ContributionPlace]:
    """Return the places of what everyone reads in a consultation, by receipt number, beyond the number given.

    What is not published, or was redacted, has none here.
    """
    rows = ContributionPlace.objects.filter(
        is_shown=True,
        contribution__consultation_id=consultation_id,
        contribution__status=ContributionStatus.PUBLISHED,
        contribution__number__gt=after,
    )
    return list(rows.select_related("contribution__topic").order_by("contribution__number")[:limit])


def place_of(contribution: Contribution) -> ContributionPlace | None:
    """Return the place of one contribution, also of one that waits: for its author and for moderators."""
    return ContributionPlace.objects.filter(contribution=contribution).first()


def shown_place() -> dict[str, Combinable]:
    """Return, beside a query of contributions, the words of the place that everyone may know; nothing of others."""
    return {
        "shown_near": Case(When(_SHOWN, then=F("place__near")), default=Value(""), output_field=CharField()),
        "shown_metres": Case(When(_SHOWN, then=F("place__metres")), default=Value(0), output_field=IntegerField()),
    }


class Near(NamedTuple):
    """What a place lies near, and how far from it."""

    near: str
    metres: int


def near_of(row: Contribution) -> Near | None:
    """Return the words of the place, of a row that came with `shown_place`; None for one without."""
    found = vars(row).get("shown_near")
    return Near(found, vars(row)["shown_metres"]) if found else None
