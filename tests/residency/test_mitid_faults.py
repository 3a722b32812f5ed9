"""Tokens that are wrong and a broker that is down or slow: refused with one sentence, and nothing half made."""

import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from apps.common.clock import now
from apps.residency.adapters import wire
from apps.residency.sessions import KEPT_UNDER
from tests import personas
from tests.mitid.refusals import DISTRUSTED, SLOW, TOO_LOW, came_back, changed, refused
from tests.mitid.walk import LOW, RESIDENT, Desk, begin

pytestmark = pytest.mark.django_db

# The longest that a request may wait here, and within which it must have answered on a busy machine.
# What hangs does so for a minute, and what drips without end.
SECONDS, AT_MOST = 0.4, 20


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
    thread.join(60)
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
