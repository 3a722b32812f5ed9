"""The map of a consultation, and what stands on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override
from shapely.geometry import Point, shape

from apps.common.wording import InDanish
from apps.consultations.engine.distances import Degrees, Plane, projected
from apps.consultations.engine.map_reading import read_place
from apps.consultations.engine.map_shapes import Bounds, MapPlan, MapShape, points_in, sha256_of
from apps.consultations.enums import MapKind
from apps.consultations.errors import UnfitMap
from apps.consultations.models import Consultation, ConsultationMap, MapFeature

MOST_CHOICES = 60


def map_of(consultation: Consultation) -> ConsultationMap | None:
    """Return the consultation's map as it was last set, also one that was emptied."""
    return ConsultationMap.objects.filter(consultation=consultation).select_related("consultation").first()


def shown_map_of(consultation: Consultation) -> ConsultationMap | None:
    """Return the map if there is something on it, for those who see the consultation."""
    found = map_of(consultation)
    return found if found and found.features else None


def features_of(consultation: Consultation) -> QuerySet[MapFeature]:
    """Return what stands on the map, in the order of the map."""
    return MapFeature.objects.filter(consultation=consultation).order_by("position")


def plan_of(found: ConsultationMap | None, features: Iterable[MapFeature]) -> MapPlan:
    """Return the map as it is drawn, handed out and fingerprinted."""
    return MapPlan(
        shapes=[shape_of(feature) for feature in features],
        description=found.description if found else "",
        rings=tuple(found.rings) if found else (),
    )


def map_facts_of(consultation: Consultation) -> tuple[int, int, str] | None:
    """Return features, points and checksum of the map, counted from its rows as they are now."""
    found = map_of(consultation)
    if found is None:
        return None
    plan = plan_of(found, features_of(consultation))
    return len(plan.shapes), points_in(plan.shapes), sha256_of(plan)


def has_map(slug: str) -> Exists:
    """Tell, beside another query, whether something stands on the map of the consultation at this address."""
    return Exists(ConsultationMap.objects.filter(consultation__slug=slug, features__gt=0))


def map_choices(consultation: Consultation) -> list[tuple[str, str]]:
    """Return what stands on the map, by position and name, to choose a place from; the first of very many."""
    shown = features_of(consultation).defer("geometry")[:MOST_CHOICES]
    return [(str(one.position), InDanish(one.name) if one.name else one.shown_name) for one in shown]


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place in degrees, with what of the map is nearest to it, and how far that is."""

    longitude: float
    latitude: float
    near: str
    metres: int


def place_on_map(consultation: Consultation, *, chosen: str = "", typed: str = "") -> MapPlace | None:
    """Return the place that was typed as latitude and longitude, or else chosen among `map_choices`; None for none.

    Raises UnfitMap for what is no place of the country.
    """
    features = list(features_of(consultation)) if chosen or typed else []
    if not features:
        return None
    if typed:
        return _nearest(read_place(typed, Bounds(*settings.COUNTRY_BOUNDS)), features)
    feature = next((one for one in features if str(one.position) == chosen), None)
    if feature is None:
        raise UnfitMap(_("That does not stand on the map any more. Choose the place again."))
    middle = shape(feature.geometry).representative_point()
    return MapPlace(round(middle.x, 6), round(middle.y, 6), _name(feature), 0)


def _nearest(place: Degrees, features: Sequence[MapFeature]) -> MapPlace:
    """Return the place with the nearest feature; a point or a line goes before the area that the place lies in."""
    plane = Plane(*place)
    here = Point(0, 0)
    far = [(projected(one.geometry, plane.metres).distance(here), one.kind == MapKind.AREA, one) for one in features]
    outside = [one for one in far if not one[1]]
    metres, _is_area, feature = min(outside or far, key=lambda one: one[:2])
    return MapPlace(*place, _name(feature), round(metres))


def _name(feature: MapFeature) -> str:
    """Return the name in the municipality's language: it is kept beside a text that everyone reads."""
    with override(settings.LANGUAGE_CODE):
        return feature.shown_name


def shape_of(feature: MapFeature) -> MapShape:
    """Return a feature as it is drawn."""
    told: dict[str, Any] = {
        name: getattr(feature, name) for name in ("geometry", "number", "name", "note", "height_m", "rotor_m")
    }
    return MapShape(kind=MapKind(feature.kind), **told)
