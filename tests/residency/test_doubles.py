"""The same name at the same address on two accounts: by whatever two methods, and under whatever secret."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import translation

from apps.accounts.models import User
from apps.municipality.models import Municipality
from apps.residency.actions import ShownAtDesk, confirm_residency, enter_code, grant_residency, verify_with_mitid
from apps.residency.engine.brokers import configure
from apps.residency.engine.claims import Told, evidence_of
from apps.residency.engine.evidence import Evidence
from apps.residency.engine.person_keys import place_keys
from apps.residency.enums import ResidencyStatus
from apps.residency.models import Letter, Residency
from apps.residency.queries import doubles_of_letter, possible_doubles, residency_of, visible_waiting
from tests import factories, personas
from tests.residency.posted import posted, requested
from tests.residency.verified import ANOTHER_NUMBER, BROKER, CODE, NEW, NUMBER, OLD, account, browser_of

ACTIVE, PROPOSED = ResidencyStatus.ACTIVE, ResidencyStatus.PROPOSED
NAME, STREET = "Ida Holm", "Fiskergade 1"
AT_HOME = {"street_address": "Fiskergade 1", "postal_code": "9982", "locality": "Havby"}
VERIFY = "/en/me/verify/"


@pytest.fixture(autouse=True)
def municipality(transactional_db: None) -> Municipality:
    """The town of the tests; entering a code is never inside a transaction."""
    return Municipality.objects.create(name="Vesterhav Kommune", site_name="Vesterhav", code=CODE)


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> Iterator[None]:
    settings.PERSON_KEYS = {1: OLD}
    with translation.override("en"):
        yield


def told(subject: str = "ida", *, settings: Any, number: str = "", **other: Any) -> Evidence:
    """Return what is kept of what a broker told."""
    broker = configure("custom", issuer=BROKER, client_id="us", client_secret="secret")
    claims: dict[str, Any] = {"sub": subject, "name": NAME, "address": AT_HOME, "municipality_code": CODE}
    claims |= {"identity_number": number} | other
    return evidence_of(
        Told(BROKER, claims), broker, level="substantial", district_id=None, secrets=settings.PERSON_KEYS, on=None
    )


def by_mitid(person: User, at: datetime, settings: Any, subject: str = "ida", **other: Any) -> Residency:
    return verify_with_mitid(person=person, evidence=told(subject, settings=settings, **other), at=at)


def by_letter(person: User, at: datetime, _settings: Any = None) -> Residency:
    _letter, code = posted(person, at)
    return enter_code(typed=code, by=person, at=at)


def by_desk(person: User, at: datetime, _settings: Any = None, number: str = "") -> Residency:
    shown = ShownAtDesk(name="IDA HOLM", address="fiskergade 1, 9982 Havby", identity_number=number)
    return grant_residency(person=person, district=None, by=factories.an_official(at), at=at, shown=shown)


def by_desk_with_number(person: User, at: datetime, _settings: Any = None) -> Residency:
    return by_desk(person, at, number=NUMBER)


# ------------------------------------------------------------ two methods


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (by_mitid, by_letter),
        (by_mitid, by_desk),
        (by_mitid, by_desk_with_number),
        (by_letter, by_mitid),
        (by_desk, by_mitid),
        (by_desk_with_number, by_mitid),
    ],
)
def test_a_second_badge_by_another_method_waits(first: Any, second: Any, at: datetime, settings: Any) -> None:
    one, two = account(at), account(at, number=2)
    assert first(one, at, settings).status == ACTIVE

    waiting = second(two, at, settings)

    assert waiting.status == PROPOSED
    assert residency_of(two, at=at) is None, "what waits is no badge"
    assert residency_of(one, at=at), "the first keeps theirs"
    assert [row.person for row in possible_doubles(two, waiting.name_address_key)] == [one]
    confirm_residency(residency=waiting, by=personas.colleague(at=at), at=at)
    assert residency_of(two, at=at) == waiting


def test_a_protected_person_is_compared_as_well(at: datetime, settings: Any) -> None:
    by_mitid(account(at), at, settings, name_and_address_protection=True)

    assert by_letter(account(at, number=2), at).status == PROPOSED


def test_a_number_of_mitid_does_not_make_a_letter_somebody_else(at: datetime, settings: Any) -> None:
    by_mitid(account(at), at, settings, number=NUMBER)

    assert by_letter(account(at, number=2), at).status == PROPOSED


# ------------------------------------------------------------ two people


def test_two_of_one_name_at_one_address_who_both_have_mitid_are_two(at: datetime, settings: Any) -> None:
    for number, subject in enumerate(("ida", "her aunt"), start=1):
        made = by_mitid(account(at, number=number), at, settings, subject)
        assert (made.status, bool(made.name_address_key)) == (ACTIVE, True)


def test_two_numbers_are_two_people_whatever_the_method(at: datetime, settings: Any) -> None:
    assert by_mitid(account(at), at, settings, number=NUMBER).status == ACTIVE
    assert by_desk(account(at, number=2), at, number=ANOTHER_NUMBER).status == ACTIVE


@pytest.mark.parametrize(
    "other",
    [{"name": "Bo Holm"}, {"address": AT_HOME | {"street_address": "Fiskergade 2"}}, {"name": ""}, {"address": ""}],
    ids=str,
)
def test_another_name_or_address_is_no_double(other: dict[str, Any], at: datetime, settings: Any) -> None:
    by_letter(account(at), at)

    assert by_mitid(account(at, number=2), at, settings, **other).status == ACTIVE


def test_who_was_a_resident_here_under_that_name_renews_without_waiting(at: datetime, settings: Any) -> None:
    one, two = account(at), account(at, number=2)
    by_letter(one, at)
    waiting = by_mitid(two, at, settings)
    confirm_residency(residency=waiting, by=personas.colleague(at=at), at=at)

    assert by_mitid(two, at, settings).status == ACTIVE
    assert by_mitid(one, at, settings, "her aunt").status == ACTIVE


# ------------------------------------------------------------ a new secret


@pytest.mark.parametrize(
    ("first", "second"),
    [(by_desk, by_desk), (by_desk, by_mitid), (by_mitid, by_desk), (by_mitid, by_letter), (by_letter, by_mitid)],
)
def test_doubles_are_found_after_a_new_secret(first: Any, second: Any, at: datetime, settings: Any) -> None:
    one, two = account(at), account(at, number=2)
    first(one, at, settings)
    settings.PERSON_KEYS = {1: OLD, 2: NEW}

    waiting = second(two, at, settings)

    assert waiting.status == PROPOSED
    assert [row.person for row in possible_doubles(two, waiting.name_address_key)] == [one], "who decides sees both"


def test_a_letter_in_the_post_is_compared_with_who_came_after_the_new_secret(at: datetime, settings: Any) -> None:
    one, two = account(at), account(at, number=2)
    letter, code = posted(two, at)
    settings.PERSON_KEYS = {1: OLD, 2: NEW}
    by_mitid(one, at, settings)

    assert enter_code(typed=code, by=two, at=at + timedelta(days=1)).status == PROPOSED
    assert Letter.objects.get(pk=letter.pk).name_address_key != letter.name_address_key


def test_a_letter_asked_for_after_the_new_secret_finds_who_was_there(at: datetime, settings: Any) -> None:
    one, two = account(at), account(at, number=2)
    by_mitid(one, at, settings)
    settings.PERSON_KEYS = {1: OLD, 2: NEW}

    assert [row.person for row in doubles_of_letter(requested(two, at))] == [one]


def test_two_people_stay_two_under_a_new_secret(at: datetime, settings: Any) -> None:
    by_mitid(account(at), at, settings)
    settings.PERSON_KEYS = {1: OLD, 2: NEW}

    assert by_mitid(account(at, number=2), at, settings, "her aunt").status == ACTIVE


def test_nobody_decides_on_their_own_double_under_a_new_secret(at: datetime, settings: Any) -> None:
    colleague = personas.colleague(at=at)
    by_desk(colleague, at)
    settings.PERSON_KEYS = {1: OLD, 2: NEW}
    waiting = by_mitid(account(at), at, settings)

    assert waiting.status == PROPOSED
    assert waiting not in visible_waiting(colleague)


# ------------------------------------------------------------ what the broker tells


HERE = place_keys(NAME, "Fiskergade 1, 2. tv, 9982 Havby", {1: OLD})


@pytest.mark.parametrize(
    "address",
    [
        {"street_address": "Fiskergade 1, 2. tv", "postal_code": "9982", "locality": "Havby"},
        {"street_address": "Fiskergade 1,2 tv", "postal_code": "9982", "locality": "(Lokalitet ukendt)"},
        {"street_address": "Fiskergade 1\n2. tv", "postal_code": "9982"},
        {"street_address": "c/o Holm\nFiskergade 1, 2. tv", "postal_code": 9982},
        {"street_address": "Fiskergade 1, 2. tv"},
        {"formatted": "Ida Holm\nFiskergade 1,2 tv\nNørre Havby\n9982 Havby\n(Lokalitet ukendt)\nDanmark"},
        {"formatted": "Fiskergade 1, 2. tv\r\n9982 Havby"},
        {"street_address": None, "formatted": "Fiskergade 1, 2. tv, 9982 Havby, Danmark"},
        "Fiskergade 1, 2. tv, 9982 Havby",
        "Fiskergade 1, 2. tv\n9982 Havby",
        "FISKERGADE 1 2 TV",
    ],
    ids=str,
)
def test_an_address_makes_the_key_of_letters_and_desk_however_it_is_told(address: Any, settings: Any) -> None:
    kept = told(settings=settings, address=address, postal_code="9982")

    assert (kept.address_key, kept.named) == HERE


@pytest.mark.parametrize(
    "address",
    [None, "", {}, [], ["Fiskergade 1"], True, 9982, "Havby", {"postal_code": "9982"}, {"street_address": "Fiskergade"},
     {"formatted": "9982 Havby"}, {"street_address": {"a": 1}, "postal_code": "9982"}, "Fiskergade 1"],
    ids=str,
)  # fmt: skip
def test_what_is_no_address_makes_no_key(address: Any, settings: Any) -> None:
    kept = told(settings=settings, address=address)

    assert (kept.address_key, kept.name_address_key, kept.named) == ("", "", ())


def test_no_name_and_no_address_are_kept(settings: Any) -> None:
    kept = told(settings=settings)

    for raw in (NAME, "Fiskergade", "9982", "Havby"):
        assert raw not in str(kept.as_json()) + repr(kept)


# ------------------------------------------------------------ the page


def test_who_must_wait_after_mitid_reads_that_they_do(at: datetime, settings: Any) -> None:
    one, two = account(at), account(at, number=2)
    by_letter(one, at)
    with time_machine.travel(at, tick=False):
        client = browser_of(two, told(settings=settings), at=at)
        client.get(f"{VERIFY}?next=/en/me/")
        response = client.post(VERIFY, {"action": "finish"}, follow=True)

    shown = response.content.decode()
    assert response.request["PATH_INFO"] == VERIFY, "they do not go on: they have no badge yet"
    assert "You are a verified resident now" not in shown
    assert "Waits for a second official" in shown
    assert "a second official looks at it" in shown
    assert one.email not in shown
    assert two.residencies.get().status == PROPOSED
