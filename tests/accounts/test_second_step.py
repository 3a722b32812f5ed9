"""The second step: what it opens, what does not count as one, and how it is set up. Nothing is forced here."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.test import Client

from apps.accounts import rules
from apps.accounts.engine.second_step import METHODS, WHOSE_METHODS, has_second_step
from apps.accounts.models import User
from apps.live.queries import viewer_of
from tests import personas
from tests.accounts.with_app import CLAIM, CODE, CODE_AGAIN, DESK, NOW, QUEUE, SET_UP, code, give_app, is_opened, log_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


# What counts as a second step, and what does not.


def test_the_names_are_allauths() -> None:
    assert METHODS == AUTHENTICATION_METHODS_SESSION_KEY
    assert WHOSE_METHODS == _AUTHENTICATION_METHODS_USER_SESSION_KEY


@pytest.mark.parametrize(
    ("methods", "whose", "counts"),
    [
        ([{"method": "mfa", "type": "totp"}], "7", True),
        ([{"method": "password"}, {"method": "mfa", "type": "webauthn", "passwordless": True}], "7", True),
        ([{"method": "password", "reauthenticated": True}], "7", False),
        ([{"method": "socialaccount", "provider": "mitid"}], "7", False),
        ([{"method": "code"}], "7", False),
        ([{"method": "mfa"}], "8", False),
        ([{"method": "mfa"}], None, False),
        ([], "7", False),
        ({"method": "mfa"}, "7", False),
        (["mfa"], "7", False),
        (None, "7", False),
    ],
)
def test_only_a_second_factor_of_the_same_person_counts(methods: Any, whose: Any, counts: bool) -> None:
    assert has_second_step({METHODS: methods, WHOSE_METHODS: whose}, 7) is counts


def test_a_password_alone_opens_nothing_and_the_code_does(client: Client, at: datetime) -> None:
    person = personas.moderator(at=at)
    give_app(person)

    answer = log_in(client, person)
    assert answer["Location"] == CODE
    assert not is_opened(client)
    client.post(CODE, {"code": code()})

    assert is_opened(client)


def test_a_wrong_code_opens_nothing(client: Client, at: datetime) -> None:
    person = personas.moderator(at=at)
    give_app(person)
    log_in(client, person)

    page = client.post(CODE, {"code": "000000"}).content.decode()

    assert "The code is wrong" in page
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("periods", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_off(periods: int, client: Client, at: datetime) -> None:
    person = personas.moderator(at=at)
    give_app(person)
    log_in(client, person)

    client.post(CODE, {"code": code(periods)})

    assert is_opened(client)


@pytest.mark.parametrize("periods", [-2, 2])
def test_older_and_later_codes_are_refused(periods: int, client: Client, at: datetime) -> None:
    person = personas.moderator(at=at)
    give_app(person)
    log_in(client, person)

    client.post(CODE, {"code": code(periods)})

    assert not is_opened(client)


@pytest.mark.parametrize("seconds", [0, 29, 31, 45])
def test_a_code_holds_once_as_long_as_it_holds(seconds: int, at: datetime, the_clock: Any) -> None:
    """With half a minute's tolerance a code of the next period holds for up to 90 seconds."""
    person = personas.moderator(at=at)
    give_app(person)
    first, second = Client(), Client()
    log_in(first, person)
    first.post(CODE, {"code": code(1)})
    assert is_opened(first)

    the_clock.shift(seconds)
    log_in(second, person)
    second.post(CODE, {"code": code(1)})

    assert not is_opened(second)


# Staff without one.


@pytest.mark.parametrize(("persona", "address"), [("moderator", QUEUE), ("official", DESK), ("administrator", DESK)])
def test_staff_without_a_factor_are_led_to_set_one_up(persona: str, address: str, client: Client, at: datetime) -> None:
    person = personas.PERSONAS[persona](at=at)
    log_in(client, person)

    answer = client.get(address, follow=True)

    assert [step for step, _status in answer.redirect_chain] == [
        f"/en/accounts/second-step/now/?next=%2Fen%2F{address.split('/')[2]}%2F",
        SET_UP,
    ]
    assert "Your work for the municipality opens after a second step" in answer.content.decode()


def test_a_post_is_led_there_too_and_changes_nothing(client: Client, at: datetime) -> None:
    log_in(client, personas.moderator(at=at))

    answer = client.post(CLAIM)
    outside = client.post(CLAIM, headers={"referer": "https://evil.example/"})
    inside = client.post(CLAIM, headers={"referer": f"http://testserver{QUEUE}"})

    assert answer["Location"] == outside["Location"] == "/en/accounts/second-step/now/?next=%2Fen%2F"
    assert inside["Location"].endswith("next=http%3A%2F%2Ftestserver%2Fen%2Fmoderation%2F")


def test_what_is_not_there_for_others_leads_there_and_an_address_of_nothing_does_not(
    client: Client, at: datetime
) -> None:
    log_in(client, personas.official(at=at))

    assert "second-step" in client.get("/en/consultations/a-draft/")["Location"]
    assert client.get("/en/nothing/at/all/here/").status_code == 404


def test_a_missing_token_stays_a_missing_token(at: datetime) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(personas.moderator(at=at), second_step=False)

    assert client.post(CLAIM).status_code == 403


def test_people_without_a_role_are_refused_as_ever(client: Client, at: datetime) -> None:
    log_in(client, personas.resident(at=at))

    assert client.get(QUEUE).status_code == 403
    assert client.get("/en/consultations/a-draft/").status_code == 404


def test_staff_see_on_public_pages_that_it_is_missing(client: Client, at: datetime) -> None:
    words = "You have a staff role. It works after a second step."
    client.force_login(personas.official(at=at), second_step=False)
    assert words in client.get("/en/").content.decode()

    client.force_login(personas.resident(at=at))
    assert words not in client.get("/en/").content.decode()
    client.force_login(User.objects.get(email="olaf@example.org"))
    assert words not in client.get("/en/").content.decode()


@pytest.mark.parametrize("persona", ["moderator", "official", "administrator"])
def test_without_one_the_rules_know_an_ordinary_account(persona: str, client: Client, at: datetime) -> None:
    person = personas.PERSONAS[persona](at=at)
    for second_step in (False, True):
        client.force_login(person, second_step=second_step)
        by_page = client.get("/en/").wsgi_request.user
        by_socket = viewer_of(client.session.session_key)

        assert bool(by_page.roles) is second_step
        assert bool(by_socket.roles) is second_step
        assert rules.has_role(by_socket, rules.Role(persona)) is second_step


@pytest.mark.parametrize("method", ["password", "socialaccount", "code", "password_reset"])
def test_no_other_way_in_is_a_second_step(method: str, client: Client, at: datetime) -> None:
    person = personas.moderator(at=at)
    give_app(person)
    client.force_login(person, second_step=False)
    session = client.session
    session[METHODS], session[WHOSE_METHODS] = [{"method": method, "reauthenticated": True}], str(person.pk)
    session.save()

    answer = client.get(QUEUE, follow=True)

    assert answer.redirect_chain[-1][0] == f"{CODE_AGAIN}?next=%2Fen%2Fmoderation%2F"
    assert "It is asked for once each time you log in." in answer.content.decode()


def test_a_trusted_browser_is_none(client: Client, at: datetime) -> None:
    person = personas.moderator(at=at)
    give_app(person)
    client.cookies["mfa_trusted"] = "anything"

    assert log_in(client, person)["Location"] == CODE
    assert not settings.MFA_TRUST_ENABLED


def test_a_new_password_takes_no_factor_away_and_is_none(client: Client, at: datetime) -> None:
    person = personas.moderator(at=at)
    give_app(person)
    client.post("/en/accounts/password/reset/", {"email": person.email})
    link = mail.outbox[-1].body.split("testserver")[1].split()[0]
    page = client.get(link, follow=True)
    new = {"password1": "quite another password", "password2": "quite another password"}
    client.post(page.request["PATH_INFO"], new)

    answer = client.post("/en/accounts/login/", {"login": person.email, "password": "quite another password"})

    assert answer["Location"] == CODE
    assert Authenticator.objects.filter(user=person, type="totp").exists()


def test_the_code_in_an_open_session_opens_the_work_and_leads_back(client: Client, at: datetime) -> None:
    """Set up on one device, while another one was logged in before."""
    person = personas.moderator(at=at)
    client.force_login(person, second_step=False)
    give_app(person)

    answer = client.post(CODE_AGAIN, {"code": code(), "next": QUEUE})

    assert answer["Location"] == QUEUE
    assert is_opened(client)
