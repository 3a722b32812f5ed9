"""What machines that watch this one are told, and who is told nothing."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event
from typing import Any

import pytest
from channels.layers import channel_layers
from django.test import Client

from apps.ledger.actions import sequence_entries
from apps.live.tasks import ring_doorbells
from apps.portal.views import health
from tests import factories

FAR = {"REMOTE_ADDR": "203.0.113.7"}


def test_the_process_answers_without_asking_the_database(client: Client) -> None:
    response = client.get("/healthz")  # no database is allowed in this test

    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_all_is_ready(client: Client) -> None:
    response = client.get("/readyz")

    assert response.json() == {"database": "ok", "migrations": "ok", "broker": "ok", "layer": "ok"}
    assert response.status_code == 200


class Away:
    """A layer that is not there."""

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        raise ConnectionRefusedError(group)


@pytest.mark.django_db
def test_a_layer_that_is_away_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(channel_layers.backends, "default", Away())

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["layer"] == "ConnectionRefusedError"
    assert response.json()["database"] == "ok"


def refused() -> None:
    raise ConnectionRefusedError("redis://:secret@10.0.0.1")


@pytest.mark.parametrize("name", ["_database", "_migrations", "_broker"])
@pytest.mark.django_db
def test_what_is_away_is_named_and_nothing_more_is_told(
    name: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, name, refused)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()[name.strip("_")] == "ConnectionRefusedError"
    assert b"secret" not in response.content


@pytest.mark.django_db
def test_what_hangs_is_not_waited_for(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    enough = Event()
    monkeypatch.setattr(health, "_broker", lambda: enough.wait(60))
    begun = time.monotonic()

    response = client.get("/readyz")
    took = time.monotonic() - begun
    enough.set()

    assert took < 30
    assert (response.status_code, response.json()["broker"]) == (503, "no answer in time")


def numbers(client: Client, **extra: Any) -> dict[str, float]:
    text = client.get("/metrics", **extra).content.decode()
    lines = [line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


@pytest.mark.django_db
def test_the_gauges_are_true(client: Client, monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    topic = factories.the_topic(factories.a_hearing(at=at))
    for minutes in (3, 1):
        factories.a_contribution(topic, at=at - timedelta(minutes=minutes))
    ring_doorbells()
    placed = numbers(client)["civic_ledger_head"]
    factories.a_published(topic, at=at)
    monkeypatch.setattr(health, "now", lambda: at)

    before = numbers(client)
    sequence_entries()
    after = numbers(client)

    assert before["civic_queue_waiting"] == 2
    assert before["civic_queue_oldest_wait_seconds"] == 180
    assert before["civic_ledger_unplaced"] > 0
    assert (after["civic_ledger_unplaced"], after["civic_ledger_head"]) == (0, placed + before["civic_ledger_unplaced"])
    assert (before["civic_ledger_live_lag"], after["civic_ledger_live_lag"]) == (0, before["civic_ledger_unplaced"])
    assert after["civic_live_sockets"] == 0
    assert after["civic_mail_due"] == 0


@pytest.mark.django_db
def test_an_empty_house_has_gauges_too(client: Client) -> None:
    assert set(numbers(client).values()) == {0}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "extra",
    [
        FAR,
        FAR | {"HTTP_AUTHORIZATION": "Bearer "},
        FAR | {"HTTP_AUTHORIZATION": "Bearer wrong"},
        FAR | {"HTTP_AUTHORIZATION": "a-long-token"},
        FAR | {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_FOR": "203.0.113.7"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    ],
)
@pytest.mark.parametrize("token", ["", "a-long-token"])
def test_nobody_else_sees_the_gauges(token: str, extra: dict[str, str], client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = token

    assert client.get("/metrics", **extra).status_code == 404


@pytest.mark.django_db
def test_the_token_opens_the_gauges_from_afar(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "a-long-token"

    response = client.get("/metrics", **FAR, HTTP_AUTHORIZATION="Bearer a-long-token")

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/plain; version=0.0.4")


@pytest.mark.parametrize("path", ["/en/healthz", "/en/readyz", "/en/metrics"])
@pytest.mark.django_db
def test_machines_have_no_language(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
@pytest.mark.parametrize("send", [Client.post, Client.put, Client.delete])
def test_machines_only_read(send: Callable[..., Any], path: str, client: Client) -> None:
    assert send(client, path).status_code == 405
