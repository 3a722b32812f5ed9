"""Sessions: how they begin and end, who may open a form, and where a log-in can lead."""

from datetime import datetime
from io import StringIO
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils.translation import override

from apps.accounts.apps import limits_are_shared
from apps.accounts.engine.devices import device_of
from apps.accounts.models import User
from apps.ledger.models import Entry
from tests import personas
from tests.accounts.with_app import CODE_AGAIN, NOW, SET_UP, code, confirm_password, give_app, log_in
from tests.personas import PASSWORD

pytestmark = pytest.mark.django_db

LOG_IN, LOG_OUT, SESSIONS = "/en/accounts/login/", "/en/accounts/logout/", "/en/accounts/sessions/"
ME = "/en/me/"

# Ways to write another site, or a script, so that a careless check takes it for a path.
ELSEWHERE = [
    "https://evil.example/",
    "http://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/%2e%2e",
    r"\\evil.example",
    r"/\evil.example",
    r"\/evil.example",
    r"/\/evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\n/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "HtTpS://evil.example",
    "//evil.example:80/",
    "//testserver@evil.example/",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "http://eviltestserver/",
    "http://testserver:pass@evil.example/",
    "//evil%E3%80%82example",
    "//evil。example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "ftp://evil.example/",
    "http://[::1]evil.example/",
    "http://[evil.example",
    "//[evil.example]",
    "\x00//evil.example",
]


def location_of(answer: Any) -> str:
    assert answer.status_code == 302, answer.status_code
    return str(answer["Location"])


def is_ours(location: str) -> bool:
    there = urlsplit(urljoin("http://testserver/en/", location.replace("\\", "/")))
    return there.scheme == "http" and there.netloc == "testserver"


# Beginning.


def test_logging_in_begins_a_new_session(client: Client, at: datetime) -> None:
    person = personas.unverified(at=at)
    client.get(LOG_IN)
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key

    log_in(client, person)

    assert client.session.session_key != before
    stale = Client()
    stale.cookies["session"] = before
    assert stale.get(ME).status_code == 302


def test_the_session_of_somebody_else_is_not_gone_on_with(client: Client, at: datetime) -> None:
    client.force_login(personas.resident(at=at))
    session = client.session
    session["drafts"] = {"7": {"body": "not mine"}}
    session.save()
    client.post(LOG_OUT)

    log_in(client, personas.unverified(at=at))

    assert "drafts" not in client.session


@pytest.mark.parametrize("cookie", ["", "x", "a" * 32, "../../etc/passwd", "' OR 1=1 --", "é", "a" * 10_000])
def test_a_tampered_cookie_is_nobody(cookie: str, at: datetime) -> None:
    client = Client()
    client.force_login(personas.resident(at=at))
    client.cookies["session"] = cookie

    assert location_of(client.get(ME)).startswith(LOG_IN)


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client: Client, at: datetime) -> None:
    answer = log_in(client, personas.unverified(at=at))

    cookie = answer.cookies["session"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.parametrize("address", [LOG_IN, "/en/accounts/signup/", LOG_OUT, "/en/accounts/password/reset/"])
def test_forms_of_signing_in_need_their_token(address: str, at: datetime) -> None:
    """Otherwise another site could log somebody in to an account of its own, and read what they write there."""
    person = personas.unverified(at=at)
    client = Client(enforce_csrf_checks=True)
    sent = {"login": person.email, "password": PASSWORD, "email": person.email}
    assert client.post(address, sent).status_code == 403

    client.get(LOG_IN)
    with_token = sent | {"csrfmiddlewaretoken": client.cookies["csrf"].value}
    from_elsewhere = client.post(address, with_token, headers={"origin": "https://evil.example"})
    assert from_elsewhere.status_code == 403
    assert "_auth_user_id" not in client.session


# Ending.


def test_a_new_password_ends_the_sessions_elsewhere(client: Client, at: datetime) -> None:
    person = personas.unverified(at=at)
    elsewhere = Client()
    for browser in (client, elsewhere):
        log_in(browser, person)
    new = "another long and boring password"

    client.post("/en/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert client.get(ME).status_code == 200
    assert location_of(elsewhere.get(ME)).startswith(LOG_IN)


def test_after_logging_out_no_page_comes_from_a_cache(client: Client, at: datetime) -> None:
    log_in(client, personas.unverified(at=at))
    pages = [client.get(address) for address in (ME, SESSIONS, SET_UP, "/en/accounts/email/", "/en/")]
    client.post(LOG_OUT)

    assert all("no-store" in page["Cache-Control"] for page in pages)
    assert location_of(client.get(ME)).startswith(LOG_IN)


def test_the_list_names_devices_and_networks_and_no_address(client: Client, at: datetime) -> None:
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
    client.defaults |= {"REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": firefox}
    log_in(client, personas.unverified(at=at))

    page = client.get(SESSIONS).content.decode()

    assert "Firefox, Windows" in page
    assert "203.0.113.0" in page
    assert UserSession.objects.get().ip == "203.0.113.0"


def test_one_session_elsewhere_or_all_of_them_can_be_ended(client: Client, at: datetime) -> None:
    person = personas.unverified(at=at)
    others = [Client(), Client(), Client()]
    for browser in (client, *others):
        log_in(browser, person)
    first = UserSession.objects.get(session_key=others[0].session.session_key)

    client.post(f"{SESSIONS}{first.pk}/end/")
    assert [browser.get(ME).status_code for browser in (client, *others)] == [200, 302, 200, 200]
    client.post(SESSIONS)

    assert [browser.get(ME).status_code for browser in (client, *others)] == [200, 302, 302, 302]


def test_nobody_ends_the_sessions_of_others(client: Client, at: datetime) -> None:
    other = Client()
    log_in(other, personas.resident(at=at))
    theirs = UserSession.objects.get()
    log_in(client, personas.unverified(at=at))

    assert client.post(f"{SESSIONS}{theirs.pk}/end/").status_code == 404
    assert other.get(ME).status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18 Safari/604",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537 Chrome/140 Mobile Safari/537", "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537 Edg/140", "Edge, Windows"),
        ("curl/8.5", "Unknown device"),
        ("", "Unknown device"),
        ("<script>alert(1)</script>", "Unknown device"),
    ],
)
def test_devices_are_named_in_words(user_agent: str, words: str) -> None:
    with override("en"):
        assert str(device_of(user_agent)) == words


# Where a log-in leads.


@pytest.mark.parametrize("where", ELSEWHERE)
def test_no_next_leads_away(where: str, at: datetime) -> None:
    person = personas.unverified(at=at)
    staff = personas.moderator(at=at)
    give_app(staff)

    def fresh(viewer: User | None = None) -> Client:
        client = Client()
        if viewer:
            client.force_login(viewer, second_step=False)
        return client

    answers = [
        fresh().post(LOG_IN, {"login": person.email, "password": PASSWORD, "next": where}),
        fresh(person).get(LOG_IN, {"next": where}),
        fresh(person).post(LOG_OUT, {"next": where}),
        fresh().get(LOG_OUT, {"next": where}),
        fresh(person).post("/en/accounts/reauthenticate/", {"password": PASSWORD, "next": where}),
        fresh(staff).get("/en/accounts/second-step/now/", {"next": where}),
        fresh(staff).get("/en/accounts/reauthenticate/", {"next": where}),
    ]
    for answer in answers:
        assert is_ours(location_of(answer)), (answer.request["PATH_INFO"], answer["Location"])
        assert "evil.example" not in answer["Location"].partition("?")[0]


@pytest.mark.parametrize("where", ELSEWHERE)
def test_the_way_on_after_setting_up_is_on_this_site(where: str, client: Client, at: datetime) -> None:
    log_in(client, personas.moderator(at=at))
    client.get("/en/accounts/second-step/now/", {"next": where})

    assert client.session["second_step_next"] == "/en/"


@pytest.mark.parametrize("where", ELSEWHERE)
def test_the_code_leads_nowhere_else_either(where: str, client: Client, at: datetime) -> None:
    staff = personas.moderator(at=at)
    give_app(staff)
    client.force_login(staff, second_step=False)

    with time_machine.travel(NOW, tick=False):
        answer = client.post(CODE_AGAIN, {"code": code(), "next": where})

    assert is_ours(location_of(answer))


# Losing everything.


def test_who_has_lost_everything_begins_anew(client: Client, at: datetime) -> None:
    person = personas.moderator(at=at)
    log_in(client, person)
    give_app(person)
    said = StringIO()

    for _turn in range(2):
        call_command("reset_second_step", person.email.upper(), stdout=said)

    assert said.getvalue().splitlines() == ["Done. A new one is set up at the next log-in.", "The person had none."]
    assert not Authenticator.objects.exists()
    assert location_of(client.get(ME)).startswith(LOG_IN)
    assert Entry.objects.filter(kind="factors.removed").count() == 1
    log_in(client, person)
    assert client.get("/en/moderation/", follow=True).redirect_chain[-1][0] == SET_UP
    confirm_password(client)
    assert client.get(f"{SET_UP}totp/activate/").status_code == 200


def test_nobody_is_reset_who_has_no_account() -> None:
    with pytest.raises(CommandError, match="No account"):
        call_command("reset_second_step", "nobody@example.org")


# The installation.


@pytest.mark.parametrize(
    ("debug", "backend", "warns"),
    [
        (False, "django.core.cache.backends.locmem.LocMemCache", True),
        (False, "django.core.cache.backends.redis.RedisCache", False),
        (True, "django.core.cache.backends.locmem.LocMemCache", False),
    ],
)
def test_a_cache_of_each_process_is_warned_of(debug: bool, backend: str, warns: bool, settings: Any) -> None:
    settings.DEBUG, settings.CACHES = debug, {"default": {"BACKEND": backend}}

    assert [warning.id for warning in limits_are_shared(None)] == ["accounts.W001"] * warns
