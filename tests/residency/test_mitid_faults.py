"""What comes back from MitID wrongly, late, twice, for somebody else or not at all: refused, and nothing half made."""

import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.common.clock import now
from apps.ledger.models import Entry
from apps.residency.adapters import wire
from apps.residency.sessions import KEPT_UNDER
from tests import personas
from tests.mitid.walk import ABORT, LOW, RESIDENT, Desk, begin

pytestmark = pytest.mark.django_db

CALLBACK = "/accounts/mitid/callback/"
STATES = "socialaccount_states"
# The longest that a request may wait here, and within which it must have answered on a busy machine.
SECONDS, AT_MOST = 0.4, 2.5

DISTRUSTED = "could not be trusted"
TOO_LOW = "not at the level"
STALE = "not begun in this window"
SLOW = "does not answer at the moment"


def came_back(desk: Desk, client: Client, citizen: str = RESIDENT, process: str = "login") -> str:
    """Return the address with which somebody comes back from the English page."""
    return desk.log_in(begin(client, process, prefix="/en"), citizen)


def refused(answer: Any, sentence: str, status: int = 403) -> None:
    """Check that the answer is the one sentence, and that nobody was signed in and nothing made."""
    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (status, True), page
    assert page.count('role="alert"') == 1
    session = answer.wsgi_request.session
    assert "_auth_user_id" not in session
    assert "socialaccount_sociallogin" not in session
    assert KEPT_UNDER not in session
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("fault", "sentence", "code"),
    [
        ("expired", DISTRUSTED, "expired"),
        ("late-by-200", DISTRUSTED, "expired"),
        ("early-by-200", DISTRUSTED, "not_yet"),
        ("no-expiry", DISTRUSTED, "times_missing"),
        ("wrong-audience", DISTRUSTED, "audience"),
        ("several-audiences", DISTRUSTED, "authorized_party"),
        ("wrong-party", DISTRUSTED, "authorized_party"),
        ("wrong-issuer", DISTRUSTED, "issuer"),
        ("old-nonce", DISTRUSTED, "nonce"),
        ("no-nonce", DISTRUSTED, "nonce"),
        ("other-subject", DISTRUSTED, "userinfo_subject"),
        ("no-subject", DISTRUSTED, "subject"),
        ("wrong-key", DISTRUSTED, "signature"),
        ("unknown-key", DISTRUSTED, "key"),
        ("alg-none", DISTRUSTED, "algorithm"),
        ("alg-hmac", DISTRUSTED, "algorithm"),
        ("not-a-token", DISTRUSTED, "token_unreadable"),
        ("no-token", DISTRUSTED, "no_token"),
        ("low-assurance", TOO_LOW, "assurance_level"),
        ("no-assurance", TOO_LOW, "assurance_level"),
        ("unknown-assurance", TOO_LOW, "assurance_level"),
    ],
)
def test_a_faulty_token_is_refused(  # noqa: PLR0917 - fixtures
    mitid: Desk, client: Client, caplog: pytest.LogCaptureFixture, fault: str, sentence: str, code: str
) -> None:
    mitid.log_in(begin(Client()), RESIDENT)
    place = came_back(mitid, client)
    mitid.fault(fault)

    refused(client.get(place), sentence)

    assert f"refused: {code}" in caplog.text


@pytest.mark.parametrize("fault", ["late-by-110", "early-by-110"])
def test_clocks_may_differ_by_two_minutes(mitid: Desk, client: Client, fault: str) -> None:
    place = came_back(mitid, client)
    mitid.fault(fault)

    assert client.get(place)["Location"] == "/en/accounts/mitid/sign-up/"


def test_a_nonce_of_an_earlier_login_is_refused(mitid: Desk, client: Client) -> None:
    client.get(came_back(mitid, client))
    place = came_back(mitid, client)
    mitid.fault("old-nonce")

    answer = client.get(place)

    assert answer.status_code == 403
    assert DISTRUSTED in answer.content.decode()


def test_a_low_login_gets_neither_account_nor_badge(mitid: Desk, client: Client) -> None:
    refused(client.get(came_back(mitid, client, LOW)), TOO_LOW)


def test_a_refused_verification_leaves_the_person_signed_in_without_evidence(
    mitid: Desk, client: Client, at: Any
) -> None:
    person = personas.unverified(at=at)
    client.force_login(person)
    place = came_back(mitid, client, process="verify")
    mitid.fault("wrong-key")

    answer = client.get(place)

    assert answer.status_code == 403
    assert client.session["_auth_user_id"] == str(person.pk)
    assert KEPT_UNDER not in client.session


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


# ---------------------------------------------------------------- state


def changed(place: str, **parts: str | None) -> str:
    """Return an address with some parts of its query changed, or taken away."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(place).query).items()} | parts
    return f"{urlsplit(place).path}?{urlencode({name: value for name, value in query.items() if value is not None})}"


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


# ---------------------------------------------------------------- down, slow, endless


@pytest.fixture
def impatient(mitid: Desk, settings: Any) -> None:
    settings.MITID = replace(settings.MITID, seconds=SECONDS)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("place", ["discovery", "keys", "token", "userinfo"])
@pytest.mark.parametrize("fault", ["hanging", "dripping", "failing", "huge"])
def test_a_broker_that_does_not_answer_is_given_up(mitid: Desk, client: Client, fault: str, place: str) -> None:
    back = came_back(mitid, client)
    cache.clear()
    mitid.fault(f"{fault}:{place}")
    begun = time.monotonic()

    answer = client.get(back)

    assert time.monotonic() - begun < AT_MOST
    refused(answer, SLOW, 503)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("fault", ["hanging", "dripping", "failing", "huge"])
def test_no_login_begins_while_the_broker_is_down(mitid: Desk, client: Client, fault: str) -> None:
    mitid.fault(f"{fault}:discovery")

    refused(client.post("/en/accounts/mitid/"), SLOW, 503)


@pytest.mark.parametrize("place", ["discovery", "keys", "token", "userinfo"])
@pytest.mark.parametrize("fault", ["redirecting", "nonsense"])
def test_an_answer_that_is_none_is_refused(mitid: Desk, client: Client, fault: str, place: str) -> None:
    back = came_back(mitid, client)
    cache.clear()
    mitid.fault(f"{fault}:{place}")

    answer = client.get(back)

    refused(answer, DISTRUSTED if fault == "redirecting" else SLOW, 403 if fault == "redirecting" else 503)


def test_the_time_is_for_all_that_is_asked(mitid: Desk, client: Client, settings: Any) -> None:
    """Each answer alone would be in time; together they are not."""
    back = came_back(mitid, client)
    mitid.fault("slow:token,userinfo")
    settings.MITID = replace(settings.MITID, seconds=1.2)

    refused(client.get(back), SLOW, 503)


@pytest.mark.parametrize("error", ["server_error", "temporarily_unavailable"])
def test_a_broker_that_says_it_is_in_trouble_is_believed(mitid: Desk, client: Client, error: str) -> None:
    refused(client.get(changed(came_back(mitid, client), error=error)), SLOW, 503)


@pytest.mark.parametrize("error", ["invalid_request", "login_required", "<script>", ""])
def test_any_other_error_is_refused_in_our_words(mitid: Desk, client: Client, error: str) -> None:
    answer = client.get(changed(came_back(mitid, client), error=error, code=None))

    refused(answer, DISTRUSTED)
    assert "<script>" not in answer.content.decode()


def test_a_broker_that_is_not_there_is_given_up(mitid: Desk, client: Client, settings: Any) -> None:
    settings.MITID = replace(settings.MITID, issuer="http://localhost:9")

    refused(client.post("/en/accounts/mitid/"), SLOW, 503)


def test_another_issuer_at_the_address_is_refused(mitid: Desk, client: Client, settings: Any) -> None:
    settings.MITID = replace(settings.MITID, issuer=mitid.issuer + "/")

    refused(client.post("/en/accounts/mitid/"), DISTRUSTED)


def test_addresses_and_keys_are_kept(mitid: Desk, client: Client) -> None:
    before = {path: mitid.visits(path) for path in ("/.well-known/openid-configuration", "/jwks")}
    for _ in range(3):
        mitid.walk(client, RESIDENT)

    assert all(mitid.visits(path) - count == 1 for path, count in before.items())


def test_an_unknown_key_is_asked_for_once(mitid: Desk, client: Client) -> None:
    mitid.walk(client, RESIDENT)
    before = mitid.visits("/jwks")
    place = came_back(mitid, client)
    mitid.fault("unknown-key")

    assert client.get(place).status_code == 403
    assert mitid.visits("/jwks") - before == 1


def test_a_changed_key_is_found(mitid: Desk, client: Client) -> None:
    place = came_back(mitid, client)
    issuer = hashlib.sha256(mitid.issuer.encode()).hexdigest()[:32]
    cache.set(f"mitid:keys:{issuer}", [], 60)

    assert client.get(place).status_code == 302


@pytest.fixture
def dripping_server() -> Iterator[str]:
    """A server that sends the head of its answer one letter at a time and never ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not stop.wait(0.05):
                connection.send(b"x")

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    stop.set()
    thread.join(2)
    listener.close()


def test_a_head_that_drips_is_given_up(dripping_server: str) -> None:
    begun = time.monotonic()

    with pytest.raises(wire.Unreachable, match="too_slow"):
        wire.ask("GET", dripping_server, deadline=wire.Deadline(SECONDS))

    assert time.monotonic() - begun < AT_MOST


def test_only_so_many_wait_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "_slots", threading.BoundedSemaphore(1))
    wire._slots.acquire()

    with pytest.raises(wire.Unreachable, match="too_many"):
        wire.ask("GET", "http://127.0.0.1:9/", deadline=wire.Deadline(SECONDS))


def test_nothing_is_asked_when_the_time_is_up() -> None:
    with pytest.raises(wire.Unreachable, match="too_slow"):
        wire.ask("GET", "http://127.0.0.1:9/", deadline=wire.Deadline(0))


def test_the_clock_of_the_tests_is_the_providers() -> None:
    """The provider signs by the machine's clock; with a frozen one these tests would test nothing."""
    assert abs(now().timestamp() - time.time()) < 1
