"""Files of GeoJSON: what is read from them, and what is refused with the place named."""

import json
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.consultations.engine.distances import metres_between, ring_around
from apps.consultations.engine.map_reading import LARGEST_MAP, read_shapes
from apps.consultations.engine.map_shapes import Bounds, MapPlan, check_plan, geojson_of, numbered, sha256_of
from apps.consultations.engine.utm32 import is_utm32, to_degrees, to_utm32
from apps.consultations.enums import MapKind
from apps.consultations.errors import UnfitMap
from tests.factories.maps import SQUARE, a_file, a_turbine, feature

DENMARK = Bounds(7.5, 54.4, 15.6, 58)
BOW_TIE = [[8.1, 56.3], [8.2, 56.4], [8.2, 56.3], [8.1, 56.4], [8.1, 56.3]]


def read(*features: dict[str, Any], **members: Any) -> MapPlan:
    content = json.dumps({"type": "FeatureCollection", "features": features} | members).encode()
    plan = MapPlan(shapes=numbered(read_shapes(content)))
    check_plan(plan, DENMARK)
    return plan


def test_a_turbine_says_what_it_is_in_danish_and_english() -> None:
    danish = feature("Point", [8.2, 56.4], navn="Mølle 1", nr="1", art="Vindmølle", totalhøjde="149,9", rotor="136")
    english = feature("Point", [8.2, 56.4, 12.5], name="Mølle 1", number=1.0, kind="turbine", height=149.9, rotor_m=136)

    one, other = read(danish, english).shapes

    assert one == other
    assert (one.kind, one.number, one.name, one.height_m, one.rotor_m) == (MapKind.TURBINE, "1", "Mølle 1", 149.9, 136)
    assert one.ring_m == 599.6
    assert one.geometry == {"type": "Point", "coordinates": [8.2, 56.4]}, "heights above the sea are left out"


def test_what_is_no_turbine_is_a_point_without_height() -> None:
    plan = read(
        feature("Point", [8.2, 56.4], kind="other", height_m=20),
        feature("Point", [8.3, 56.4]),
        feature("MultiPoint", [[8.2, 56.4]], kind="turbine"),
        feature("LineString", [[8.2, 56.4], [8.3, 56.4]]),
        feature("Polygon", [SQUARE]),
    )

    assert [one.kind.value for one in plan.shapes] == ["point", "point", "point", "line", "area"]
    assert [one.number for one in plan.shapes] == ["1", "2", "", "", ""]
    assert plan.shapes[0].height_m is None


def test_a_feature_or_a_shape_alone_is_a_map_too() -> None:
    for content in (a_turbine(), a_turbine()["geometry"]):
        assert len(read_shapes(json.dumps(content).encode())) == 1


def test_what_is_handed_out_reads_back_as_the_same_map() -> None:
    plan = read(a_turbine(1), feature("Polygon", [SQUARE], name="Heath", note="Heather"), a_turbine(3, height=139.5))

    again = MapPlan(shapes=read_shapes(geojson_of(plan)))

    assert list(again.shapes) == list(plan.shapes)
    assert sha256_of(again) == sha256_of(plan)
    assert sha256_of(MapPlan(shapes=plan.shapes, rings=(600,))) != sha256_of(plan)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "crosses itself": (feature("Polygon", [BOW_TIE], name="Heath"), "“Heath”.*crosses itself near latitude 56.35000"),
    "not closed": (feature("Polygon", [SQUARE[:-1]]), "not closed"),
    "two corners": (feature("Polygon", [[[8.1, 56.3], [8.2, 56.4], [8.1, 56.3]]]), "cannot be drawn"),
    "no width": (feature("Polygon", [[[8.1, 56.3], [8.2, 56.4], [8.1, 56.3], [8.1, 56.3]]]), "cannot be drawn"),
    "hole outside": (
        feature("Polygon", [SQUARE, [[9, 56], [9.1, 56], [9.1, 56.1], [9, 56]]]),
        "cannot be drawn, near latitude",
    ),
    "a line of one place": (feature("LineString", [[8.1, 56.3]]), "not whole"),
    "Norway": (feature("Point", [10.7, 59.9]), "outside the country .latitude 59.90000"),
    "Germany": (feature("Polygon", [[[9, 53], [9.1, 53], [9.1, 53.1], [9, 53]]]), "outside the country"),
    "one corner in Norway": (feature("LineString", [[10, 57], [10, 58.5]]), "latitude 58.50000"),
    "the other way round": (feature("Point", [56.4, 8.2]), "in each other's place"),
    "metres": (feature("Point", [456_000, 6_250_000]), "WGS 84"),
    "beyond all numbers": (feature("Point", [10**400, 56]), "WGS 84"),
    "words": (feature("Point", ["8.2", "56.4"]), "no numbers"),
    "yes and no": (feature("Point", [True, False]), "no numbers"),
    "one number": (feature("Point", [8.2]), "no numbers"),
    "lists too deep": (feature("Point", [[8.2, 56.4]]), "no numbers"),
    "lists too flat": (feature("Polygon", [8.2, 56.4]), "not whole"),
    "nothing": (feature("MultiPoint", []), "not whole"),
    "no geometry": ({"type": "Feature", "properties": {}, "geometry": None}, "has no place"),
    "a collection": (
        {"type": "Feature", "geometry": {"type": "GeometryCollection", "geometries": []}},
        "has no place",
    ),
    "a tower": (a_turbine(height=900), "from 1 to 500"),
    "a height in words": (a_turbine(height="high"), "from 1 to 500"),  # type: ignore[arg-type]
    "a rotor in the ground": (a_turbine(rotor_m=150), "rotor as wide"),
    "a long name": (a_turbine(name="x" * 81), "81 characters"),
    "a number of a person": (a_turbine(note="Ole 010190-1234"), "identity number"),
}


@pytest.mark.parametrize(("refused", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_map_that_is_not_fit_is_refused_with_the_place_named(refused: dict[str, Any], sentence: str) -> None:
    with override("en"), pytest.raises(UnfitMap, match=sentence) as unfit:
        read(a_turbine(7), refused)
    assert "Feature 2" in str(unfit.value)


def test_a_file_in_another_system_or_without_features_is_refused() -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
    with override("en"), pytest.raises(UnfitMap, match="EPSG::25832"):
        read(a_turbine(), crs=crs)
    assert read(a_turbine(), crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}})
    with override("en"), pytest.raises(UnfitMap, match="no features"):
        read()


def test_a_file_of_more_than_two_megabytes_or_20000_points_is_refused() -> None:
    with override("en"), pytest.raises(UnfitMap, match="At most 2"):
        read_shapes(a_file(a_turbine()).ljust(LARGEST_MAP + 1))
    points = [[8.1 + step / 10_000, 56] for step in range(20_000)]
    assert read(feature("MultiPoint", points))
    with override("en"), pytest.raises(UnfitMap, match=r"has 20,001 points; at most 20,000"):
        read(feature("MultiPoint", points), a_turbine())


@settings(max_examples=40)
@given(
    st.floats(7.5, 15.6),
    st.floats(54.4, 58),
    st.floats(10, 20_000),
)
def test_every_place_of_a_ring_lies_exactly_so_far_away(longitude: float, latitude: float, metres: float) -> None:
    ring = ring_around((longitude, latitude), metres)

    assert ring[0] == ring[-1]
    assert all(metres_between((longitude, latitude), place) == pytest.approx(metres, rel=1e-6) for place in ring)


@settings(max_examples=40)
@given(st.floats(7.5, 15.6), st.floats(54.4, 58))
def test_zone_32_and_back_is_the_same_place_also_on_bornholm(longitude: float, latitude: float) -> None:
    easting, northing = to_utm32(latitude=latitude, longitude=longitude)

    assert is_utm32(easting=easting, northing=northing)
    again = to_degrees(easting=easting, northing=northing)
    assert metres_between((longitude, latitude), (again[1], again[0])) < 1


def test_a_known_place_has_its_known_coordinates() -> None:
    # On the central meridian of the zone the easting is 500 000 by definition.
    assert to_utm32(latitude=56, longitude=9)[0] == 500_000
    # One degree of latitude is 111 km and a little more.
    assert metres_between((9, 56), (9, 57)) == pytest.approx(111_195, abs=1)
