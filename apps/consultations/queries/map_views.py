"""The map of a consultation as pages show it: the drawing, and a table of the same facts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from shapely.geometry import shape

from apps.consultations.engine.distances import Plane, projected
from apps.consultations.engine.map_drawing import Drawing, drawing_of
from apps.consultations.engine.map_shapes import MapShape, geojson_of, places_of
from apps.consultations.engine.utm32 import to_utm32
from apps.consultations.enums import MapKind
from apps.consultations.models import ConsultationMap, MapFeature
from apps.consultations.queries.maps import features_of, plan_of, shape_of

# Of a drawing: one that is made otherwise needs another number here.
DRAWN_BY: Final = 1
KEPT_SECONDS: Final = 7 * 24 * 3600
ROWS: Final = 40
SQUARE_METRES_A_HECTARE: Final = 10_000


@dataclass(frozen=True)
class MapRow:
    """A feature in words and figures."""

    feature: MapFeature
    latitude: float
    longitude: float
    easting: int
    northing: int
    ring_m: float | None
    hectares: float | None
    length_m: float | None
    points: int


@dataclass(frozen=True)
class MapKey:
    """One line of the legend."""

    kind: str
    words: str
    ring: int = 0


@dataclass(frozen=True)
class MapView:
    """What a page shows of a map: `more` features are in its file and not among the rows."""

    drawing: Drawing
    summary: str
    description: str
    keys: list[MapKey]
    rows: list[MapRow]
    more: int
    sha256: str

    @property
    def has_heights(self) -> bool:
        """Whether a height or a rotor stands in any row; else the table has no columns for them."""
        return any(row.feature.height_m or row.feature.rotor_m for row in self.rows)


def map_view_of(found: ConsultationMap, *, first: int = 0, most: int = ROWS) -> MapView | None:
    """Return the map as a page shows it, with so many rows from that one on; None where nothing stands on it.

    The drawing of thousands of points is made once and kept, under the checksum of what it shows.
    """
    features = features_of(found.consultation)
    key = f"map-drawing:{DRAWN_BY}:{found.sha256}"
    kept = cache.get(key)
    if kept is None:
        plan = plan_of(found, features)
        kept = (drawing_of(plan), _counts(plan.shapes), _tip_rings(plan.shapes))
        cache.set(key, kept, KEPT_SECONDS)
    drawing, counts, tip_rings = kept
    if drawing is None:
        return None
    rows = [_row(feature) for feature in features[first : first + most]]
    return MapView(
        drawing=drawing,
        summary=_summary(counts),
        description=found.description,
        keys=_keys(drawing, counts, tip_rings, found.rings),
        rows=rows,
        more=max(found.features - first - len(rows), 0),
        sha256=found.sha256,
    )


def map_file_of(found: ConsultationMap) -> bytes:
    """Return the map as GeoJSON: the bytes of which the ledger holds the checksum."""
    return geojson_of(plan_of(found, features_of(found.consultation)))


def _counts(shapes: Iterable[MapShape]) -> dict[str, int]:
    counts = dict.fromkeys(MapKind.values, 0)
    for one in shapes:
        counts[one.kind.value] += 1
    return counts


def _tip_rings(shapes: Iterable[MapShape]) -> tuple[float, float] | None:
    """Return the smallest and the largest ring that follows from a height."""
    radii = [one.ring_m for one in shapes if one.ring_m and one.kind == MapKind.TURBINE]
    return (min(radii), max(radii)) if radii else None


def _summary(counts: dict[str, int]) -> str:
    told = [
        ngettext("%(count)s wind turbine", "%(count)s wind turbines", counts["turbine"]) % {"count": counts["turbine"]},
        ngettext("%(count)s other point", "%(count)s other points", counts["point"]) % {"count": counts["point"]},
        ngettext("%(count)s area", "%(count)s areas", counts["area"]) % {"count": counts["area"]},
        ngettext("%(count)s line", "%(count)s lines", counts["line"]) % {"count": counts["line"]},
    ]
    kinds = ("turbine", "point", "area", "line")
    there = ", ".join(words for kind, words in zip(kinds, told, strict=True) if counts[kind])
    return _("On the map: %(there)s. The table below has the same facts.") % {"there": there}


def _keys(
    drawing: Drawing, counts: dict[str, int], tip_rings: tuple[float, float] | None, rings: Sequence[int]
) -> list[MapKey]:
    """Return the legend: what there is, then the rings in the order in which they are drawn."""
    keys = [MapKey(kind.value, str(kind.label)) for kind in MapKind if counts[kind.value]]
    drawn = {outline.ring for outline in drawing.outlines if outline.kind == "ring"}
    words = [_("Four times the total height: %(metres)s m") % {"metres": _span(*tip_rings)}] if tip_rings else []
    words += [_("%(metres)s m away") % {"metres": _metres(ring)} for ring in rings]
    return keys + [MapKey("ring", said, step) for step, said in enumerate(words) if step in drawn]


def _span(least: float, most: float) -> str:
    return _metres(least) if least == most else f"{_metres(least)}–{_metres(most)}"


def _metres(length: float) -> str:
    return str(floatformat(length, "-1g"))


def _row(feature: MapFeature) -> MapRow:
    drawn = shape(feature.geometry)
    middle = drawn.representative_point()
    easting, northing = to_utm32(latitude=middle.y, longitude=middle.x)
    places = places_of(feature.geometry)
    flat = projected(feature.geometry, Plane.around(places).metres)
    return MapRow(
        feature=feature,
        latitude=middle.y,
        longitude=middle.x,
        easting=easting,
        northing=northing,
        ring_m=shape_of(feature).ring_m if feature.kind == MapKind.TURBINE else None,
        hectares=flat.area / SQUARE_METRES_A_HECTARE if feature.kind == MapKind.AREA else None,
        length_m=flat.length if feature.kind == MapKind.LINE else None,
        points=len(places),
    )
