"""Who has MitID alone is asked there once more, before what an open session alone must not do."""

import time
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from apps.accounts.engine.second_step import METHODS, WHOSE_METHODS
from apps.accounts.models import User
from apps.portal.models import DataExport
from apps.residency.models import Residency
from apps.residency.sessions import KEPT_UNDER
from tests import personas
from tests.mitid.alone import AGAIN, COPY, DELETE, LONG_AGO, deletion, is_there, way_back
from tests.mitid.walk import RESIDENT, Desk, begin

pytestmark = pytest.mark.django_db


# ------------------------------------------------------------ an open session alone


def test_an_open_session_alone_deletes_nothing(stolen: Client, person: User) -> None:
    answer = deletion(stolen, person)

    assert answer["Location"] == f"{AGAIN}?next=%2Fen%2Fme%2Fdelete%2F"
    assert is_there(person)


def test_an_open_session_alone_gets_no_copy(stolen: Client, person: User) -> None:
    asked = stolen.post(COPY)
    fetched = stolen.get("/en/me/data/copies/1/")

    assert asked["Location"].startswith(AGAIN)
    assert fetched["Location"].startswith(AGAIN)
    assert not DataExport.objects.exists()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("account_set_password", {"password1": "a-long-word-of-a-thief", "password2": "a-long-word-of-a-thief"}),
        ("account_email", {"email": "thief@example.org", "action_add": ""}),
        ("mfa_activate_totp", {}),
        ("mfa_add_webauthn", {}),
    ],
)
def test_an_open_session_alone_makes_no_other_way_in(
    address: str, words: dict[str, str], stolen: Client, person: User
) -> None:
    """Otherwise it could be confirmed with the password that was chosen a moment before."""
    answer = stolen.post(reverse(address), words)

    assert "/reauthenticate/" in answer["Location"]
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert person.email == "una@example.org"
    assert not Authenticator.objects.exists()


def test_reading_needs_no_more_than_being_signed_in(stolen: Client) -> None:
    for page in ("/en/me/", "/en/me/data/", DELETE):
        assert stolen.get(page).status_code == 200


@pytest.mark.parametrize("known", [[], [{"method": "socialaccount"}], "x", [{"method": "socialaccount", "at": "now"}]])
def test_a_session_that_does_not_say_when_is_old(known: Any, stolen: Client, person: User) -> None:
    session = stolen.session
    session[METHODS] = known
    session.save()

    assert deletion(stolen, person)["Location"].startswith(AGAIN)


def test_what_another_account_showed_in_this_browser_counts_for_nothing(stolen: Client, person: User) -> None:
    session = stolen.session
    session[METHODS] = [{"method": "socialaccount", "at": time.time()}]
    session[WHOSE_METHODS] = str(person.pk + 1)
    session.save()

    assert deletion(stolen, person)["Location"].startswith(AGAIN)


def test_a_password_is_of_no_use_where_there_is_none(stolen: Client, person: User) -> None:
    deletion(stolen, person)

    answer = stolen.post(AGAIN, {"password": personas.PASSWORD, "next": DELETE})

    assert answer.status_code == 200
    assert is_there(person)


# ------------------------------------------------------------ what confirms


def test_who_shows_it_anew_goes_on_with_what_they_sent(mitid: Desk, stolen: Client, person: User) -> None:
    deletion(stolen, person)
    page = stolen.get(f"{AGAIN}?next={DELETE}").content.decode()
    assert 'name="process" value="confirm"' in page
    assert f'name="next" value="{DELETE}"' in page
    assert 'type="password"' not in page

    answer = stolen.get(way_back(mitid, stolen))

    assert answer["Location"] == "/en/goodbye/"
    assert not is_there(person)


def test_who_shows_it_anew_gets_a_copy(mitid: Desk, stolen: Client, person: User) -> None:
    stolen.post(COPY)

    stolen.get(way_back(mitid, stolen, to=COPY))

    assert DataExport.objects.get().person == person


def test_it_holds_for_five_minutes(mitid: Desk, stolen: Client, person: User) -> None:
    stolen.get(way_back(mitid, stolen, to="/en/me/data/"))
    assert stolen.post(COPY)["Location"] == "/en/me/data/"

    session = stolen.session
    session[METHODS] = [method | {"at": method["at"] - LONG_AGO} for method in session[METHODS]]
    session.save()

    assert deletion(stolen, person)["Location"].startswith(AGAIN)


def test_who_logged_in_with_it_just_now_is_not_asked(mitid: Desk, client: Client, person: User) -> None:
    mitid.walk(client, RESIDENT)

    deletion(client, person)

    assert not is_there(person)


def test_the_broker_is_asked_for_a_new_login_whatever_else_was_chosen(
    mitid: Desk, stolen: Client, settings: Any
) -> None:
    settings.MITID = replace(settings.MITID, ask={"prompt": "none", "acr_values": "x"})

    asked = parse_qs(urlsplit(begin(stolen, "confirm")).query)

    assert (asked["prompt"], asked["max_age"], asked["acr_values"]) == (["login"], ["0"], ["x"])


def test_a_broker_that_does_not_say_when_is_believed(mitid: Desk, stolen: Client, person: User) -> None:
    """It was asked for a new login, and the answer belongs to this question alone."""
    deletion(stolen, person)
    place = way_back(mitid, stolen)
    mitid.fault("no-login-time")

    stolen.get(place)

    mitid.fault("")
    assert not is_there(person)


def test_it_opens_nothing_else(mitid: Desk, stolen: Client, person: User) -> None:
    """It is no verification, no connection, and no second step."""
    stolen.get(way_back(mitid, stolen, to="/en/me/data/"))

    assert KEPT_UNDER not in stolen.session
    assert SocialAccount.objects.count() == 1
    assert not Residency.objects.exists()
    assert {method["method"] for method in stolen.session[METHODS]} == {"socialaccount"}
    assert STATE_SESSION_KEY not in stolen.session


def test_without_a_broker_a_password_is_chosen_by_mail(stolen: Client, person: User, settings: Any) -> None:
    settings.MITID = None

    page = stolen.get(deletion(stolen, person)["Location"]).content.decode()

    assert "MitID" not in page
    assert 'href="/en/accounts/password/reset/"' in page
    assert 'type="password"' not in page
