"""The pages of the letter: asking for one, and typing its code."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.residency.actions import cancel_letter, enter_code
from apps.residency.models import Letter
from apps.residency.queries import residency_of
from tests import factories
from tests.personas import PERSONAS, everyone
from tests.residency.posted import home, posted, requested
from tests.residency.verified import account

pytestmark = pytest.mark.django_db

ASK, CODE, CANCEL = "/en/me/verify/letter/", "/en/me/verify/code/", "/en/me/verify/letter/cancel/"
TYPED = {"name": "Ida Holm", "street": "Fiskergade 2", "home": "", "postal_code": "9982"}


@pytest.fixture(autouse=True)
def _stopped_clock(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def ida(at: datetime) -> User:
    return account(at)


@pytest.fixture
def at_home(client: Client, ida: User) -> Client:
    """The browser of somebody who wants a letter."""
    client.force_login(ida)
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


# ------------------------------------------------------------------ asking


@pytest.mark.parametrize("persona", PERSONAS)
def test_only_people_who_are_no_residents_ask_for_letters(persona: str, client: Client, at: datetime) -> None:
    viewer = everyone(at=at)[persona]
    if isinstance(viewer, User):
        client.force_login(viewer)

    response = client.post(ASK, {**TYPED, "action": "send"})

    assert Letter.objects.exists() == (persona in {"unverified", "moderator", "official", "administrator", "superuser"})
    assert response.status_code == (403 if persona in {"speaker", "anonymous"} else 302)


def test_without_a_register_no_letter_is_offered(at_home: Client, settings: Any) -> None:
    settings.ADDRESS_REGISTER = None

    response = at_home.post(ASK, {**TYPED, "action": "send"})

    assert response.status_code == 404
    assert "desk" in text(response)
    assert not Letter.objects.exists()


def test_a_register_that_is_broken_is_a_sentence(at_home: Client, settings: Any, tmp_path: Any) -> None:
    settings.ADDRESS_REGISTER = tmp_path / "nothing.csv"

    response = at_home.get(ASK)

    assert response.status_code == 503
    assert "Addresses cannot be looked up right now" in text(response)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "1234"}, "Write a name with letters"),
        ({"street": "Fiskergade"}, "Write the street and the number of the house"),
        ({"street": "Langtbortvej 3"}, "outside the municipality"),
        ({"postal_code": "2100", "street": "Nørrebrogade 3"}, "outside the municipality"),
        ({"postal_code": "99"}, "four digits"),
        ({"chosen": "Nørrebrogade 3, 2200 København N"}, "outside the municipality"),
    ],
)
def test_an_address_that_is_not_found_is_a_sentence_and_what_was_typed_stays(
    change: dict[str, str], sentence: str, at_home: Client
) -> None:
    response = at_home.post(ASK, {**TYPED, "action": "send", **change})

    assert response.status_code == 422
    assert sentence in text(response)
    assert (change | {"street": change.get("street", "Fiskergade 2")})["street"] in text(response)
    assert "Error:" in text(response)
    assert not Letter.objects.exists()


def test_a_house_of_several_homes_asks_for_floor_and_door(at_home: Client) -> None:
    response = at_home.post(ASK, TYPED | {"street": "Fiskergade 3"})

    page = text(response)
    assert response.status_code == 422
    assert "The house has several homes" in page
    assert page.count('type="radio" name="chosen"') == 7
    assert 'value="Fiskergade 3, 1. tv, 9982 Havby"' in page

    chosen = at_home.post(ASK, TYPED | {"street": "Fiskergade 3", "chosen": "Fiskergade 3, 1. tv, 9982 Havby"})
    assert chosen.status_code == 200
    assert "Is this your address?" in text(chosen)
    assert "Fiskergade 3, 1. tv" in text(chosen)


def test_a_misspelt_street_brings_suggestions(at_home: Client) -> None:
    response = at_home.post(ASK, TYPED | {"street": "Fiskergde 2"})

    assert response.status_code == 422
    assert "We did not find exactly this address" in text(response)
    assert 'value="Fiskergade 2, 9982 Havby"' in text(response)


def test_the_address_is_shown_once_more_before_the_letter_is_asked_for(at_home: Client, ida: User) -> None:
    shown = at_home.post(ASK, TYPED | {"street": "fiskergade 2"})
    assert "Fiskergade 2" in text(shown)
    assert not Letter.objects.exists()
    changed = at_home.post(ASK, TYPED | {"chosen": "Fiskergade 2, 9982 Havby", "action": "edit"})
    assert 'value="Fiskergade 2"' in text(changed)
    assert not Letter.objects.exists()

    sent = at_home.post(ASK, TYPED | {"chosen": "Fiskergade 2, 9982 Havby", "action": "send"}, follow=True)

    letter = Letter.objects.get(person=ida)
    assert (letter.name, letter.address) == ("Ida Holm", "Fiskergade 2")
    assert sent.redirect_chain == [(ASK, 302)]
    assert "Waits to be printed" in text(sent)
    again = at_home.post(ASK, TYPED | {"action": "send"})
    assert again.status_code == 422
    assert Letter.objects.count() == 1


def test_nothing_of_an_address_lies_in_the_session(at_home: Client) -> None:
    at_home.post(ASK, TYPED)
    at_home.post(ASK, TYPED | {"action": "send"})

    assert "Fisker" not in str(dict(at_home.session))
    assert "9982" not in str(dict(at_home.session))


def test_each_state_of_a_letter_says_what_to_do(at_home: Client, ida: User, at: datetime) -> None:
    first = requested(ida, at)
    assert "Cancel the letter" in text(at_home.get(ASK))
    assert "has not been posted yet" in text(at_home.get(CODE))
    cancel_letter(letter=first, sentence="No such name there.", by=factories.an_official(at), at=at)
    assert "No such name there." in text(at_home.get(ASK))
    assert "No letter to you is under way" in text(at_home.get(CODE))
    second, _code = posted(ida, at, to=home(2))
    assert "Tries left" in text(at_home.get(ASK))
    assert 'name="code"' in text(at_home.get(CODE))
    Letter.objects.filter(pk=second.pk).update(expires_at=at)
    for page in (text(at_home.get(ASK)), text(at_home.get(CODE))):
        assert "ran out" in page
    assert 'name="street"' in text(at_home.get(ASK))
    Letter.objects.filter(pk=second.pk).update(status="locked")
    assert "no longer works" in text(at_home.get(CODE))


def test_a_letter_is_cancelled_after_one_more_question(at_home: Client, ida: User, at: datetime) -> None:
    requested(ida, at)

    assert at_home.get(CANCEL).status_code == 200
    assert Letter.objects.get().status == "requested"
    at_home.post(CANCEL)

    assert Letter.objects.get().status == "cancelled"
    assert at_home.get(CANCEL).status_code == 302


# ------------------------------------------------------------------ the code


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type the code"),
        ("123", "No try was used"),
        ("ACDEF34779", "You have 4 more tries"),
    ],
)
def test_a_code_that_is_refused_says_why(typed: str, sentence: str, at_home: Client, ida: User, at: datetime) -> None:
    posted(ida, at)

    response = at_home.post(CODE, {"code": typed})

    assert response.status_code == 422
    assert sentence in text(response)
    assert typed in text(response)
    assert residency_of(ida, at=at) is None


def test_the_fifth_wrong_code_shows_the_way_to_a_new_letter(at_home: Client, ida: User, at: datetime) -> None:
    posted(ida, at)
    for _ in range(4):
        at_home.post(CODE, {"code": "ACDEF34779"})

    page = text(at_home.post(CODE, {"code": "ACDEF34779"}))

    assert "Too many wrong codes" in page
    assert 'name="code"' not in page
    assert "Ask for a letter" in page


def test_the_code_makes_a_resident_who_reads_so(at_home: Client, ida: User, at: datetime) -> None:
    _letter, code = posted(ida, at)

    response = at_home.post(CODE, {"code": code.lower()}, follow=True)

    assert "You are a verified resident now." in text(response)
    assert "badge--resident" in text(response)
    assert residency_of(ida, at=at)
    assert at_home.get(CODE).status_code == at_home.get(ASK).status_code == 302


def test_a_possible_double_reads_that_it_waits(at_home: Client, ida: User, at: datetime) -> None:
    other = account(at, number=2)
    _letter, theirs = posted(other, at)
    enter_code(typed=theirs, by=other, at=at)
    _mine, code = posted(ida, at)

    page = text(at_home.post(CODE, {"code": code}, follow=True))

    assert "second official" in page
    assert residency_of(ida, at=at) is None
