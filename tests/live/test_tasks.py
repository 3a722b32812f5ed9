"""The sweep that rings doorbells: it begins at the head, moves on whatever the layer does, and sends positions only."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from channels.layers import channel_layers
from django.test import Client

from apps.consultations.models import Topic
from apps.discussions.actions import merge_topics
from apps.ledger.actions import sequence_entries
from apps.ledger.queries import head_position, reader_position, settled_position
from apps.live.handlers import RINGING
from apps.live.streams import MOST, STREAMS, positions_since, rung_since
from apps.live.tasks import READER, ring_doorbells
from apps.moderation.actions import Ruling, decide_contribution, undo_decision
from apps.moderation.enums import Outcome
from tests import factories
from tests.moderation.desk import SENTENCE, a_reason, publish

pytestmark = pytest.mark.django_db


class Layer:
    """A layer that keeps what it is sent, or fails."""

    def __init__(self, problem: Exception | None = None, *, hangs: bool = False) -> None:
        self.problem, self.hangs = problem, hangs
        self.sent: list[tuple[str, dict[str, Any]]] = []

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        if self.hangs:
            await asyncio.Event().wait()
        if self.problem:
            raise self.problem
        self.sent.append((group, message))


@pytest.fixture
def layer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Layer:
    made: Layer = getattr(request, "param", None) or Layer()
    monkeypatch.setitem(channel_layers.backends, "default", made)
    return made


def test_it_begins_at_the_head(layer: Layer, at: datetime) -> None:
    factories.a_published(factories.the_topic(factories.a_hearing(at=at)), at=at)
    sequence_entries()

    ring_doorbells()

    assert layer.sent == []
    assert reader_position(READER) == head_position()


def test_it_rings_each_stream_once_with_positions_and_nothing_else(layer: Layer, at: datetime) -> None:
    topic = factories.the_topic(factories.a_hearing(at=at))
    ring_doorbells()
    layer.sent.clear()
    start = head_position()
    written = [factories.a_contribution(topic, at=at) for _number in range(2)]
    factories.an_answer(factories.a_published(topic, at=at), at=at)

    ring_doorbells()
    ring_doorbells()

    [(group, message)] = layer.sent
    positions = message["rung"]
    assert group == "doorbells"
    assert set(message) == {"type", "rung"}
    assert set(positions) == {"queue", f"topic:{topic.pk}"}
    assert len(positions["queue"]) == len(written) + 2
    assert len(positions[f"topic:{topic.pk}"]) == 2
    assert all(start < place <= head_position() for places in positions.values() for place in places)


@pytest.mark.parametrize("outcome", [Outcome.HIDE, Outcome.REDACT, Outcome.MOVE])
def test_the_queue_hears_of_what_leaves_it_without_being_let_stand(outcome: Outcome, at: datetime) -> None:
    hearing = factories.publishing_first(factories.a_hearing(at=at), at=at)
    unread = factories.a_contribution(factories.the_topic(hearing), at=at, body="Ole drives, and Per sings.")
    there = factories.a_topic(hearing, at=at)
    sequence_entries()
    start = head_position()
    ruling = Ruling(outcome=outcome, version=1, reason=a_reason(), sentence=SENTENCE, passage="Ole", to=there)

    decide_contribution(contribution=unread, ruling=ruling, by=factories.a_moderator(at), at=at)
    sequence_entries()

    assert len(positions_since("queue", start, at=at)) == 1


def test_an_import_of_many_rings_a_short_doorbell(layer: Layer, at: datetime) -> None:
    topic = factories.the_topic(factories.a_hearing(at=at))
    ring_doorbells()
    for _number in range(MOST + 5):
        factories.a_contribution(topic, at=at)

    ring_doorbells()

    places = layer.sent[-1][1]["rung"]["queue"]
    assert len(places) == MOST
    assert places == sorted(places)
    assert places[-1] == head_position()


@pytest.mark.parametrize(
    "layer", [Layer(ConnectionError("away")), Layer(hangs=True)], indirect=True, ids=["away", "hangs"]
)
def test_a_layer_that_fails_does_not_hold_the_reader_up(
    layer: Layer, at: datetime, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.live.tasks.SEND_SECONDS", 0.05)
    topic = factories.the_topic(factories.a_hearing(at=at))
    ring_doorbells()
    factories.a_published(topic, at=at)

    ring_doorbells()

    assert reader_position(READER) == head_position()
    assert "did not take the doorbells" in caplog.text


def test_recording_nudges_only_for_what_rings(layer: Layer) -> None:
    assert frozenset().union(*(stream.kinds for stream in STREAMS.values())) == RINGING
    assert "role.granted" not in RINGING


def test_readers_hear_of_a_decision_when_it_cannot_be_undone_any_more_and_moderators_at_once(
    layer: Layer, at: datetime, settings: Any
) -> None:
    settings.UNDO_SECONDS = 60
    topic, moderator = factories.the_topic(factories.a_hearing(at=at)), factories.a_moderator(at)
    name = f"topic:{topic.pk}"
    rows = [factories.a_contribution(topic, at=at) for _number in range(3)]
    ring_doorbells()
    layer.sent.clear()
    start = head_position()
    with time_machine.travel(at + timedelta(seconds=30), tick=False):
        kept, undone, _waits = rows
        decide_contribution(contribution=kept, ruling=publish(), by=moderator, at=at)
        decision = decide_contribution(contribution=undone, ruling=publish(), by=moderator, at=at)
        undo_decision(decision=decision, by=moderator, at=at + timedelta(seconds=10))
        factories.an_answer(kept, at=at + timedelta(seconds=20))
        ring_doorbells()
        [(_group, at_once)] = layer.sent
        assert set(at_once["rung"]) == {"queue"}
        assert positions_since(name, start, at=at + timedelta(seconds=30)) == []
        assert rung_since(start, at=at + timedelta(seconds=30)) == ({}, start)
        assert settled_position(at=at + timedelta(seconds=30)) == start

    with time_machine.travel(at + timedelta(seconds=60), tick=False):
        ring_doorbells()

    [_first, (_group, later)] = layer.sent
    # What was published and what the municipality answered; not what was undone.
    assert later["rung"] == {name: [start + 1, start + 4]}
    assert positions_since(name, start, at=at + timedelta(seconds=60)) == [start + 1, start + 4]
    assert settled_position(at=at + timedelta(seconds=60)) == head_position()


def test_who_reads_in_either_of_two_topics_hears_at_once_that_they_were_merged(layer: Layer, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    noise, roads, trees = factories.the_topic(hearing), *(factories.a_topic(hearing, at=at) for _each in range(2))
    factories.a_published(noise, at=at)
    ring_doorbells()
    layer.sent.clear()
    start = head_position()

    merge_topics(topic=noise, into=roads, by=factories.an_official(at), at=at)
    ring_doorbells()

    assert {"topic.merged"} <= RINGING
    [(_group, message)] = layer.sent
    assert message["rung"] == {f"merge:{topic.pk}": [head_position()] for topic in (noise, roads)}
    for topic, count in ((noise, 1), (roads, 1), (trees, 0)):
        assert len(positions_since(f"merge:{topic.pk}", start, at=at)) == count


def test_without_a_socket_the_page_of_either_says_that_they_were_merged(client: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    noise, roads = factories.the_topic(hearing), factories.a_topic(hearing, at=at)
    sequence_entries()
    start = head_position()

    def asked(topic: Topic, since: int) -> int:
        address = f"/consultations/{hearing.slug}/topics/{topic.slug}/"
        return client.get(address, {"since": since}, headers={"X-Fragment": "merge"}).status_code

    assert [asked(topic, start) for topic in (noise, roads)] == [204, 204]
    merge_topics(topic=noise, into=roads, by=factories.an_official(at), at=at)
    sequence_entries()

    assert [asked(topic, start) for topic in (noise, roads)] == [200, 200]
    assert [asked(topic, head_position()) for topic in (noise, roads)] == [204, 204]
