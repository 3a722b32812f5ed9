"""What stands on a map, checked: whole, in the country, and no more than a page can show.

Coordinates are degrees (WGS 84) in the order of GeoJSON, longitude first, with six decimals: a tenth of a metre.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Final

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import shape
from shapely.validation import explain_validity

from apps.common.wording import grouped
from apps.consultations.engine.distances import Degrees
from apps.consultations.enums import MapKind
from apps.consultations.errors import UnfitMap

MOST_POINTS: Final = 20_000
MOST_RINGS: Final = 4
SHORTEST_RING_M, LONGEST_RING_M = 10, 20_000
TIMES_THE_HEIGHT: Final = 4
_DECIMALS: Final = 6
# How deep the places of a shape lie in its lists.
_DEPTHS: Final = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}


@dataclass(frozen=True)
class Bounds:
    """The box in which the country lies, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def hold(self, place: Degrees) -> bool:
        """The place lies in the box."""
        return self.west <= place[0] <= self.east and self.south <= place[1] <= self.north


@dataclass(frozen=True, kw_only=True)
class MapShape:
    """One feature of the map. Heights and diameters are metres; a number stands in its sign on the map."""

    kind: MapKind
    geometry: dict[str, Any]
    number: str = ""
    name: str = ""
    note: str = ""
    height_m: float | None = None
    rotor_m: float | None = None

    @property
    def is_one_point(self) -> bool:
        """It is a single place, which can be typed in a form."""
        return bool(self.geometry["type"] == "Point")

    @property
    def ring_m(self) -> float | None:
        """Four times the total height, within which a house is owed compensation by law; None without a height."""
        return None if self.height_m is None else round(TIMES_THE_HEIGHT * self.height_m, 1)


@dataclass(frozen=True, kw_only=True)
class MapPlan:
    """A whole map: its features in order, what it shows in words, and further distances to draw, in metres."""

    shapes: Sequence[MapShape] = ()
    description: str = ""
    rings: Sequence[int] = ()


def places_of(geometry: dict[str, Any]) -> list[Degrees]:
    """Return all places of a geometry in their order."""
    return list(_flat(geometry["coordinates"], _DEPTHS[geometry["type"]]))


def _flat(coordinates: Any, depth: int) -> Iterator[Degrees]:
    if depth == 0:
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from _flat(part, depth - 1)


def numbered(shapes: Iterable[MapShape]) -> list[MapShape]:
    """Return the shapes, each single point that has no number with one of its own: its sign on the map."""
    found = list(shapes)
    taken = {one.number for one in found}
    free = (str(step) for step in count(1) if str(step) not in taken)
    return [replace(one, number=next(free)) if one.is_one_point and not one.number else one for one in found]


def points_in(shapes: Iterable[MapShape]) -> int:
    """Return how many places the shapes are made of."""
    return sum(len(places_of(one.geometry)) for one in shapes)


def geojson_of(plan: MapPlan) -> bytes:
    """Return the map as a file (RFC 7946). The same map is always the same bytes, so that a checksum can stand for it.

    What the map shows and its distances are members of our own, which the format allows.
    """
    features = [{"type": "Feature", "geometry": one.geometry, "properties": _properties(one)} for one in plan.shapes]
    whole = {
        "type": "FeatureCollection",
        "description": plan.description,
        "distances_m": list(plan.rings),
        "features": features,
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _properties(one: MapShape) -> dict[str, Any]:
    told = {
        "kind": one.kind.value,
        "number": one.number,
        "name": one.name,
        "height_m": one.height_m,
        "rotor_m": one.rotor_m,
        "note": one.note,
    }
    return {name: value for name, value in told.items() if value not in {"", None}}


def sha256_of(plan: MapPlan) -> str:
    """Return the checksum of the map's file."""
    return hashlib.sha256(geojson_of(plan)).hexdigest()


def geometry_of(read: Any, named: str) -> dict[str, Any]:
    """Return a geometry with plain coordinates of six decimals; raises UnfitMap where it is none.

    `named` is how the feature is called in the sentence.
    """
    kind = read.get("type") if isinstance(read, dict) else None
    if not isinstance(kind, str) or kind not in _DEPTHS:
        raise UnfitMap(
            _("%(which)s has no place that can be drawn. Give it points, a line or an area, or leave it out.")
            % {"which": named}
        )
    return {"type": kind, "coordinates": _rounded(read.get("coordinates"), _DEPTHS[kind], named)}


def _rounded(coordinates: Any, depth: int, named: str) -> list[Any]:
    if not isinstance(coordinates, list) or not coordinates:
        raise UnfitMap(_not_whole(named))
    if depth:
        return [_rounded(part, depth - 1, named) for part in coordinates]
    pair = coordinates[:2]
    if len(pair) < 2 or any(isinstance(value, bool) or not isinstance(value, int | float) for value in pair):  # noqa: PLR2004 - a pair
        raise UnfitMap(_not_whole(named))
    if not (abs(pair[0]) <= 180 and abs(pair[1]) <= 90):  # noqa: PLR2004 - degrees
        raise UnfitMap(
            _("%(which)s is not in degrees. Export the map again in WGS 84 (EPSG:4326) and upload that.")
            % {"which": named}
        )
    return [round(float(value), _DECIMALS) for value in pair]


def _not_whole(named: str) -> str:
    return _("%(which)s is not whole: places are missing or are no numbers. Export the map again and upload that.") % {
        "which": named
    }


def check_plan(plan: MapPlan, bounds: Bounds) -> None:
    """Pass a map that can be shown; raises UnfitMap with the place that is to be mended."""
    points = points_in(plan.shapes)
    if points > MOST_POINTS:
        raise UnfitMap(
            _("The map has %(count)s points; at most %(most)s can be shown. Simplify its outlines and try again.")
            % {"count": grouped(points), "most": grouped(MOST_POINTS)}
        )
    for place, one in enumerate(plan.shapes, start=1):
        named = called(place, one.name)
        _check_bounds(one.geometry, bounds, named)
        _check_outline(one.geometry, named)
    if len(plan.rings) > MOST_RINGS or not all(SHORTEST_RING_M <= ring <= LONGEST_RING_M for ring in plan.rings):
        raise UnfitMap(
            _("Give at most %(most)s distances, each between %(shortest)s and %(longest)s metres.")
            % {"most": MOST_RINGS, "shortest": SHORTEST_RING_M, "longest": LONGEST_RING_M}
        )


def called(place: int, name: str) -> str:
    """Return how a feature is called in a sentence: its place in the map, and its name if it has one."""
    if name:
        return _("Feature %(place)s (“%(name)s”)") % {"place": place, "name": name}
    return _("Feature %(place)s") % {"place": place}


def _check_bounds(geometry: dict[str, Any], bounds: Bounds, named: str) -> None:
    outside = next((place for place in places_of(geometry) if not bounds.hold(place)), None)
    if outside is None:
        return
    where = {"which": named, "latitude": f"{outside[1]:.5f}", "longitude": f"{outside[0]:.5f}"}
    if bounds.hold((outside[1], outside[0])):
        raise UnfitMap(
            _(
                "%(which)s has latitude and longitude in each other's place (latitude %(latitude)s, longitude "
                "%(longitude)s). Exchange them."
            )
            % where
        )
    raise UnfitMap(
        _("%(which)s lies outside the country (latitude %(latitude)s, longitude %(longitude)s). Check its coordinates.")
        % where
    )


def _check_outline(geometry: dict[str, Any], named: str) -> None:
    if not _is_closed(geometry):
        raise UnfitMap(_("%(which)s is an area that is not closed: let it end where it begins.") % {"which": named})
    try:
        drawn = shape(geometry)
    except (ValueError, shapely.errors.ShapelyError) as broken:
        raise UnfitMap(_not_whole(named)) from broken
    why = "" if drawn.is_valid else explain_validity(drawn)
    if not why:
        return
    latitude, longitude = _where(why)
    if "Self-intersection" in why:
        sentence = _(
            "%(which)s crosses itself near latitude %(latitude)s, longitude %(longitude)s. Mend the outline there."
        )
    else:
        sentence = _(
            "%(which)s has an outline that cannot be drawn, near latitude %(latitude)s, longitude %(longitude)s. "
            "Mend it there."
        )
    raise UnfitMap(sentence % {"which": named, "latitude": latitude, "longitude": longitude})


def _is_closed(geometry: dict[str, Any]) -> bool:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    areas = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(kind, [])
    return all(ring[0] == ring[-1] for area in areas for ring in area)


def _where(why: str) -> tuple[str, str]:
    """Return latitude and longitude from what shapely says: `Self-intersection[8.5 56.1]`."""
    longitude, _blank, latitude = why.partition("[")[2].rstrip("]").partition(" ")
    return f"{float(latitude):.5f}", f"{float(longitude):.5f}"
