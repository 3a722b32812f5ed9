"""What was done once comes to the same page when its button is pressed twice: no refusal, and nothing done again."""

import re
from datetime import datetime

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.consultations.models import Consultation, DeadlineChange, MapFeature, TeamMember
from apps.ledger.models import Entry
from tests import factories, personas
from tests.consultations.test_drawn_maps import FIELD
from tests.consultations.test_maps import a_row, typed
from tests.consultations.test_meanwhile import seen_on
from tests.factories.maps import a_file, a_map, feature

pytestmark = pytest.mark.django_db

NEWS = {"title": "A new bench", "body": "It stands by the lake.", "write_access": "residents", "question": ""}
DRAFT = {
    "title": "Eight turbines",
    "write_access": "confirmed",
    "name_policy": "full_name",
    "moderation_mode": "before",
    "post_pause": "0",
}


def keyed(desk: Client, address: str) -> dict[str, str]:
    found = re.search(r'name="key" value="([-\w]+)"', desk.get(address).content.decode())
    assert found
    return {"key": found.group(1)}


def twice(desk: Client, address: str, sent: dict[str, object]) -> str:
    """Return where both clicks lead."""
    answers = [desk.post(address, sent) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    return answers[1].headers["Location"]


@pytest.mark.parametrize(
    ("where", "sent", "other"),
    [
        ("new/", DRAFT, {"lede": "In another place."}),
        ("old/copy/", {"title": "Anew", "slug": "anew"}, {"first_day": "2027-02-01"}),
    ],
)
def test_a_draft_is_made_once(
    where: str, sent: dict[str, object], other: dict[str, str], desk: Client, at: datetime
) -> None:
    factories.a_draft(at=at, title="Old")
    address = f"/en/desk/consultations/{where}"
    key = keyed(desk, address)

    twice(desk, address, sent | key)

    assert Consultation.objects.count() == 2
    # Another text under the same key is no second click, and the address is taken.
    assert desk.post(address, sent | key | other).status_code == 422
    assert desk.post(address, sent | keyed(desk, address)).status_code == 422


@pytest.mark.parametrize("more", [{}, {"publish": "1"}])
def test_a_post_is_written_once(more: dict[str, str], desk: Client) -> None:
    address = "/en/desk/news/new/"
    key = keyed(desk, address)

    twice(desk, address, NEWS | key | more)

    assert Consultation.objects.count() == 1
    assert Entry.objects.filter(kind="topic.added").count() == 1
    assert desk.post(address, NEWS | key | {"question": "Do you sit well?"}).status_code == 422


def test_what_was_drawn_stands_once_and_what_was_removed_is_gone_once(desk: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    a_map(hearing, at=at, turbines=0)
    address = f"/en/desk/consultations/{hearing.slug}/map/"
    page = desk.get(address).content.decode()
    drawn = a_file(feature("Polygon", [FIELD], name="Field")).decode()
    sent = typed(a_row(), drawn=drawn, removed=["1"], seen=seen_on(page)) | keyed(desk, address)

    twice(desk, address, sent)

    names = list(MapFeature.objects.order_by("position").values_list("kind", "name"))
    assert names == [("area", "Field"), ("turbine", "")]
    assert Entry.objects.filter(kind="map.set").count() == 2
    assert "Nothing was changed" not in desk.get(address).content.decode()
    # A form that a colleague's map came between is none that was carried out.
    a_map(hearing, at=at, turbines=1)
    assert desk.post(address, sent).status_code == 409


@pytest.fixture
def owned(desk: Client, at: datetime) -> Consultation:
    return factories.a_hearing(at=at)


def test_a_colleague_is_taken_in_once(owned: Consultation, desk: Client, at: datetime) -> None:
    colleague: User = personas.colleague(at=at)
    address = f"/en/desk/consultations/{owned.slug}/team/"
    members = TeamMember.objects.filter(person=colleague)

    twice(desk, address, {"person": colleague.pk, "role": "editor"})

    assert members.count() == 1
    assert desk.post(address, {"person": colleague.pk, "role": "owner"}).status_code == 422
    assert members.get().role == "editor"


def test_a_deadline_is_extended_once(owned: Consultation, desk: Client) -> None:
    address = f"/en/desk/consultations/{owned.slug}/extend/"
    sent = {"last_day": "2026-12-01", "cause": "The maps came late."}

    twice(desk, address, sent)

    assert DeadlineChange.objects.count() == 1
    assert desk.post(address, sent | {"cause": "Another cause."}).status_code == 422


def test_an_extension_that_says_nothing_is_told_what_to_say(owned: Consultation, desk: Client) -> None:
    page = desk.post(f"/en/desk/consultations/{owned.slug}/extend/", {"cause": ""}).content.decode()

    assert "Choose the new last day" in page
    assert "Write in one sentence why" in page
    assert "This field is required" not in page
