"""Distances on the globe, and the small flat piece of it on which a map is drawn."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import Any, Final

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

# The mean radius of the earth (IUGG). Against the true ellipsoid distances are off by less than 0.4 per cent here.
EARTH_M: Final = 6_371_008.8

Degrees = tuple[float, float]
"""Longitude and latitude, in the order of GeoJSON."""


def metres_between(one: Degrees, other: Degrees) -> float:
    """Return the length of the great circle between two places."""
    (lon1, lat1), (lon2, lat2) = ((radians(value) for value in place) for place in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(half)))


def ring_around(place: Degrees, metres: float, *, steps: int = 72) -> list[Degrees]:
    """Return places that all lie that far from the one, closed into a ring."""
    longitude, latitude = radians(place[0]), radians(place[1])
    arc = metres / EARTH_M
    ring = []
    for step in range(steps):
        bearing = radians(360 * step / steps)
        lat = asin(sin(latitude) * cos(arc) + cos(latitude) * sin(arc) * cos(bearing))
        east = atan2(sin(bearing) * sin(arc) * cos(latitude), cos(arc) - sin(latitude) * sin(lat))
        ring.append((degrees(longitude + east), degrees(lat)))
    return [*ring, ring[0]]


@dataclass(frozen=True)
class Plane:
    """The surroundings of one place, flat: metres east and north of it (equirectangular projection)."""

    longitude: float
    latitude: float

    @classmethod
    def around(cls, places: Iterable[Degrees]) -> "Plane":
        """Return the plane in the middle of the box around these places."""
        longitudes, latitudes = zip(*places, strict=True)
        return cls((min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2)

    def metres(self, place: Degrees) -> tuple[float, float]:
        """Return how far east and north the place lies."""
        east = radians(place[0] - self.longitude) * EARTH_M * cos(radians(self.latitude))
        return east, radians(place[1] - self.latitude) * EARTH_M


def projected(geometry: dict[str, Any], point: Callable[[Degrees], tuple[float, float]]) -> BaseGeometry:
    """Return a geometry of GeoJSON with each of its places put where `point` says."""
    return shape({"type": geometry["type"], "coordinates": _put(geometry["coordinates"], point)})


def _put(coordinates: Any, point: Callable[[Degrees], tuple[float, float]]) -> Any:
    if isinstance(coordinates[0], int | float):
        return point((coordinates[0], coordinates[1]))
    return [_put(part, point) for part in coordinates]
