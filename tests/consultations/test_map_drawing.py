"""Where things lie on the drawn sheet."""

import re
from typing import Any

import pytest

from apps.consultations.engine.distances import metres_between
from apps.consultations.engine.map_drawing import WIDTH, Drawing, drawing_of
from apps.consultations.engine.map_reading import read_shapes
from apps.consultations.engine.map_shapes import MapPlan, numbered
from tests.factories.maps import SQUARE, a_file, a_turbine, feature


def drawn(*features: dict[str, Any], rings: tuple[int, ...] = ()) -> Drawing:
    drawing = drawing_of(MapPlan(shapes=numbered(read_shapes(a_file(*features))), rings=rings))
    assert drawing is not None
    return drawing


def corners(d: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", d)]


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawing_of(MapPlan(rings=(600,))) is None


def test_east_is_right_north_is_up_and_everything_lies_on_the_sheet() -> None:
    east, north = a_turbine(9), a_turbine(1)
    north["geometry"]["coordinates"][1] = 56.4

    drawing = drawn(a_turbine(1), east, north, feature("Polygon", [SQUARE]), rings=(1000,))

    first, right, up = drawing.signs
    assert first.x < right.x
    assert first.y == pytest.approx(right.y, abs=0.2)
    assert up.y < first.y
    everything = [corner for outline in drawing.outlines for corner in corners(outline.d)]
    assert all(0 <= x <= WIDTH and 0 <= y <= drawing.height for x, y in everything)
    assert [outline.kind for outline in drawing.outlines] == ["area", "ring", "ring"]


def test_the_scale_and_the_rings_are_as_long_as_they_say() -> None:
    drawing = drawn(a_turbine(1), a_turbine(9, height=140), rings=(800,))
    apart = metres_between((8.185, 56.385), (8.225, 56.385))

    assert drawing.signs[1].x - drawing.signs[0].x == pytest.approx(
        apart * drawing.scale_pixels / drawing.scale_m, rel=0.01
    )
    by_height, other = (outline for outline in drawing.outlines if outline.kind == "ring")
    pixels = drawing.scale_pixels / drawing.scale_m
    left = min(x for x, _y in corners(by_height.d))
    assert drawing.signs[0].x - left == pytest.approx(4 * 150 * pixels, rel=0.01)
    right = max(x for x, _y in corners(by_height.d))
    assert right - drawing.signs[1].x == pytest.approx(4 * 140 * pixels, rel=0.01)
    assert drawing.signs[0].x - min(x for x, _y in corners(other.d)) == pytest.approx(800 * pixels, rel=0.01)
    assert [words.metres for words in drawing.words] == [600, 800]
    assert (by_height.ring, other.ring) == (0, 1)


def test_rings_that_meet_are_drawn_as_one_outline() -> None:
    apart, together = (drawn(a_turbine(1), a_turbine(other), rings=(100,)) for other in (20, 2))

    assert apart.outlines[-1].d.count("M") == 2
    near = together.outlines[0]
    assert near.d.count("M") == 1


def test_without_turbines_rings_are_around_points() -> None:
    drawing = drawn(feature("Point", [8.2, 56.4], name="Church"), rings=(500,))

    assert [outline.ring for outline in drawing.outlines] == [0]
    assert [words.metres for words in drawing.words] == [500]


def test_a_place_beside_the_sheet_is_known_as_such() -> None:
    frame = drawn(a_turbine(1), feature("Polygon", [SQUARE])).frame

    assert frame.holds((8.19, 56.39))
    assert not frame.holds((9, 56.39))


def test_many_points_are_dots_of_which_none_hides_another() -> None:
    crowd = feature("MultiPoint", [[8.1 + step / 100_000, 56] for step in range(20_000)])

    drawing = drawn(crowd)

    assert not drawing.signs
    (dots,) = drawing.outlines
    assert len(corners(dots.d)) < 1_000


def test_a_long_outline_loses_only_what_nobody_sees() -> None:
    edge = [[8.1 + step / 20_000, 56 + (step % 2) / 1_000_000] for step in range(9_000)]
    drawing = drawn(feature("Polygon", [[*edge, [8.3, 56.1], edge[0]]]))

    assert len(corners(drawing.outlines[0].d)) < 20
