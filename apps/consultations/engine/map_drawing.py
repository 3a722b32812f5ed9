"""A map as a drawing: where each thing lies on a sheet whose points are pixels. What it looks like says the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import floor, log10
from typing import Final

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from apps.consultations.engine.distances import Degrees, Plane, projected, ring_around
from apps.consultations.engine.map_shapes import MapPlan, MapShape, places_of
from apps.consultations.enums import MapKind

WIDTH: Final = 880
LOWEST, HIGHEST = 380, 640
MARGIN: Final = 44
# A map of one place still shows what is around it.
NARROWEST_M: Final = 400
# With more points than this, signs would cover each other: each becomes a dot.
MOST_SIGNS, MOST_AREA_NAMES, MOST_RINGED = 60, 12, 300
# Half a pixel is seen by nobody, nor are two dots in one place.
TOLERANCE, DOT = 0.5, 3


@dataclass(frozen=True)
class Outline:
    """A path: `d` as SVG writes it, and whether it is an area, a line, dots, or a ring of a kind."""

    kind: str
    d: str
    ring: int = 0


@dataclass(frozen=True)
class Sign:
    """A point with its number."""

    x: float
    y: float
    number: str
    is_turbine: bool


@dataclass(frozen=True)
class Words:
    """A name, or a distance in metres, beside what it belongs to."""

    x: float
    y: float
    text: str = ""
    metres: float | None = None


@dataclass(frozen=True)
class Frame:
    """How places become points on the sheet."""

    plane: Plane
    pixels_per_metre: float
    west_m: float
    north_m: float
    height: int

    def point(self, place: Degrees) -> tuple[float, float]:
        """Return where the place lies on the sheet; it may lie beside it."""
        east, north = self.plane.metres(place)
        return (east - self.west_m) * self.pixels_per_metre, (self.north_m - north) * self.pixels_per_metre

    def holds(self, place: Degrees) -> bool:
        """The place lies on the sheet."""
        x, y = self.point(place)
        return 0 <= x <= WIDTH and 0 <= y <= self.height


@dataclass(frozen=True)
class Drawing:
    """A drawn map."""

    frame: Frame
    scale_m: int
    outlines: list[Outline] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    width: int = WIDTH

    @property
    def height(self) -> int:
        """The sheet's height."""
        return self.frame.height

    @property
    def scale_pixels(self) -> float:
        """How long the bar of the scale is."""
        return round(self.scale_m * self.frame.pixels_per_metre, 1)

    @property
    def scale_middle(self) -> float:
        """Where the words of the scale stand."""
        return round(self.scale_pixels / 2, 1)

    @property
    def scale_km(self) -> int:
        """The bar's length in kilometres, where it is that long."""
        return self.scale_m // 1000


@dataclass(frozen=True)
class _Ring:
    """One kind of ring: around which places, how far, and the words beside it."""

    around: Sequence[tuple[Degrees, float]]

    @property
    def metres(self) -> float:
        return max(metres for _place, metres in self.around)

    def outlines(self) -> list[list[Degrees]]:
        return [ring_around(place, metres) for place, metres in self.around]


def drawing_of(plan: MapPlan) -> Drawing | None:
    """Return the drawing of a map with something on it: areas below, then lines, rings, points and words."""
    if not plan.shapes:
        return None
    rings = _rings(plan)
    frame = _frame(plan.shapes, rings)
    areas, lines = (_of_kind(plan.shapes, kind) for kind in (MapKind.AREA, MapKind.LINE))
    points = [one for one in plan.shapes if one.kind in {MapKind.TURBINE, MapKind.POINT}]
    drawn = [Outline("area", _path(_on_sheet(one, frame))) for one in areas]
    drawn += [Outline("line", _path(_on_sheet(one, frame))) for one in lines]
    words = _area_names(areas, frame)
    for step, ring in enumerate(rings):
        outline, beside = _drawn_ring(ring, step, frame)
        drawn.append(outline)
        words.append(beside)
    as_signs = len(points) <= MOST_SIGNS and all(one.is_one_point for one in points)
    if points and not as_signs:
        drawn.append(Outline("dots", _dots(points, frame)))
    signs = [_sign(one, frame) for one in points] if as_signs else []
    return Drawing(frame, _scale(frame), drawn, signs, words)


def _of_kind(shapes: Iterable[MapShape], kind: MapKind) -> list[MapShape]:
    return [one for one in shapes if one.kind == kind]


def _rings(plan: MapPlan) -> list[_Ring]:
    """Return first the ring that follows from the height, then the others: around the turbines, or else all points."""
    points = [one for one in plan.shapes if one.is_one_point]
    turbines = [one for one in points if one.kind == MapKind.TURBINE]
    if len(points) > MOST_RINGED:
        return []
    places = [places_of(one.geometry)[0] for one in turbines or points]
    by_height = [(places_of(one.geometry)[0], one.ring_m) for one in turbines if one.ring_m]
    found = [_Ring([(place, metres) for place, metres in by_height if metres])] if by_height else []
    return found + [_Ring([(place, metres) for place in places]) for metres in plan.rings if places]


def _frame(shapes: Iterable[MapShape], rings: Iterable[_Ring]) -> Frame:
    places = [place for one in shapes for place in places_of(one.geometry)]
    places += [place for ring in rings for outline in ring.outlines() for place in outline]
    plane = Plane.around(places)
    metres = [plane.metres(place) for place in places]
    half_wide = max(NARROWEST_M / 2, *(abs(east) for east, _north in metres))
    half_high = max(NARROWEST_M / 4, *(abs(north) for _east, north in metres))
    inner = WIDTH - 2 * MARGIN
    scale = min(inner / (2 * half_wide), (HIGHEST - 2 * MARGIN) / (2 * half_high))
    height = max(LOWEST, round(2 * half_high * scale) + 2 * MARGIN)
    return Frame(plane, scale, -WIDTH / 2 / scale, height / 2 / scale, height)


def _on_sheet(one: MapShape, frame: Frame) -> BaseGeometry:
    """Return the shape in pixels, without what nobody could see."""
    return projected(one.geometry, frame.point).simplify(TOLERANCE)


def _path(drawn: BaseGeometry) -> str:
    if hasattr(drawn, "geoms"):
        return "".join(_path(part) for part in drawn.geoms)
    if isinstance(drawn, Polygon):
        return "".join(_stroke(ring.coords, "Z") for ring in (drawn.exterior, *drawn.interiors))
    return _stroke(drawn.coords, "")


def _stroke(coordinates: Iterable[tuple[float, ...]], end: str) -> str:
    corners = [f"{x:.1f} {y:.1f}" for x, y in coordinates]
    return "M" + "L".join(corners[:-1] if end else corners) + end


def _drawn_ring(ring: _Ring, step: int, frame: Frame) -> tuple[Outline, Words]:
    """Return the outer edge of all rings of a kind together, and its words at the northernmost point."""
    discs = [Polygon([frame.point(place) for place in outline]) for outline in ring.outlines()]
    whole = shapely.union_all(discs).simplify(TOLERANCE / 2)
    x, y = min(shapely.get_coordinates(whole).tolist(), key=lambda corner: corner[1])
    return Outline("ring", _path(whole), step), Words(round(x, 1), round(y - 6, 1), metres=ring.metres)


def _area_names(areas: Sequence[MapShape], frame: Frame) -> list[Words]:
    named = [one for one in areas if one.name] if len(areas) <= MOST_AREA_NAMES else []
    words = []
    for one in named:
        drawn = _on_sheet(one, frame)
        _left, _top, _right, bottom = drawn.bounds
        middle = drawn.centroid.x
        words.append(Words(round(min(max(middle, 90), WIDTH - 90), 1), round(bottom + 20, 1), text=one.name))
    return words


def _sign(one: MapShape, frame: Frame) -> Sign:
    x, y = frame.point(places_of(one.geometry)[0])
    return Sign(round(x, 1), round(y, 1), one.number, one.kind == MapKind.TURBINE)


def _dots(points: Iterable[MapShape], frame: Frame) -> str:
    """Return one path of strokes without length, drawn with round ends; of dots in one place only the first."""
    places = (frame.point(place) for one in points for place in places_of(one.geometry))
    cells = {(round(x / DOT), round(y / DOT)) for x, y in places}
    return "".join(f"M{x * DOT} {y * DOT}h0" for x, y in sorted(cells))


def _scale(frame: Frame) -> int:
    """Return a round length in metres that takes about a sixth of the sheet."""
    most = WIDTH / 6 / frame.pixels_per_metre
    power = 10 ** floor(log10(most))
    return int(max(step * power for step in (1, 2, 5) if step * power <= most)) or 1
