"""Setting second factors up, taking them away, and how their secrets are kept."""

import json
from datetime import datetime
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import decrypt, encrypt
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from apps.accounts.forms import demo_code
from apps.accounts.models import User
from tests import personas
from tests.accounts.with_app import (
    CODE,
    CODE_AGAIN,
    NOW,
    QUEUE,
    SECRET,
    SET_UP,
    code,
    confirm_password,
    give_app,
    is_opened,
    log_in,
    set_up_app,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def give_passkey(person: User) -> Authenticator:
    credential = {"id": "x", "rawId": "x", "response": {}, "clientExtensionResults": {"credProps": {"rk": True}}}
    return Authenticator.objects.create(user=person, type="webauthn", data={"name": "Key", "credential": credential})


# The first factor.


@pytest.mark.parametrize("page", ["totp/activate/", "webauthn/add/"])
def test_the_first_factor_asks_for_the_password_first(page: str, client: Client, at: datetime) -> None:
    log_in(client, personas.moderator(at=at))

    for answer in (client.get(SET_UP + page), client.post(SET_UP + page, {"code": "000000"})):
        assert answer["Location"].startswith("/en/accounts/reauthenticate/?next=")
    assert not Authenticator.objects.exists()


def test_the_first_factor_is_this_sessions_second_step_and_leads_to_where_one_was_going(
    client: Client, at: datetime
) -> None:
    log_in(client, personas.moderator(at=at))
    client.get(QUEUE, follow=True)

    answer = set_up_app(client)
    page = client.get(answer["Location"]).content.decode()

    assert is_opened(client)
    assert "They are shown this once." in page
    assert f'href="{QUEUE}"' in page


def test_a_wrong_first_code_sets_nothing_up(client: Client, at: datetime) -> None:
    log_in(client, personas.moderator(at=at))
    confirm_password(client)
    client.get(f"{SET_UP}totp/activate/")

    answer = client.post(f"{SET_UP}totp/activate/", {"code": "000000"})

    assert "The code is wrong" in answer.content.decode()
    assert not Authenticator.objects.exists()
    assert not is_opened(client)


def test_one_more_factor_is_not_set_up_by_a_password_alone(client: Client, at: datetime) -> None:
    """A stolen password in a session from before the first factor must not do to put another one beside it."""
    person = personas.moderator(at=at)
    client.force_login(person, second_step=False)
    confirm_password(client)
    give_app(person)

    for page in ("webauthn/add/", "totp/deactivate/", "recovery-codes/generate/", "recovery-codes/"):
        answer = client.post(SET_UP + page, {"credential": "{}"}, follow=True)
        assert answer.redirect_chain[-1][0].startswith(CODE_AGAIN), page
    assert client.get("/en/accounts/reauthenticate/")["Location"] == CODE_AGAIN
    assert Authenticator.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_owners_are_told_by_mail_without_their_full_network_address(client: Client, at: datetime) -> None:
    person = personas.moderator(at=at)
    client.defaults["REMOTE_ADDR"] = "203.0.113.77"
    log_in(client, person)
    mail.outbox.clear()

    set_up_app(client)

    (message,) = mail.outbox
    assert message.to == [person.email]
    assert message.subject == "An app was set up for your account"
    assert "203.0.113.0" in message.body
    assert "203.0.113.77" not in message.body


# Recovery codes.


def test_recovery_codes_are_shown_once_and_each_opens_once(client: Client, at: datetime) -> None:
    person = personas.moderator(at=at)
    log_in(client, person)
    shown = client.get(set_up_app(client)["Location"]).context["unused_codes"]
    again = client.get(f"{SET_UP}recovery-codes/")

    assert len(set(shown)) == 10
    assert again.status_code == 200
    assert not any(one in again.content.decode() for one in shown)
    assert client.get(f"{SET_UP}recovery-codes/download/").status_code == 403
    for opens in (True, False):
        other = Client()
        log_in(other, person)
        other.post(CODE, {"code": shown[0]})
        assert is_opened(other) is opens


def test_pages_with_codes_are_in_no_cache(client: Client, at: datetime) -> None:
    log_in(client, personas.moderator(at=at))

    assert "no-store" in client.get(set_up_app(client)["Location"])["Cache-Control"]


# Taking away.


def test_the_only_factor_of_staff_stays(client: Client, at: datetime) -> None:
    person = personas.moderator(at=at)
    log_in(client, person)
    set_up_app(client)

    answer = client.post(f"{SET_UP}totp/deactivate/")

    assert "Staff need a second step, and this is your only one." in answer.content.decode()
    assert Authenticator.objects.filter(user=person, type="totp").exists()


def test_the_only_passkey_of_staff_stays(client: Client, at: datetime) -> None:
    person = personas.moderator(at=at)
    client.force_login(person)
    key = give_passkey(person)
    _as_confirmed(client, person)

    answer = client.post(f"{SET_UP}webauthn/keys/{key.pk}/remove/", follow=True)

    assert "this is your only one" in answer.content.decode()
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_one_of_two_goes_and_the_sessions_elsewhere_end(client: Client, at: datetime) -> None:
    person = personas.moderator(at=at)
    log_in(client, person)
    set_up_app(client)
    key = give_passkey(person)
    elsewhere = Client()
    elsewhere.force_login(person)
    UserSession.objects.create(user=person, ip="203.0.113.0", session_key=elsewhere.session.session_key)
    assert is_opened(elsewhere)

    client.post(f"{SET_UP}webauthn/keys/{key.pk}/remove/")

    assert not Authenticator.objects.filter(pk=key.pk).exists()
    assert is_opened(client)
    assert elsewhere.get(QUEUE)["Location"].startswith("/en/accounts/login/")


def test_others_may_take_their_only_one_away(client: Client, at: datetime) -> None:
    person = personas.resident(at=at)
    log_in(client, person)
    set_up_app(client)

    client.post(f"{SET_UP}totp/deactivate/")

    assert not Authenticator.objects.filter(user=person).exists()


def test_nobody_touches_the_keys_of_others(client: Client, at: datetime) -> None:
    key = give_passkey(personas.moderator(at=at))
    official = personas.official(at=at)
    client.force_login(official)
    _as_confirmed(client, official)

    for page in ("remove", "edit"):
        assert client.post(f"{SET_UP}webauthn/keys/{key.pk}/{page}/", {"name": "mine"}).status_code == 404
    key.refresh_from_db()
    assert key.data["name"] == "Key"


# Secrets.


def test_secrets_are_sealed_in_the_database(client: Client, at: datetime) -> None:
    person = personas.moderator(at=at)
    log_in(client, person)
    page = client.get(set_up_app(client)["Location"])
    app = Authenticator.objects.get(type="totp")
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))

    assert decrypt(app.data["secret"]) not in kept
    assert not any(one in kept for one in page.context["unused_codes"])
    assert encrypt(SECRET) != encrypt(SECRET)


def test_sealed_under_the_key_before_they_still_open(settings: Any) -> None:
    sealed = encrypt(SECRET)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new key" * 6, [settings.SECRET_KEY]

    assert decrypt(sealed) == SECRET


def test_when_the_key_is_gone_no_code_opens_and_no_page_breaks(settings: Any, client: Client, at: datetime) -> None:
    person = personas.moderator(at=at)
    give_app(person)
    codes = RecoveryCodes.activate(person).get_unused_codes()
    settings.SECRET_KEY = "another key" * 6

    empty_secret = code(secret="")
    for tried in (code(), empty_secret, codes[0]):
        log_in(client, person)
        answer = client.post(CODE, {"code": tried})
        assert "The code is wrong" in answer.content.decode()
    assert decrypt("not sealed at all") != decrypt("not sealed at all")


# The demo.


def test_only_the_demo_shows_codes_and_only_of_its_own_apps(settings: Any, client: Client, at: datetime) -> None:
    person = personas.moderator(at=at)
    app = give_app(person)
    log_in(client, person)
    settings.DEMO = True
    assert "data-demo-code" not in client.get(CODE).content.decode()

    app.data["demo"] = True
    app.save()
    assert f"data-demo-code>{code()}<" in client.get(CODE).content.decode()
    settings.DEMO = False
    assert "data-demo-code" not in client.get(CODE).content.decode()


def test_the_demo_shows_the_next_code_when_one_was_used(settings: Any, at: datetime) -> None:
    person = personas.moderator(at=at)
    app = give_app(person)
    app.data["demo"] = True
    app.save()
    shown = []
    for _log_in in range(3):
        shown.append(demo_code(person))
        browser = Client()
        log_in(browser, person)
        browser.post(CODE, {"code": shown[-1]})
        assert is_opened(browser)

    assert shown == [code(), code(1), code(-1)]
    assert demo_code(person) == ""


def _as_confirmed(client: Client, person: User) -> None:
    """Make the session one that has just shown its second step again."""
    session = client.session
    record = {"method": "mfa", "reauthenticated": True, "at": NOW.timestamp()}
    session["account_authentication_methods"] = [record]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
