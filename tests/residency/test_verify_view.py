"""The page that leads to the badge: what it says in each state, and what becomes of an answer from MitID."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps as installed
from django.test import Client

from apps.accounts.models import User
from apps.municipality.models import District, Municipality
from apps.residency.actions import end_own_residency, revoke_residency, verify_with_mitid
from apps.residency.enums import EndReason, LetterStatus, ResidencyStatus
from apps.residency.models import Letter, Residency
from apps.residency.queries import open_residency, residency_of
from apps.residency.sessions import KEPT_UNDER
from tests import factories, personas
from tests.concurrency import at_once, shared_database
from tests.personas import PERSONAS, everyone
from tests.residency.verified import CODE, account, browser_of, doubles, evidence

pytestmark = pytest.mark.django_db

VERIFY = "/en/me/verify/"


@pytest.fixture(autouse=True)
def _stopped_clock(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture(autouse=True)
def municipality() -> Municipality:
    return Municipality.objects.create(
        name="Vesterhav Kommune", site_name="Vesterhav", code=CODE, address="Torvet 1, 6990 Ulfborg"
    )


def page(client: Client, address: str = VERIFY) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


# ------------------------------------------------------------ who, and what stands there


@pytest.mark.parametrize("persona", PERSONAS)
def test_people_verify_themselves_staff_too_but_no_organisation(persona: str, client: Client, at: datetime) -> None:
    viewer = everyone(at=at)[persona]
    if isinstance(viewer, User):
        client.force_login(viewer)

    response = client.get(VERIFY)

    refused = {"anonymous": 302, "speaker": 403}
    assert response.status_code == refused.get(persona, 200)
    if persona == "speaker":
        assert "account of an organisation" in response.content.decode()


def test_what_is_kept_is_said_before_anything_starts(at: datetime) -> None:
    words = page(browser_of(account(at), at=at))

    assert "Choose a way" in words
    assert "What is kept about it" in words
    assert "identity number (CPR), your birth date and your address" in words
    assert "Torvet 1, 6990 Ulfborg" in words
    assert "Passport and health card" in words


@pytest.mark.parametrize("is_offered", [True, False])
def test_ways_that_are_not_set_up_are_not_offered(is_offered: bool, settings: Any, at: datetime) -> None:
    settings.MITID = None
    settings.ADDRESS_REGISTER = Path("addresses.csv") if is_offered else None

    words = page(browser_of(account(at), at=at))

    assert "Show it with MitID" not in words
    assert ("Ask for a letter" in words) == is_offered


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (LetterStatus.REQUESTED, "It waits to be printed and posted"),
        (LetterStatus.POSTED, "Type the code"),
        (LetterStatus.LOCKED, "locked after too many wrong codes"),
        (LetterStatus.CANCELLED, "Ask for a letter"),
    ],
)
def test_a_letter_under_way_is_told_of_without_its_address(
    status: LetterStatus, words: str, settings: Any, at: datetime
) -> None:
    settings.ADDRESS_REGISTER = Path("addresses.csv")
    person = account(at)
    Letter.objects.create(
        person=person, status=status, address="Hidden Street 9", address_key="a", name_address_key="b",
        requested_at=at, posted_at=at, expires_at=at + timedelta(days=30),
    )  # fmt: skip

    shown = page(browser_of(person, at=at))

    assert words in shown
    assert "Hidden Street" not in shown


def test_a_code_that_ran_out_is_not_asked_for(settings: Any, at: datetime) -> None:
    settings.ADDRESS_REGISTER = Path("addresses.csv")
    person = account(at)
    sent = {"requested_at": at - timedelta(days=40), "posted_at": at - timedelta(days=31), "expires_at": at}
    Letter.objects.create(person=person, status="posted", address_key="a", name_address_key="b", **sent)

    shown = page(browser_of(person, at=at))

    assert "Type the code" not in shown
    assert "has run out" in shown


def test_an_address_that_nobody_confirmed_comes_first(at: datetime) -> None:
    person = account(at)
    installed.get_model("account", "EmailAddress").objects.filter(user=person).update(verified=False)

    shown = page(browser_of(person, at=at))

    assert "Confirm your e-mail address first" in shown
    assert "Choose a way" not in shown


def test_a_verified_person_sees_what_is_kept_and_until_when(at: datetime) -> None:
    district = District.objects.create(name="Klintmose")
    person = account(at)
    verify_with_mitid(person=person, evidence=evidence(district_id=district.pk), at=at)

    shown = page(browser_of(person, at=at))

    for words in ("Klintmose", "With MitID", "Substantial", "Holds until", "2028", "End it", "You can renew it from"):
        assert words in shown
    assert "Choose a way" not in shown


def test_one_that_runs_out_soon_can_be_renewed_in_every_way(at: datetime) -> None:
    person = account(at)
    verify_with_mitid(person=person, evidence=evidence(), at=at - timedelta(days=680))

    shown = page(browser_of(person, at=at))

    assert "It runs out soon" in shown
    assert "Torvet 1" in shown


def test_one_that_ran_out_is_told_of(at: datetime) -> None:
    person = account(at)
    verify_with_mitid(person=person, evidence=evidence(), at=at - timedelta(days=800))

    shown = page(browser_of(person, at=at))

    assert "Your residency ran out on" in shown
    assert "Choose a way" in shown


def test_who_waits_for_a_second_official_is_told_why(at: datetime) -> None:
    first, second, _waiting = doubles(at)

    shown = page(browser_of(second, at=at))

    assert "Waits for a second official" in shown
    assert first.email not in shown
    assert first.display_name not in shown.replace(second.display_name, "")


def test_the_reason_of_an_end_is_read_here(at: datetime) -> None:
    person = personas.resident(at=at)
    residency = open_residency(person.pk)
    assert residency
    sentence = "The register says <b>Lemvig</b>."
    colleague = personas.colleague(at=at)
    revoke_residency(residency=residency, reason=EndReason.MOVED_AWAY, sentence=sentence, by=colleague, at=at)

    shown = page(browser_of(person, at=at))

    assert "the person moved away" in shown
    assert "The register says &lt;b&gt;Lemvig&lt;/b&gt;." in shown


# ------------------------------------------------------------ back from MitID


def test_mitid_is_shown_in_kept_terms_and_one_button_makes_the_badge(at: datetime) -> None:
    district, person = District.objects.create(name="Klintmose"), account(at)
    client = browser_of(person, evidence(district_id=district.pk), at=at)

    shown = page(client)
    assert not Residency.objects.exists(), "a look makes nothing"
    response = client.post(VERIFY, {"action": "finish"}, follow=True)

    for words in ("MitID says", "Vesterhav Kommune", "Klintmose", "Substantial", "Get the badge"):
        assert words in shown
    held = residency_of(person, at=at)
    assert held
    assert held.district == district
    assert "You are a verified resident now" in response.content.decode()
    assert KEPT_UNDER not in client.session


def test_pressed_twice_and_loaded_again_it_is_one_badge(at: datetime) -> None:
    person = account(at)
    client = browser_of(person, evidence(), at=at)

    for _time in range(2):
        assert client.post(VERIFY, {"action": "finish"}).status_code == 302
    assert "Your residency" in page(client)

    assert [row.status for row in Residency.objects.all()] == [ResidencyStatus.ACTIVE]


def test_a_button_pressed_too_late_says_so(at: datetime) -> None:
    person = account(at)
    client = browser_of(person, evidence(), at=at - timedelta(minutes=61))

    response = client.post(VERIFY, {"action": "finish"}, follow=True)

    assert "no longer here" in response.content.decode()
    assert not Residency.objects.exists()


def test_what_waits_for_another_account_is_nothing_here(at: datetime) -> None:
    first, second = account(at), account(at, number=2)
    client = browser_of(second, evidence(), at=at, owner=first.pk)

    assert "MitID says" not in page(client)
    client.post(VERIFY, {"action": "finish"})

    assert not Residency.objects.exists()


def test_who_changes_their_mind_keeps_nothing(at: datetime) -> None:
    client = browser_of(account(at), evidence(), at=at)

    client.post(VERIFY, {"action": "later"})

    assert KEPT_UNDER not in client.session
    assert "MitID says" not in page(client)
    assert not Residency.objects.exists()


def test_who_lives_elsewhere_reads_a_sentence_and_gets_no_badge(at: datetime) -> None:
    person = account(at)
    client = browser_of(person, evidence(municipality_code="0101", is_protected=True), at=at)

    shown = page(client)

    assert "you do not live in Vesterhav Kommune" in shown
    assert "Get the badge" not in shown
    assert KEPT_UNDER not in client.session
    assert not Residency.objects.exists()
    person.refresh_from_db()
    assert person.has_protected_name


def test_an_account_of_another_person_is_refused(at: datetime) -> None:
    person = account(at)
    held = verify_with_mitid(person=person, evidence=evidence("ida"), at=at)
    end_own_residency(residency=held, by=person, at=at)
    client = browser_of(person, evidence("bo", is_protected=True), at=at)

    shown = page(client)

    assert "verified for another person" in shown
    person.refresh_from_db()
    assert not person.has_protected_name
    assert residency_of(person, at=at) is None


def test_a_second_account_is_told_of_the_first_by_month_and_method_only(at: datetime) -> None:
    first, second = account(at), account(at, "secondary", number=2)
    verify_with_mitid(person=first, evidence=evidence(), at=at)
    client = browser_of(second, evidence(), at=at)

    for response in (client.get(VERIFY), client.post(VERIFY, {"action": "finish"})):
        shown = response.content.decode()
        assert "You already have a verified residency on another account" in shown
        assert "September 2026: With MitID" in shown
        for secret in (first.email, "Ida", f"/{first.pk}/"):
            assert secret not in shown
    assert residency_of(second, at=at) is None

    assert client.post(VERIFY, {"action": "move"}).status_code == 302
    assert residency_of(first, at=at) is None
    assert residency_of(second, at=at)


def test_log_in_there_instead_leads_out_of_here(at: datetime) -> None:
    first, second = account(at), account(at, number=2)
    verify_with_mitid(person=first, evidence=evidence(), at=at)
    client = browser_of(second, evidence(), at=at)

    response = client.post(VERIFY, {"action": "elsewhere"})

    assert response["Location"] == "/en/accounts/logout/?next=%2Fen%2Faccounts%2Flogin%2F"
    assert KEPT_UNDER not in client.session
    assert residency_of(first, at=at)


@pytest.mark.django_db(transaction=True)
def test_of_two_accounts_that_move_it_at_once_one_has_it(at: datetime, tmp_path: Path) -> None:
    factories.an_official(at)
    people = [account(at, number=number) for number in (1, 2, 3)]
    verify_with_mitid(person=people[0], evidence=evidence(), at=at)
    clients = [browser_of(person, evidence(), at=at) for person in people[1:]]

    def move(client: Client) -> Callable[[], None]:
        return lambda: assert_led_on(client.post(VERIFY, {"action": "move"}).status_code)

    def assert_led_on(status: int) -> None:
        assert status in {302, 422}

    with shared_database(tmp_path):
        assert at_once(*(move(client) for client in clients)) == []
        standing = Residency.objects.exclude(status=ResidencyStatus.ENDED)
        assert standing.count() == 1
        assert standing.get().person in people[1:]
