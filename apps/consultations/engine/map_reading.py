"""A map as officials bring it: GeoJSON (RFC 7946), read feature by feature."""

import json
import re
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any, Final

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from apps.common.identity_numbers import find_identity_numbers
from apps.common.richtext import one_line
from apps.common.wording import size_beyond
from apps.consultations.engine.distances import Degrees
from apps.consultations.engine.map_shapes import Bounds, MapShape, called, geometry_of
from apps.consultations.enums import MapKind
from apps.consultations.errors import UnfitMap

LARGEST_MAP: Final = 2 * 1024 * 1024
LONGEST_NAME, LONGEST_NUMBER, LONGEST_NOTE = 80, 6, 300
TALLEST_M: Final = 500

# What programs for maps call things, in English and Danish; in small letters.
_NUMBERS: Final = ("number", "nummer", "nr", "no")
_NAMES: Final = ("name", "navn", "title", "titel")
_NOTES: Final = ("note", "description", "bemærkning", "beskrivelse")
_KINDS: Final = ("kind", "type", "art")
_HEIGHTS: Final = ("height_m", "height", "total_height", "højde", "totalhøjde", "totalhojde", "hojde")
_ROTORS: Final = ("rotor_m", "rotor", "rotor_diameter", "rotordiameter")
_TURBINES: Final = ("turbine", "wind turbine", "vindmølle", "mølle", "vindmoelle")
_DEGREES: Final = ("CRS84", "4326", "4258")  # the last is ETRS89, which differs by less than a metre


def read_shapes(content: bytes) -> list[MapShape]:
    """Return the features of a file in its order; raises UnfitMap for a file that is too large or holds no map."""
    if len(content) > LARGEST_MAP:
        raise UnfitMap(
            _("The map is %(size)s. At most %(largest)s can be shown: simplify its outlines and try again.")
            % {"size": size_beyond(len(content), LARGEST_MAP), "largest": filesizeformat(LARGEST_MAP)}
        )
    read = json.loads(content.decode("utf-8-sig"))
    _check_degrees(read)
    features = _features(read)
    if not features:
        raise UnfitMap(_("The file holds no features. Draw something and export it again."))
    return [_shape(feature, place) for place, feature in enumerate(features, start=1)]


def _check_degrees(read: Mapping[str, Any]) -> None:
    """Older files name the system of their coordinates; what is not in degrees is refused before it looks foreign."""
    crs = read.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(name, str) and not name.endswith(_DEGREES):
        raise UnfitMap(
            _("The file's coordinates are in %(name)s. Export the map again in WGS 84 (EPSG:4326) and upload that.")
            % {"name": name[:60]}
        )


def _features(read: dict[str, Any]) -> list[dict[str, Any]]:
    if read["type"] == "FeatureCollection":
        return list(read["features"])
    return [read if read["type"] == "Feature" else {"type": "Feature", "geometry": read, "properties": {}}]


def _shape(feature: Mapping[str, Any], place: int) -> MapShape:
    stated = feature.get("properties")
    told = {str(key).lower(): value for key, value in stated.items()} if isinstance(stated, dict) else {}
    name = _text(told, _NAMES, LONGEST_NAME, called(place, ""))
    named = called(place, name)
    geometry = geometry_of(feature.get("geometry"), named)
    height, rotor = _metres(told, _HEIGHTS, named), _metres(told, _ROTORS, named)
    check_sizes(height, rotor, named)
    kind = _kind(geometry["type"], told, height)
    return MapShape(
        kind=kind,
        geometry=geometry,
        number=_text(told, _NUMBERS, LONGEST_NUMBER, named),
        name=name,
        note=_text(told, _NOTES, LONGEST_NOTE, named),
        height_m=height if kind == MapKind.TURBINE else None,
        rotor_m=rotor if kind == MapKind.TURBINE else None,
    )


def _kind(geometry: str, told: Mapping[str, Any], height: float | None) -> MapKind:
    if geometry in {"Polygon", "MultiPolygon"}:
        return MapKind.AREA
    if geometry in {"LineString", "MultiLineString"}:
        return MapKind.LINE
    said = _first(told, _KINDS)
    is_turbine = isinstance(said, str) and said.strip().lower() in _TURBINES
    has_height = height is not None and said is None
    return MapKind.TURBINE if geometry == "Point" and (is_turbine or has_height) else MapKind.POINT


def _first(told: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((told[name] for name in names if told.get(name) is not None), None)


def _text(told: Mapping[str, Any], names: Iterable[str], longest: int, named: str) -> str:
    value = _first(told, names)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = one_line(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    if len(text) > longest:
        raise UnfitMap(
            _("%(which)s has a text of %(count)s characters; at most %(most)s are shown there. Shorten it.")
            % {"which": named, "count": len(text), "most": longest}
        )
    if find_identity_numbers(text):
        sentence = _("%(which)s has something that looks like an identity number. Leave it out.")
        raise UnfitMap(sentence % {"which": named})
    return text


def _metres(told: Mapping[str, Any], names: Iterable[str], named: str) -> float | None:
    value = _first(told, names)
    if value is None or value == "":
        return None
    try:
        metres = float(str(value).removesuffix("m").strip().replace(",", "."))
    except ValueError:
        metres = -1
    if not isfinite(metres) or not 1 <= metres <= TALLEST_M:
        raise UnfitMap(
            _("%(which)s has a height or a rotor that is no number of metres from 1 to %(most)s. Check both.")
            % {"which": named, "most": TALLEST_M}
        )
    return round(metres, 1)


def check_sizes(height: float | None, rotor: float | None, named: str) -> None:
    """Pass a height and a rotor that fit each other; raises UnfitMap for a rotor that would dig into the ground."""
    if height is not None and rotor is not None and rotor >= height:
        raise UnfitMap(
            _("%(which)s has a rotor as wide as the whole turbine is high. Check both figures.") % {"which": named}
        )


def read_number(text: str) -> float | None:
    """Return a number as people type it, with a comma or a point; None for anything else."""
    try:
        number = float(text.replace(",", ".").replace(" ", "").removesuffix("°"))
    except ValueError:
        return None
    return number if isfinite(number) else None


def read_place(text: str, bounds: Bounds) -> Degrees:
    """Return a place that was typed as latitude and longitude; raises UnfitMap for what is no place of the country.

    Between decimals with commas the two are parted by a semicolon or a blank.
    """
    parts = re.split(r"[;\s]+|,\s+|,(?=[^,]*\.)", text.strip())
    numbers = [read_number(part.rstrip(",")) for part in parts]
    if len(numbers) != 2 or None in numbers:  # noqa: PLR2004 - latitude and longitude
        raise UnfitMap(_("Write the place as latitude and longitude, as 56.385 8.190."))
    latitude, longitude = (round(float(number or 0), 6) for number in numbers)
    if not bounds.hold((longitude, latitude)):
        raise UnfitMap(_("That place lies outside the country. Write latitude first, then longitude, as 56.385 8.190."))
    return longitude, latitude
