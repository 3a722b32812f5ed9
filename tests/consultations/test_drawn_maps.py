"""Areas that an official draws on the page: checked like a file, kept beside what is there, lost by no refusal."""

import html
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from apps.consultations.models import Consultation, MapFeature
from tests import factories
from tests.consultations.test_map_reading import BOW_TIE
from tests.consultations.test_maps import a_row, typed
from tests.consultations.test_views import address
from tests.factories.maps import SQUARE, a_file, a_map, feature

pytestmark = pytest.mark.django_db

FIELD = [[8.19, 56.39], [8.2, 56.39], [8.2, 56.4], [8.19, 56.39]]


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return factories.a_hearing(at=at)


@pytest.fixture
def desk(as_seen_by: Callable[..., Client], at: datetime) -> Client:
    return as_seen_by(factories.an_official(at))


def save(desk: Client, hearing: Consultation, drawn: bytes | str, *rows: dict[str, object], **more: object) -> Any:
    text = drawn.decode() if isinstance(drawn, bytes) else drawn
    return desk.post(address("map-edit", slug=hearing.slug), typed(*rows, drawn=text, **more))


def test_what_is_drawn_is_kept_beside_what_stands_there(hearing: Consultation, desk: Client, at: datetime) -> None:
    a_map(hearing, at=at, turbines=0)
    drawn = a_file(feature("Polygon", [FIELD], name="Field"), feature("Polygon", [FIELD]))

    assert save(desk, hearing, drawn, a_row()).status_code == 302

    rows = MapFeature.objects.order_by("position")
    assert [(row.kind, row.name) for row in rows] == [
        ("area", "Heath"),
        ("area", "Field"),
        ("area", ""),
        ("turbine", ""),
    ]
    assert rows[1].geometry["coordinates"] == [FIELD]


UNFIT = {
    "crossing itself": (a_file(feature("Polygon", [BOW_TIE], name="Bow")), "crosses itself near latitude"),
    "abroad": (a_file(feature("Polygon", [[[one[0] + 10, one[1]] for one in SQUARE]])), "lies outside the country"),
    "not whole": (a_file(feature("Polygon", [[[8.19, 56.39], ["x", 1]]], name="Bow")), "is not whole"),
    "no map": ("drawn by hand", "This is not a file that can be taken here"),
    "a name with a number": (
        a_file(feature("Polygon", [FIELD], name="Field of 010190-1235")),
        "looks like an identity number",
    ),
}


@pytest.mark.parametrize(("drawn", "sentence"), UNFIT.values(), ids=UNFIT)
def test_what_cannot_be_drawn_is_refused_and_not_lost(
    drawn: bytes | str, sentence: str, hearing: Consultation, desk: Client
) -> None:
    answer = save(desk, hearing, drawn, a_row(name="Mill"))

    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{drawn.decode() if isinstance(drawn, bytes) else drawn}"' in page
    assert 'value="Mill"' in page
    assert not MapFeature.objects.exists()


def test_asking_for_more_rows_keeps_the_drawing(hearing: Consultation, desk: Client) -> None:
    drawn = a_file(feature("Polygon", [FIELD], name="Field")).decode()

    page = save(desk, hearing, drawn, a_row(), more="1")

    assert page.status_code == 200
    assert f'value="{html.escape(drawn)}"' in page.content.decode()
    assert not MapFeature.objects.exists()


def test_nothing_drawn_is_nothing(hearing: Consultation, desk: Client, at: datetime) -> None:
    a_map(hearing, at=at, turbines=0)

    assert save(desk, hearing, "").status_code == 302

    assert [row.name for row in MapFeature.objects.all()] == ["Heath"]
