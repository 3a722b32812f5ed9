"""The town-hall desk."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.apps import apps as installed
from django.test import Client

from apps.accounts.models import User
from apps.municipality.models import District
from apps.residency.models import Residency
from apps.residency.queries import residency_of
from tests import factories, personas
from tests.personas import PERSONAS, everyone

pytestmark = pytest.mark.django_db

DESK = "/en/desk/residents/"


@pytest.fixture(autouse=True)
def _stopped_clock(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def desk(client: Client, at: datetime) -> Client:
    """An official's browser."""
    client.force_login(factories.an_official(at))
    return client


@pytest.fixture
def district() -> District:
    return District.objects.create(name="Klintmose")


def grant(person: User, **others: object) -> dict[str, object]:
    return {"email": person.email, "grant": "1", "has_seen_proof": "on", **others}


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_but_officials_looks_people_up(persona: str, method: str, client: Client, at: datetime) -> None:
    viewer, other = everyone(at=at)[persona], personas.unverified(at=at, email="other@example.org", display_name="Ona")
    if isinstance(viewer, User):
        client.force_login(viewer)

    response = getattr(client, method)(DESK, {"email": other.email})

    assert response.status_code == (200 if persona == "official" else 302 if persona == "anonymous" else 403)
    assert ("Ona" in response.content.decode()) == (persona == "official" and method == "post")


def test_a_person_is_found_whatever_the_case_and_granted_with_the_proof_seen(
    desk: Client, district: District, at: datetime
) -> None:
    person = factories.a_writer(at)

    found = desk.post(DESK, {"email": " UNA@example.org "})
    response = desk.post(DESK, grant(person, district=district.pk), follow=True)

    assert "Una Underveis" in found.content.decode()
    assert "cpr" not in found.content.decode().lower()
    held = residency_of(person, at=at)
    assert held
    assert held.district == district
    page = response.content.decode()
    assert "Una Underveis is now a verified resident." in page
    assert "badge--resident" in page


@pytest.mark.parametrize("missing", ["district", "has_seen_proof"])
def test_without_district_or_proof_nothing_is_granted(
    missing: str, desk: Client, district: District, at: datetime
) -> None:
    sent = grant(factories.a_writer(at), district=district.pk)
    del sent[missing]

    response = desk.post(DESK, sent)

    assert response.status_code == 422
    page = response.content.decode()
    assert "data-error-summary" in page
    assert 'value="una@example.org"' in page
    assert not Residency.objects.exists()


def test_a_district_that_does_not_exist_is_refused(desk: Client, district: District, at: datetime) -> None:
    response = desk.post(DESK, grant(factories.a_writer(at), district=district.pk + 1))

    assert response.status_code == 422
    assert not Residency.objects.exists()


def test_where_there_are_no_districts_none_is_asked_for(desk: Client, at: datetime) -> None:
    person = factories.a_writer(at)

    assert desk.post(DESK, grant(person)).status_code == 302
    assert residency_of(person, at=at)


@pytest.mark.parametrize("email", ["nobody@example.org", "not an address", ""])
def test_an_address_without_an_account_is_said_in_words(email: str, desk: Client) -> None:
    response = desk.post(DESK, {"email": email})

    assert response.status_code == 422
    assert "data-error-summary" in response.content.decode()


def test_what_stands_in_the_way_is_said_before_anything_is_asked(desk: Client, at: datetime) -> None:
    resident = personas.resident(at=at)
    unconfirmed = personas.unverified(at=at, email="new@example.org")
    installed.get_model("account", "EmailAddress").objects.filter(user=unconfirmed).update(verified=False)

    for person, sentence in (
        (resident, "already a verified resident"),
        (unconfirmed, "not confirmed yet"),
        (factories.an_official(at), "You cannot verify yourself"),
    ):
        for sent in ({"email": person.email}, grant(person)):
            response = desk.post(DESK, sent)
            assert response.status_code == 422
            assert sentence in response.content.decode()
    assert Residency.objects.count() == 1


def test_a_closed_account_is_not_found(desk: Client, at: datetime) -> None:
    person = factories.a_writer(at)
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert desk.post(DESK, {"email": person.email}).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_costs_the_same_for_one_and_three(
    count: int, desk: Client, at: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    for step in range(count):
        personas.resident(at=at, email=f"r{step}@example.org")
    desk.get(DESK)

    with django_assert_num_queries(4):  # type: ignore[attr-defined]
        desk.get(DESK)
