"""Between degrees and UTM zone 32, in which plans in all of Denmark are drawn, Bornholm included."""

from typing import Final

import utm

ZONE: Final = 32
# What the zone's formulas hold for, in metres.
EASTINGS: Final = (100_000, 999_999)
NORTHINGS: Final = (5_000_000, 7_000_000)


def is_utm32(*, easting: float, northing: float) -> bool:
    """Two numbers that can only be metres in the zone, and no degrees."""
    return EASTINGS[0] <= easting <= EASTINGS[1] and NORTHINGS[0] <= northing <= NORTHINGS[1]


def to_degrees(*, easting: float, northing: float) -> tuple[float, float]:
    """Return latitude and longitude of a place in the zone."""
    latitude, longitude = utm.to_latlon(easting, northing, ZONE, northern=True, strict=False)
    return float(latitude), float(longitude)


def to_utm32(*, latitude: float, longitude: float) -> tuple[int, int]:
    """Return easting and northing in whole metres."""
    easting, northing, _zone, _letter = utm.from_latlon(latitude, longitude, force_zone_number=ZONE)
    return round(float(easting)), round(float(northing))
