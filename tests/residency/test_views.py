"""The town-hall desk."""

import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps as installed
from django.core.signals import got_request_exception
from django.http import HttpRequest
from django.test import Client
from django.views.debug import ExceptionReporter

from apps.accounts.models import User
from apps.accounts.queries import look_ups_of
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import District
from apps.residency.actions import revoke_residency
from apps.residency.engine.person_keys import NATIONAL
from apps.residency.enums import EndReason
from apps.residency.models import Letter, Residency
from apps.residency.queries import PAGE, residency_of
from tests import factories, personas
from tests.personas import PERSONAS, everyone

pytestmark = pytest.mark.django_db

DESK = "/en/desk/residents/"
NUMBER = "010787-1234"


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


SHOWN = {"document": "passport", "name": "Una Ida Underveis", "address": "Strandvej 4, 7999 Klintmose"}


def grant(person: User, **others: object) -> dict[str, object]:
    return {"email": person.email, "grant": "1", **SHOWN, **others}


def look_ups(person: User) -> list[str]:
    """Return what staff looked the person up for, as the person's own page tells it."""
    return [facts_of(entry)["reason"] for entry in look_ups_of(person)]


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
    assert "CPR" not in found.content.decode()
    held = residency_of(person, at=at)
    assert held
    assert (held.district, held.shown_document, held.person_key) == (district, "passport", "")
    page = response.content.decode()
    assert "Una Underveis is now a verified resident." in page
    assert "badge--resident" in page


def test_nothing_of_what_a_document_says_is_kept(desk: Client, at: datetime) -> None:
    person = factories.a_writer(at)
    desk.post(DESK, grant(person))

    row = Residency.objects.values().get()

    kept = " ".join(map(str, row.values())).casefold()
    assert not {word for word in ("strandvej", "una ida", "klintmose") if word in kept}
    assert len(row["name_address_key"]) == len(row["address_key"]) == 64


def test_the_postal_code_tells_the_district(desk: Client, district: District, at: datetime) -> None:
    District.objects.filter(pk=district.pk).update(postal_codes="7998 7999")
    person = factories.a_writer(at)

    assert desk.post(DESK, grant(person)).status_code == 302

    held = residency_of(person, at=at)
    assert held
    assert held.district == district


@pytest.mark.parametrize("missing", ["document", "name", "address", "district"])
def test_without_it_nothing_is_granted_and_what_was_typed_comes_back(
    missing: str, desk: Client, district: District, at: datetime
) -> None:
    sent = grant(factories.a_writer(at), district=district.pk)
    del sent[missing]

    response = desk.post(DESK, sent)

    assert response.status_code == 422
    page = response.content.decode()
    assert "data-error-summary" in page
    assert 'value="una@example.org"' in page
    assert missing == "name" or "Una Ida Underveis" in page
    assert "no-store" in response["Cache-Control"]
    assert not Residency.objects.exists()


@pytest.mark.parametrize("address", ["Klintmose", "4", "- 12 -"])
def test_an_address_has_a_street_and_a_number(address: str, desk: Client, at: datetime) -> None:
    assert desk.post(DESK, grant(factories.a_writer(at), address=address)).status_code == 422
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
        for sent, status in (({"email": person.email}, 200), (grant(person), 422)):
            response = desk.post(DESK, sent)
            assert response.status_code == status
            page = response.content.decode()
            assert sentence in page
            assert 'name="document"' not in page
    assert Residency.objects.count() == 1


def test_one_that_runs_out_soon_is_renewed_at_the_desk(desk: Client, at: datetime) -> None:
    person = personas.resident(at=at - timedelta(days=700))
    before = residency_of(person, at=at)
    assert before

    assert 'name="document"' in desk.post(DESK, {"email": person.email}).content.decode()
    assert desk.post(DESK, grant(person)).status_code == 302

    held = residency_of(person, at=at)
    assert held
    assert held.expires_at > before.expires_at
    before.refresh_from_db()
    assert before.end_reason == EndReason.RENEWED


# ------------------------------------------------------------ looking people up


def test_each_look_up_can_be_read_of_by_the_person(desk: Client, at: datetime) -> None:
    person, other = factories.a_writer(at), personas.unverified(at=at, email="other@example.org")

    desk.post(DESK, {"email": person.email})
    desk.post(DESK, {"email": person.email})
    desk.post(DESK, {"email": "nobody@example.org"})
    desk.get(DESK)

    assert look_ups(person) == ["desk", "desk"]
    assert look_ups(other) == []


def test_the_form_alone_is_a_look_up_too(desk: Client, at: datetime) -> None:
    person = factories.a_writer(at)

    desk.post(DESK, {"email": person.email, "grant": "1"})
    desk.post(DESK, {"email": person.email, "grant": "1"})

    assert look_ups(person) == ["desk"], "the same form shown again is the same look-up"


def test_the_desk_sees_what_there_was_and_a_letter_without_its_address(desk: Client, at: datetime) -> None:
    person = personas.resident(at=at - timedelta(days=10), email="una@example.org", display_name="Una Underveis")
    residency = residency_of(person, at=at)
    assert residency
    sentence = "The register says otherwise."
    reason, colleague = EndReason.MOVED_AWAY, personas.colleague(at=at)
    revoke_residency(residency=residency, reason=reason, sentence=sentence, by=colleague, at=at)
    Letter.objects.create(
        person=person, name="Una", address="Hidden Street 9", address_key="a", name_address_key="b", requested_at=at
    )

    page = desk.post(DESK, {"email": person.email}).content.decode()

    assert "the person moved away" in page
    assert "The register says otherwise." in page
    assert "Waits to be printed" in page
    assert "Hidden Street" not in page


# ------------------------------------------------------------ protected names


def test_a_protected_name_stands_on_no_list_of_the_desk(desk: Client, at: datetime) -> None:
    person = factories.a_writer(at)

    response = desk.post(DESK, grant(person, is_protected="on"))
    person.refresh_from_db()
    lists = desk.get(DESK).content.decode(), desk.get(f"{DESK}?before=999").content.decode()

    assert response.status_code == 302
    assert person.has_protected_name
    assert "Protected name" in lists[0]
    for page in lists:
        assert "<bdi>Una Underveis</bdi>" not in page
    assert "Una Underveis" in desk.post(DESK, {"email": person.email}).content.decode(), "she stands at the desk"


def test_a_refused_grant_protects_nobody(desk: Client, at: datetime) -> None:
    person = personas.resident(at=at)

    desk.post(DESK, grant(person, is_protected="on"))

    person.refresh_from_db()
    assert not person.has_protected_name


# ------------------------------------------------------------ the identity number


def test_the_number_is_asked_for_only_where_the_installation_says_so(desk: Client, at: datetime) -> None:
    person = factories.a_writer(at)

    assert "identity_number" not in desk.post(DESK, {"email": person.email}).content.decode()
    desk.post(DESK, grant(person, identity_number=NUMBER))

    assert Residency.objects.get().person_key == "", "a field that was not offered is not read"


@pytest.mark.usefixtures("_asks_number")
def test_the_number_becomes_a_key_and_is_never_shown_again(
    desk: Client, at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    person = factories.a_writer(at)
    pages = [desk.post(DESK, {"email": person.email})]
    pages.append(desk.post(DESK, grant(person, identity_number=NUMBER, name="")))
    pages.append(desk.post(DESK, grant(person, identity_number=f"{NUMBER}9")))
    pages.append(desk.post(DESK, grant(person, identity_number=NUMBER), follow=True))

    assert [page.status_code for page in pages] == [200, 422, 422, 200]
    digits = NUMBER.replace("-", "")
    for page in pages:
        assert NUMBER not in page.content.decode()
        assert digits not in page.content.decode()
    assert Residency.objects.get().key_issuer == NATIONAL
    assert NUMBER not in str(dict(desk.session)) + caplog.text
    assert digits not in str(list(Residency.objects.values())) + str(list(Entry.objects.values()))


@pytest.mark.usefixtures("_asks_number")
def test_an_error_report_does_not_hold_the_number(desk: Client, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    person = factories.a_writer(at)
    desk.raise_request_exception = False
    reports: list[str] = []

    def report(sender: object, request: HttpRequest, **_others: object) -> None:
        kind, problem, trace = sys.exc_info()
        reporter = ExceptionReporter(request, kind, problem, trace)
        reports.append(reporter.get_traceback_html() + reporter.get_traceback_text())

    got_request_exception.connect(report)
    monkeypatch.setattr("apps.residency.views.desk.grant_residency", _broken)
    try:
        response = desk.post(DESK, grant(person, identity_number=NUMBER))
    finally:
        got_request_exception.disconnect(report)

    assert response.status_code == 500
    assert reports
    for words in (NUMBER, NUMBER.replace("-", ""), "Strandvej 4"):
        assert words not in reports[0]


@pytest.mark.usefixtures("_asks_number")
def test_the_same_person_on_another_account_is_moved_only_when_they_say_so(desk: Client, at: datetime) -> None:
    first, second = factories.a_writer(at), personas.unverified(at=at, email="second@example.org")
    desk.post(DESK, grant(first, identity_number=NUMBER))

    told = desk.post(DESK, grant(second, identity_number=NUMBER))
    without = desk.post(DESK, grant(second) | {"grant": "move"})
    assert residency_of(first, at=at)
    moved = desk.post(DESK, grant(second, identity_number=NUMBER) | {"grant": "move"})

    assert (told.status_code, without.status_code, moved.status_code) == (422, 422, 302)
    assert 'value="move"' in told.content.decode()
    assert first.email not in told.content.decode()
    assert "Type the identity number once more" in without.content.decode()
    assert residency_of(first, at=at) is None
    assert residency_of(second, at=at)
    assert Residency.objects.get(person=first).end_reason == EndReason.MOVED_ACCOUNT


def _broken(**_facts: object) -> None:
    raise RuntimeError("broken on purpose")


@pytest.fixture
def _asks_number(settings: Any) -> None:
    settings.DESK_ASKS_IDENTITY_NUMBER = True


# ------------------------------------------------------------ lists


def test_the_list_goes_on_by_key(desk: Client, at: datetime) -> None:
    people = [
        personas.resident(at=at - timedelta(days=step), email=f"r{step}@example.org", display_name=f"Rita R{step:02}")
        for step in range(PAGE + 2)
    ]

    first = desk.get(DESK)
    older = first.context["recent"].older
    second = desk.get(f"{DESK}{older}")

    assert [row.person for row in first.context["recent"].rows] == people[:PAGE]
    assert [row.person for row in second.context["recent"].rows] == people[PAGE:]
    assert older in first.content.decode()
    assert not second.context["recent"].older


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

    with django_assert_num_queries(5):  # type: ignore[attr-defined]
        desk.get(DESK)
