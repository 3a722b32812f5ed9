"""Answers from MitID that belong to no login of this browser, come twice, or were broken off."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from apps.residency.sessions import KEPT_UNDER
from tests import personas
from tests.mitid.refusals import DISTRUSTED, STALE, came_back, changed, refused
from tests.mitid.walk import ABORT, Desk, begin

pytestmark = pytest.mark.django_db

STATES = "socialaccount_states"


def test_who_aborts_is_shown_other_ways(mitid: Desk, client: Client) -> None:
    answer = client.get(came_back(mitid, client, ABORT))

    assert answer["Location"] == "/en/accounts/mitid/stopped/"
    page = client.get(answer["Location"]).content.decode()
    assert "You stopped the login with MitID" in page
    assert 'href="/en/accounts/login/"' in page
    assert 'href="/en/accounts/signup/"' in page


def test_who_aborts_a_verification_is_led_back(mitid: Desk, client: Client, at: Any) -> None:
    client.force_login(personas.unverified(at=at))

    answer = client.get(came_back(mitid, client, ABORT, "verify"))

    assert answer["Location"] == "/en/me/verify/"
    assert KEPT_UNDER not in client.session


@pytest.mark.parametrize(
    "state", [None, "", "guessed", "\x00", "x" * 5000, "__class__"], ids=lambda state: str(state)[:9]
)
def test_a_state_that_was_not_given_is_refused(mitid: Desk, client: Client, state: str | None) -> None:
    place = came_back(mitid, client)

    refused(client.get("/en" + changed(place, state=state)), STALE)

    assert mitid.visits("/token") == 0 or client.session[STATES]


@pytest.fixture
def elsewhere() -> Client:
    """A browser in which no login was begun."""
    return Client()


def test_an_address_of_another_browser_is_refused(mitid: Desk, client: Client, elsewhere: Client) -> None:
    place = came_back(mitid, client)

    refused(elsewhere.get("/en" + place), STALE)


def test_the_victim_is_not_signed_in_as_the_attacker(mitid: Desk, client: Client, elsewhere: Client, at: Any) -> None:
    """Login CSRF: the attacker's own answer from MitID, sent to somebody who is signed in and has begun as well."""
    victim = personas.unverified(at=at)
    elsewhere.force_login(victim)
    begin(elsewhere, "verify")
    place = came_back(mitid, client)

    answer = elsewhere.get("/en" + place)

    assert answer.status_code == 403
    assert elsewhere.session["_auth_user_id"] == str(victim.pk)
    assert KEPT_UNDER not in elsewhere.session


def test_an_answer_counts_once(mitid: Desk, client: Client) -> None:
    place = came_back(mitid, client)
    assert client.get(place).status_code == 302
    client.session.flush()

    refused(client.get("/en" + place), STALE)


def test_an_answer_counts_once_even_if_it_was_refused(mitid: Desk, client: Client) -> None:
    place = came_back(mitid, client)
    mitid.fault("wrong-key")
    client.get(place)
    mitid.fault("")

    refused(client.get("/en" + place), STALE)


def test_a_code_of_another_login_is_refused(mitid: Desk, client: Client, elsewhere: Client) -> None:
    """A code that was caught elsewhere, put into the answer to a login of one's own: the challenge does not fit."""
    caught = parse_qs(urlsplit(came_back(mitid, elsewhere)).query)["code"][0]
    place = came_back(mitid, client)

    refused(client.get(changed(place, code=caught)), DISTRUSTED)


@pytest.mark.parametrize("code", [None, "", "guessed", "x" * 5000], ids=lambda code: str(code)[:9])
def test_a_code_that_was_not_given_is_refused(mitid: Desk, client: Client, code: str | None) -> None:
    refused(client.get(changed(came_back(mitid, client), code=code)), DISTRUSTED)


@pytest.mark.parametrize("sender", [None, "https://evil.example", "http://localhost", "é"], ids=str)
def test_an_answer_of_another_server_is_refused(mitid: Desk, client: Client, sender: str | None) -> None:
    refused(client.get(changed(came_back(mitid, client), iss=sender)), DISTRUSTED)


def test_a_login_that_took_too_long_is_refused(mitid: Desk, client: Client) -> None:
    place = came_back(mitid, client)
    session = client.session
    session[STATES] = {state: [kept, begun - 601, of] for state, (kept, begun, of) in session[STATES].items()}
    session.save()

    refused(client.get("/en" + place), STALE)


@pytest.mark.parametrize("kept", [None, [], "x", {"state": 1}, {"state": []}], ids=str)
def test_a_session_that_was_changed_is_refused(mitid: Desk, client: Client, kept: Any) -> None:
    place = came_back(mitid, client)
    session = client.session
    session[STATES] = kept
    session.save()

    refused(client.get("/en" + place), STALE)


def test_a_lost_session_is_refused(mitid: Desk, client: Client) -> None:
    place = came_back(mitid, client)
    Session.objects.all().delete()

    refused(client.get("/en" + place), STALE)


def test_who_logged_in_meanwhile_is_not_changed_into_another(mitid: Desk, client: Client, at: Any) -> None:
    place = came_back(mitid, client)
    person = personas.unverified(at=at)
    client.post(reverse("account_login"), {"login": person.email, "password": personas.PASSWORD})

    answer = client.get(place)

    assert answer.status_code == 403
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_verification_ends_for_the_account_that_began_it(mitid: Desk, client: Client, at: Any) -> None:
    client.force_login(personas.unverified(at=at))
    place = came_back(mitid, client, process="verify")
    states = client.session[STATES]
    other = personas.unverified(at=at, email="otto@example.org")
    client.force_login(other)
    session = client.session
    session[STATES] = states
    session.save()

    answer = client.get(place)

    assert answer.status_code == 403
    assert KEPT_UNDER not in client.session


def test_a_verification_does_not_end_for_somebody_logged_out(mitid: Desk, client: Client, at: Any) -> None:
    client.force_login(personas.unverified(at=at))
    place = came_back(mitid, client, process="verify")
    client.logout()

    assert client.get(place).status_code == 403


def test_answers_come_by_get(mitid: Desk, client: Client) -> None:
    assert client.post(came_back(mitid, client)).status_code == 405
