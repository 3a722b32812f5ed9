"""The map of a consultation: brought or typed at the desk, drawn and told in a table for everyone."""

import hashlib
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override

from apps.common.errors import NotAllowed
from apps.consultations.actions import MapPlan, read_shapes, set_map
from apps.consultations.errors import UnfitMap
from apps.consultations.models import Consultation, ConsultationMap, MapFeature
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from tests import factories
from tests.common import files
from tests.consultations.test_map_reading import BOW_TIE
from tests.consultations.test_views import address
from tests.factories.maps import SQUARE, a_crowd, a_file, a_map, a_turbine, feature
from tests.personas import PERSONAS, everyone

pytestmark = pytest.mark.django_db


def entries(consultation: Consultation) -> list[Entry]:
    return list(Entry.objects.filter(consultation_id=consultation.pk, kind="map.set").order_by("pk"))


def own_page(hearing: Consultation) -> str:
    return f"/en/consultations/{hearing.slug}/map/"


def uploaded(desk: Client, hearing: Consultation, content: bytes, name: str = "map.geojson") -> Any:
    file = SimpleUploadedFile(name, content, content_type="application/json")
    return desk.post(address("map-edit", slug=hearing.slug), {"upload": "1", "file": file})


def a_row(place: int = 0, **typed: object) -> dict[str, object]:
    row = {"kind": "turbine", "north": "56,385", "east": "8.19", "height_m": "149,9", "rotor_m": "136"} | typed
    return {f"points-{place}-{name}": value for name, value in row.items()}


def typed(*rows: dict[str, object], **more: object) -> dict[str, object]:
    form: dict[str, object] = {"points-TOTAL_FORMS": len(rows), "points-INITIAL_FORMS": 0} | more
    for row in rows:
        form |= row
    return form


def test_a_map_is_kept_with_its_checksum_and_told_once(at: datetime) -> None:
    hearing = factories.a_hearing(at=at)

    found = a_map(hearing, at=at, rings=(900, 600, 900))

    assert (found.features, found.rings, found.description) == (3, [600, 900], "A heath with turbines.")
    assert [str(row) for row in MapFeature.objects.order_by("position")] == ["Heath", "Turbine 1", "Turbine 2"]
    (told,) = entries(hearing)
    assert told.payload == f'{{"features":3,"points":7,"sha256":"{found.sha256}"}}'
    assert check_ledger().problem == ""

    a_map(hearing, at=at, rings=(600, 900))
    assert len(entries(hearing)) == 1, "the same map again is no news"
    a_map(hearing, at=at, turbines=1)
    assert len(entries(hearing)) == 2
    assert MapFeature.objects.count() == 2
    assert check_ledger().problem == ""


def test_a_map_that_was_changed_behind_the_ledger_is_found(at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    a_map(hearing, at=at)

    MapFeature.objects.filter(number="1").update(height_m=180)

    assert "Its map" in check_ledger().problem


def test_an_emptied_map_is_none(at: datetime, client: Client) -> None:
    hearing = factories.a_hearing(at=at)
    assert not set_map(consultation=hearing, plan=MapPlan(), by=factories.an_official(at), at=at)
    a_map(hearing, at=at)

    assert set_map(consultation=hearing, plan=MapPlan(), by=factories.an_official(at), at=at)

    assert client.get(own_page(hearing)).status_code == 404
    assert "Where it is" not in client.get(f"/en/consultations/{hearing.slug}/").content.decode()
    assert check_ledger().problem == ""


@pytest.mark.parametrize("persona", [name for name in PERSONAS if name != "official"])
def test_others_set_no_map(persona: str, at: datetime) -> None:
    viewer = everyone(at=at)[persona]
    hearing = factories.a_hearing(at=at)

    with pytest.raises(NotAllowed):
        set_map(consultation=hearing, plan=MapPlan(), by=viewer, at=at)


def test_a_map_abroad_leaves_the_one_before(at: datetime, settings: Any) -> None:
    hearing = factories.a_hearing(at=at)
    a_map(hearing, at=at)
    plan = MapPlan(shapes=read_shapes(a_file(a_turbine())))
    settings.COUNTRY_BOUNDS = (5, 57.9, 31, 71.2)  # Norway's

    with override("en"), pytest.raises(UnfitMap, match="outside the country"):
        set_map(consultation=hearing, plan=plan, by=factories.an_official(at), at=at)

    assert MapFeature.objects.count() == 3
    assert len(entries(hearing)) == 1


def test_distances_beyond_measure_are_refused(at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    for rings in ((1,), (30_000,), (100, 200, 300, 400, 500)):
        with override("en"), pytest.raises(UnfitMap, match="at most 4 distances"):
            a_map(hearing, at=at, rings=rings)


UPLOADS = {
    "abroad": ("map.geojson", a_file(feature("Point", [10.7, 59.9])), "outside the country"),
    "crossing itself": ("map.geojson", a_file(feature("Polygon", [BOW_TIE])), "crosses itself near latitude 56.35"),
    "a false ending": ("map.pdf", a_file(a_turbine()), "does not end in .geojson"),
    "a picture": ("map.geojson", files.picture(), "and upload that: GeoJSON"),
    "a page": ("map.geojson", files.HTML, "Web pages and SVG drawings"),
    "other JSON": ("map.json", b'{"a": 1}', "not GeoJSON"),
    "not UTF-8": ("map.json", a_file(a_turbine(name="Mølle")).decode().encode("utf-16"), "Save it as one of these"),
    "endless numbers": ("map.json", b'{"type":"Point","coordinates":[NaN,56]}', "not GeoJSON"),
    "more than 2 MB": ("map.json", a_file(a_turbine()).ljust(2 * 1024 * 1024 + 1), "At most 2.0"),
}


@pytest.mark.parametrize(("name", "content", "sentence"), UPLOADS.values(), ids=UPLOADS)
def test_a_refused_file_changes_nothing(name: str, content: bytes, sentence: str, desk: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    a_map(hearing, at=at)

    page = uploaded(desk, hearing, content, name)

    assert page.status_code == 422
    assert sentence in page.content.decode().replace("\xa0", " ")
    assert len(entries(hearing)) == 1


def test_a_file_takes_the_place_of_the_map_and_leaves_its_words(desk: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    a_map(hearing, at=at, rings=(600,))

    assert uploaded(desk, hearing, a_file(a_turbine(5))).status_code == 302

    found = ConsultationMap.objects.get()
    assert (found.features, found.description, found.rings) == (1, "A heath with turbines.", [600])


def test_points_are_typed_in_degrees_or_metres(desk: Client, at: datetime) -> None:
    draft = factories.a_draft(at=at)
    in_metres = a_row(1, kind="point", north="6 250 000", east="456000", name="Farm", height_m="", rotor_m="")

    response = desk.post(address("map-edit", slug=draft.slug), typed(a_row(), in_metres, rings="600; 1.000 m, 800"))
    assert response.status_code == 422, "1.000 is one metre, and nobody draws that"

    response = desk.post(address("map-edit", slug=draft.slug), typed(a_row(), in_metres, rings="600; 1000 m, 800"))

    assert response.status_code == 302
    turbine, farm = MapFeature.objects.order_by("position")
    assert (turbine.geometry["coordinates"], turbine.height_m, turbine.number) == ([8.19, 56.385], 149.9, "1")
    longitude, latitude = farm.geometry["coordinates"]
    assert (longitude, latitude) == pytest.approx((8.289, 56.39), abs=0.01)
    assert ConsultationMap.objects.get().rings == [600, 800, 1000]


def test_what_is_typed_stays_when_it_is_refused(desk: Client, at: datetime) -> None:
    draft = factories.a_draft(at=at)
    wrong = {
        "degrees and metres": (a_row(north="56,4", east="456000"), "or metres of UTM zone 32"),
        "words": (a_row(north="here"), "or metres of UTM zone 32"),
        "no number": (a_row(north="nan"), "or metres of UTM zone 32"),
        "height": (a_row(height_m="inf"), "from 1 to 500"),
        "rotor": (a_row(rotor_m="200"), "rotor as wide"),
        "abroad": (a_row(north="59.9"), "outside the country"),
        "identity number": (a_row(note="010190-1234"), "identity number"),
    }
    for row, sentence in wrong.values():
        page = desk.post(address("map-edit", slug=draft.slug), typed(row, description="Kept words"))
        assert page.status_code == 422
        text = page.content.decode()
        assert sentence in text
        assert "Kept words" in text
        assert str(row["points-0-north"]) in text
    assert not MapFeature.objects.exists()


def test_saving_the_form_unchanged_changes_nothing_and_areas_can_be_removed(desk: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    found = a_map(hearing, at=at, turbines=1, rings=(600,))
    page = desk.get(address("map-edit", slug=hearing.slug))
    row = {f"points-0-{name}": value for name, value in page.context["rows"].forms[0].initial.items()}
    form = typed(row, description=found.description, rings="600")

    assert desk.post(address("map-edit", slug=hearing.slug), form).status_code == 302
    assert len(entries(hearing)) == 1

    assert desk.post(address("map-edit", slug=hearing.slug), form | {"removed": ["1"]}).status_code == 302
    assert [feature.name for feature in MapFeature.objects.all()] == ["Turbine 1"]


def test_more_rows_keep_what_was_typed(desk: Client, at: datetime) -> None:
    draft = factories.a_draft(at=at)

    page = desk.post(address("map-edit", slug=draft.slug), typed(a_row(), description="Kept", more="1"))

    assert page.status_code == 200
    assert "Kept" in page.content.decode()
    assert len(page.context["rows"].forms) == 3


def test_points_beyond_what_a_form_holds_stay_in_the_file(desk: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    a_map(hearing, at=at, turbines=31)
    page = desk.get(address("map-edit", slug=hearing.slug)).content.decode()
    assert "too many points to be typed" in page

    desk.post(address("map-edit", slug=hearing.slug), {"description": "New words", "rings": ""})

    found = ConsultationMap.objects.get()
    assert (found.features, found.description) == (32, "New words")


def test_the_map_is_drawn_and_told_in_a_table(client: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    found = a_map(hearing, at=at, rings=(1_200,))

    for where in (own_page(hearing), f"/en/consultations/{hearing.slug}/"):
        page = client.get(where).content.decode()
        for shown in (
            'role="img"',
            f'<title id="map-title">Map: {hearing.title}</title>',
            '<p id="map-about"><span lang="da">A heath with turbines.</span></p>',
            '<desc id="map-desc">On the map: 2 wind turbines, 1 area.',
            "Turbine 2",
            "150 m",
            "600 m",
            "1,200 m away",
            "Four times the total height: 600 m",
            "56.38500, 8.19000",
            "308.0 hectares",  # hectares of the heath
        ):
            assert shown in page, shown
        assert "<script" not in page.partition('<figure class="map">')[2].partition("</figure>")[0]
        assert "style=" not in page.partition('<figure class="map">')[2].partition("</figure>")[0]

    response = client.get(f"/en/consultations/{hearing.slug}/map.geojson")
    assert hashlib.sha256(response.content).hexdigest() == found.sha256
    assert response["Content-Type"] == "application/geo+json"
    assert response["Content-Disposition"] == f'attachment; filename="{hearing.slug}.geojson"'


def test_where_nothing_has_a_height_the_table_has_no_columns_for_it(client: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    a_map(hearing, at=at, turbines=0)

    page = client.get(own_page(hearing)).content.decode()

    assert [f">{head}</th>" in page for head in ("Latitude, longitude", "Total height", "Rotor")] == [
        True,
        False,
        False,
    ]


def test_words_of_the_map_are_words_and_no_markup(client: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    hostile = '<script>alert(1)</script>"'
    content = a_file(
        feature("Polygon", [SQUARE], name=hostile),
        feature("Point", [8.2, 56.4], number="<u>1", name=hostile, note=hostile),
    )
    plan = MapPlan(shapes=read_shapes(content), description=hostile)
    set_map(consultation=hearing, plan=plan, by=factories.an_official(at), at=at)

    page = client.get(own_page(hearing)).content.decode()

    assert "<script>alert" not in page
    assert "<u>" not in page
    assert "&lt;script&gt;alert" in page


def test_a_new_map_is_drawn_anew(client: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    a_map(hearing, at=at, rings=(600,))
    before = client.get(own_page(hearing)).content.decode()

    a_map(hearing, at=at, turbines=3)

    after = client.get(own_page(hearing)).content.decode()
    assert before.count('class="m-sign"') < after.count('class="m-sign"')


@pytest.mark.benchmark
def test_a_map_of_20000_points_opens_within_a_second(client: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    a_crowd(hearing, at=at)
    cache.clear()

    for most in (1.0, 0.25):  # drawn at first, then as it is kept
        began = time.perf_counter()
        assert client.get(own_page(hearing)).status_code == 200
        assert time.perf_counter() - began < most


def test_a_map_of_20000_points_is_drawn_once_and_told_in_pages(
    client: Client, at: datetime, django_assert_num_queries: Callable[..., Any]
) -> None:
    hearing = factories.a_hearing(at=at)
    a_crowd(hearing, at=at)
    cache.clear()

    for queries in (6, 5):  # all of it is read once; then a page of rows
        with django_assert_num_queries(queries):
            page = client.get(own_page(hearing))
        assert page.status_code == 200
        assert len(page.content) < 400_000
    assert client.get(own_page(hearing) + "?page=3").status_code == 200
    assert client.get(own_page(hearing) + "?page=999").status_code == 404


@pytest.mark.parametrize("turbines", [1, 3])
def test_the_page_of_the_map_costs_the_same_for_one_and_three(
    turbines: int, client: Client, at: datetime, django_assert_num_queries: Callable[..., Any]
) -> None:
    hearing = factories.a_hearing(at=at)
    a_map(hearing, at=at, turbines=turbines)
    client.get(own_page(hearing))

    with django_assert_num_queries(5):
        client.get(own_page(hearing))
