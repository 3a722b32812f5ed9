"""What the municipality says of itself: set by administrators, told in the ledger, and readable for everyone."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.actions import DistrictText, change_municipality, set_districts
from apps.municipality.errors import DistrictInUse, DistrictTwice, UnreadableColour
from apps.municipality.models import District, Municipality
from apps.municipality.queries import the_municipality
from apps.residency.models import Residency
from tests import factories, personas

pytestmark = pytest.mark.django_db

Committing = Callable[..., Any]
FACTS = {
    "name": "Havn Kommune",
    "site_name": "Havn i dialog",
    "code": "0849",
    "moderation_target_hours": "6",
    "answer_target_days": "5",
    "working_week": "8-16 8-16 8-16 8-16 8-14 - -",
    "days_off": "5/6",
    "residency_months": "24",
    "letters_per_address": "8",
}


@pytest.fixture
def keeper(at: datetime) -> User:
    return personas.administrator(at=at)


@pytest.fixture
def desk(keeper: User) -> Client:
    client = Client()
    client.force_login(keeper)
    return client


def told() -> list[object]:
    return [facts_of(entry)["fields"] for entry in Entry.objects.filter(kind="municipality.changed").order_by("pk")]


def test_what_differs_is_saved_and_told(
    keeper: User, at: datetime, django_capture_on_commit_callbacks: Committing
) -> None:
    Municipality.objects.update_or_create(pk=1, defaults={"name": "Havn", "site_name": "Havn", "code": "0849"})
    with django_capture_on_commit_callbacks(execute=True):
        changed = change_municipality(
            facts={"name": "Havn", "phone": "70 00 00 00", "answer_target_days": 3}, by=keeper, at=at
        )

    assert changed == ["answer_target_days", "phone"]
    assert the_municipality().answer_target_days == 3
    assert not change_municipality(facts={"phone": "70 00 00 00"}, by=keeper, at=at)
    assert told() == ["answer_target_days, phone"]


def test_only_administrators_change_it(at: datetime) -> None:
    official = factories.an_official(at)

    with pytest.raises(NotAllowed):
        change_municipality(facts={"name": "Mit"}, by=official, at=at)
    with pytest.raises(NotAllowed):
        set_districts(districts=[DistrictText(name="Mit")], by=official, at=at)
    assert told() == []


def test_the_form_saves_and_shows_it(desk: Client, django_capture_on_commit_callbacks: Committing) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post("/en/desk/municipality/", FACTS, follow=True)

    page = answer.content.decode()
    assert "It is saved, and shown from now on." in page
    assert "Havn i dialog" in desk.get("/en/").content.decode()
    assert 'href="/en/desk/municipality/"' in desk.get("/en/desk/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "This field is required."),
        ({"code": "84"}, "The code has four digits"),
        ({"working_week": "8-16"}, "Write seven days"),
        ({"days_off": "32/13"}, "Write each day as day/month"),
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"answer_target_days": "-1"}, "greater than or equal to 0"),
    ],
)
def test_what_is_wrong_is_answered_with_a_sentence_and_nothing_is_lost(
    wrong: dict[str, str], sentence: str, desk: Client
) -> None:
    answer = desk.post("/en/desk/municipality/", FACTS | {"phone": "70 11 22 33"} | wrong)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="70 11 22 33"' in page
    assert not Municipality.objects.filter(phone="70 11 22 33").exists()


# ------------------------------------------------------------ colour


def test_a_colour_becomes_a_style_file_of_both_themes(
    desk: Client, client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    assert client.get("/brand.css").content.strip() == b""
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post("/en/desk/municipality/colour/", {"brand_color": "#7A1F3D"}).status_code == 302

    style = client.get("/brand.css")
    assert style["Content-Type"] == "text/css"
    assert "--brand: #7a1f3d;" in style.content.decode()
    assert '[data-theme="dark"]' in style.content.decode()
    assert 'href="/brand.css?7a1f3d"' in client.get("/").content.decode()


def test_a_colour_that_not_everyone_can_read_is_refused_with_one_that_they_can(
    keeper: User, desk: Client, at: datetime
) -> None:
    with pytest.raises(UnreadableColour, match=r"#[0-9a-f]{6}"), transaction.atomic():
        change_municipality(facts={"brand_color": "#ffcc00"}, by=keeper, at=at)

    answer = desk.post("/en/desk/municipality/colour/", {"brand_color": "#ffcc00"})
    assert answer.status_code == 422
    assert "Text in this colour has a contrast of 1." in answer.content.decode()
    assert 'value="#ffcc00"' in answer.content.decode()
    assert told() == []


def test_what_is_no_colour_reaches_no_style_file(desk: Client) -> None:
    answer = desk.post("/en/desk/municipality/colour/", {"brand_color": "red;}x{"})

    assert answer.status_code == 422
    assert "Write # and six of the signs" in answer.content.decode()


# ------------------------------------------------------------ accessibility


@pytest.mark.parametrize("address", ["/was", "/en/was"])
def test_everyone_finds_how_to_tell_of_what_does_not_work(
    address: str, desk: Client, client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        desk.post("/en/desk/municipality/", FACTS | {"email": "web@havn.example", "phone": "70 11 22 33"})
        desk.post(
            "/en/desk/municipality/accessibility/",
            {
                "was_url": "https://www.was.digst.dk/havn",
                "was_reviewed_on": "2026-03-01",
                "was_gaps_da": "Kortet.",
                "was_gaps_en": "The map.",
            },
        )

    page = client.get(address).content.decode()
    for wanted in ("https://www.was.digst.dk/havn", "web@havn.example", "70 11 22 33", "2026-03-01"):
        assert wanted in page
    assert ("The map." if address.startswith("/en") else "Kortet.") in page


# ------------------------------------------------------------ districts


def test_districts_are_renamed_and_may_change_places(keeper: User, at: datetime) -> None:
    north, south = (District.objects.create(name=name) for name in ("Nord", "Syd"))
    swapped = [
        DistrictText(pk=north.pk, name="Syd", postal_codes="7998"),
        DistrictText(pk=south.pk, name="Nord"),
        DistrictText(name="Øst"),
    ]

    assert set_districts(districts=swapped, by=keeper, at=at)
    assert dict(District.objects.values_list("name", "postal_codes")) == {"Syd": "7998", "Nord": "", "Øst": ""}
    assert District.objects.get(pk=north.pk).name == "Syd"
    kept = [DistrictText(pk=row.pk, name=row.name, postal_codes=row.postal_codes) for row in District.objects.all()]
    assert not set_districts(districts=kept, by=keeper, at=at)
    assert told() == ["districts"]


def test_a_district_with_residents_stays(keeper: User, at: datetime) -> None:
    district = District.objects.create(name="Havby")
    Residency.objects.filter(person=personas.resident(at=at)).update(district=district)

    with pytest.raises(DistrictInUse, match=district.name), transaction.atomic():
        set_districts(districts=[], by=keeper, at=at)
    assert District.objects.filter(pk=district.pk).exists()


def test_two_districts_of_one_name_are_refused(keeper: User, at: datetime) -> None:
    with pytest.raises(DistrictTwice, match="Nord"), transaction.atomic():
        set_districts(districts=[DistrictText(name="Nord"), DistrictText(name="nord")], by=keeper, at=at)


def test_the_rows_of_districts_are_saved(desk: Client) -> None:
    rows = {
        "districts-TOTAL_FORMS": "2",
        "districts-INITIAL_FORMS": "0",
        "districts-0-name": "Nord",
        "districts-0-postal_codes": "7998 7997",
        "districts-1-name": "",
    }
    assert desk.post("/en/desk/municipality/districts/", rows | {"districts-0-postal_codes": "79"}).status_code == 422
    assert desk.post("/en/desk/municipality/districts/", rows).status_code == 302

    assert District.objects.get(name="Nord").postal_codes == "7998 7997"
    assert 'value="7998 7997"' in desk.get("/en/desk/municipality/districts/").content.decode()
