"""Sockets from end to end: who may watch what, what they hear, and what they never hear."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from apps.accounts.actions import end_role
from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM, as_moderator
from apps.consultations.models import Topic
from apps.discussions import actions
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from apps.ledger.actions import sequence_entries
from apps.ledger.queries import head_position
from tests import factories
from tests.factories.whitepapers import a_paper, a_statement, marked
from tests.live.sockets import a_socket, asks, cookie_of, did, handshake, hears, here, in_database, is_watching
from tests.personas import PERSONAS

VIEW = ContributionKind.VIEW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def topic(at: datetime) -> Topic:
    """A topic of a published hearing; everything so far has its position."""
    made = factories.the_topic(factories.a_hearing(at=at))
    factories.a_moderator(at)
    sequence_entries()
    return made


@pytest.fixture
def draft_topic(at: datetime) -> Topic:
    """A topic of a hearing that only officials see."""
    return factories.a_topic(factories.a_draft(at=at), at=at)


def cookie_for(persona: str, at: datetime) -> str:
    made = {"moderator": factories.a_moderator, "official": factories.an_official}.get(persona)
    return cookie_of(made(at) if made else PERSONAS[persona](at=at))


def revise(changed: Contribution, at: datetime) -> None:
    assert changed.author
    actions.revise_contribution(contribution=changed, body="Other words", kind=VIEW, by=changed.author, at=at)


async def answer_to_watching(stream: str, cookie: str) -> Any:
    """Return the refusal, or None when the watch stands."""
    async with a_socket(cookie) as socket:
        await asks(socket, stream, since=2**62)
        await asks(socket, "nothing")
        said = await hears(socket)
        return None if said["stream"] == "nothing" else said


@pytest.mark.parametrize("persona", [name for name in PERSONAS if name != "official"])
async def test_everyone_may_watch_a_topic_of_a_published_hearing(persona: str, topic: Topic, at: datetime) -> None:
    cookie = await in_database(cookie_for, persona, at)

    assert await answer_to_watching(f"topic:{topic.pk}", cookie) is None


@pytest.mark.parametrize("persona", [name for name in PERSONAS if name != "official"])
async def test_a_draft_cannot_be_told_from_nothing(persona: str, draft_topic: Topic, at: datetime) -> None:
    cookie = await in_database(cookie_for, persona, at)

    for stream in (f"topic:{draft_topic.pk}", "topic:999999"):
        assert await answer_to_watching(stream, cookie) == {"stream": stream, "error": "refused"}


async def test_officials_may_watch_a_draft(draft_topic: Topic, at: datetime) -> None:
    cookie = await in_database(lambda: cookie_of(factories.an_official(at)))

    assert await answer_to_watching(f"topic:{draft_topic.pk}", cookie) is None


@pytest.mark.parametrize("persona", PERSONAS)
async def test_moderators_alone_watch_the_queue(persona: str, at: datetime) -> None:
    cookie = await in_database(cookie_for, persona, at)

    refusal = None if persona == "moderator" else {"stream": "queue", "error": "refused"}
    assert await answer_to_watching("queue", cookie) == refusal


@pytest.mark.parametrize("persona", PERSONAS)
async def test_those_who_write_the_white_paper_alone_watch_its_workbench(
    persona: str, topic: Topic, at: datetime
) -> None:
    cookie = await in_database(cookie_for, persona, at)
    stream = f"coding:{topic.consultation_id}"

    refusal = None if persona == "official" else {"stream": stream, "error": "refused"}
    assert await answer_to_watching(stream, cookie) == refusal
    assert await answer_to_watching("coding:999999", cookie) == {"stream": "coding:999999", "error": "refused"}


async def test_what_colleagues_put_under_statements_rings_at_the_workbench_of_that_hearing(
    topic: Topic, at: datetime
) -> None:
    other = await in_database(lambda: factories.the_topic(factories.a_hearing(at=at)))
    row, paper = await in_database(lambda: (factories.a_published(topic, at=at), a_paper(topic.consultation, at=at)))
    statement = await in_database(lambda: a_statement(paper, topic, at=at))
    cookie = await in_database(lambda: cookie_of(factories.an_official(at)))
    since = await in_database(head_position)
    await did(marked, statement, row, at=at)

    async with a_socket(cookie) as socket:
        await asks(socket, f"coding:{other.consultation_id}", since)
        await asks(socket, f"coding:{topic.consultation_id}", since)

        assert (await hears(socket))["stream"] == f"coding:{topic.consultation_id}"


@pytest.mark.parametrize(
    "stream", ["", "nothing", "topic", "topic:", "topic:0", "topic:-1", "topic:1:2", "topic:²", "queue:1", "TOPIC:1"]
)
async def test_a_stream_that_does_not_exist_is_refused(stream: str, topic: Topic) -> None:
    async with a_socket() as socket:
        await asks(socket, stream)

        assert await hears(socket) == {"stream": stream, "error": "refused"}
        assert await is_watching(socket)


async def test_what_was_missed_is_counted_and_what_comes_is_added(topic: Topic, at: datetime) -> None:
    since = await in_database(head_position)
    await did(factories.a_published, topic, at=at)
    stream = f"topic:{topic.pk}"

    async with a_socket() as socket:
        await asks(socket, stream, since)
        first = await hears(socket)
        await did(factories.a_published, topic, at=at)
        second = await hears(socket)

    assert first == {"stream": stream, "since": since + 2, "count": 1}
    assert second == {"stream": stream, "since": since + 4, "count": 2}


async def test_after_a_break_the_client_catches_up_by_position(topic: Topic, at: datetime) -> None:
    stream = f"topic:{topic.pk}"
    since = await in_database(head_position)
    async with a_socket() as socket:
        await asks(socket, stream, since)
        await did(factories.a_published, topic, at=at)
        since = (await hears(socket))["since"]
    for _away in range(3):
        await did(factories.a_published, topic, at=at)

    async with a_socket() as socket:
        await asks(socket, stream, since)

        assert (await hears(socket))["count"] == 3


async def test_an_answer_and_what_was_moved_here_ring_too(topic: Topic, at: datetime) -> None:
    def moved_here() -> None:
        other = factories.a_topic(topic.consultation, at=at)
        root = factories.a_published(other, at=at)
        factories.a_published(other, at=at, in_reply_to=root)
        by = as_moderator(factories.a_moderator(at))
        actions.move_contribution(contribution=root, to=topic, with_replies=True, by=by, at=at)

    async with a_socket() as socket:
        await asks(socket, f"topic:{topic.pk}", await in_database(head_position))
        asked = await did(factories.a_published, topic, at=at)
        first = await hears(socket)
        await did(factories.an_answer, asked, at=at)
        second = await hears(socket)
        await did(moved_here)
        third = await hears(socket)

    assert [said["count"] for said in (first, second, third)] == [1, 2, 4]


async def test_what_was_moved_here_from_another_hearing_rings_unless_it_waits(topic: Topic, at: datetime) -> None:
    def moved_here() -> None:
        other = factories.the_topic(factories.a_hearing(at=at))
        root = factories.a_published(other, at=at)
        factories.a_contribution(other, at=at, in_reply_to=root)
        by = as_moderator(factories.a_moderator(at))
        actions.move_to_consultation(contribution=root, to=topic, with_replies=True, by=by, at=at)

    async with a_socket() as socket:
        await asks(socket, f"topic:{topic.pk}", await in_database(head_position))
        await did(moved_here)

        assert (await hears(socket))["count"] == 1


async def test_what_is_held_back_rings_nothing_on_its_topic(topic: Topic, at: datetime) -> None:
    """Received, changed, moved while it waits, refused, withdrawn: the public hears of none."""

    def held() -> None:
        by = as_moderator(factories.a_moderator(at))
        other = factories.a_topic(topic.consultation, at=at)
        moved = factories.a_contribution(other, at=at)
        actions.move_contribution(contribution=moved, to=topic, with_replies=False, by=by, at=at)
        factories.a_refused(topic, at=at)
        changed = factories.a_contribution(topic, at=at)
        revise(changed, at)
        actions.withdraw_contribution(contribution=changed, by=changed.author, at=at)

    since = await in_database(head_position)
    async with a_socket() as early, a_socket() as late:
        await asks(early, f"topic:{topic.pk}", since)
        assert await is_watching(early)
        await did(held)
        await asks(late, f"topic:{topic.pk}", since)

        assert await is_watching(early)
        assert await is_watching(late)
    assert await in_database(head_position) > since


async def test_moderators_hear_of_each_change_of_the_queue(topic: Topic, at: datetime) -> None:
    def steps() -> None:
        factories.a_refused(topic, at=at)
        factories.a_published(topic, at=at)
        changed = factories.a_contribution(topic, at=at)
        revise(changed, at)
        actions.withdraw_contribution(contribution=changed, by=changed.author, at=at)

    cookie = await in_database(cookie_for, "moderator", at)
    async with a_socket(cookie) as socket:
        await asks(socket, "queue", await in_database(head_position))
        await did(steps)

        assert (await hears(socket))["count"] == 7


async def test_no_frame_holds_a_word_of_what_was_written(topic: Topic, at: datetime) -> None:
    cookie = await in_database(cookie_for, "moderator", at)
    since = await in_database(head_position)
    async with a_socket(cookie) as socket:
        for stream in ("queue", f"topic:{topic.pk}"):
            await asks(socket, stream, since)
        assert await is_watching(socket)
        await did(factories.a_published, topic, at=at, body="Unmistakable")
        said = [await hears(socket), await hears(socket)]

    assert [set(frame) for frame in said] == [{"stream", "since", "count"}] * 2
    assert "Unmistakable" not in json.dumps(said)


async def test_unwatching_ends_it(topic: Topic, at: datetime) -> None:
    async with a_socket() as socket:
        await asks(socket, f"topic:{topic.pk}", 2**62)
        await socket.send_json_to({"unwatch": f"topic:{topic.pk}"})
        assert await is_watching(socket)
        await did(factories.a_published, topic, at=at)

        assert await is_watching(socket)
        assert here().registry.watches() == []


@pytest.mark.parametrize("how", ["logout", "new password", "suspended", "role ended"])
async def test_a_session_that_ends_ends_its_sockets(how: str, at: datetime) -> None:
    def end_session() -> None:
        moderator = factories.a_moderator(at)
        if how == "logout":
            Session.objects.all().delete()
        elif how == "new password":
            moderator.set_password("another long and boring password")
            moderator.save()
        elif how == "role ended":
            end_role(assignment=moderator.assignments.get(), by=THE_SYSTEM, at=at)
        else:
            User.objects.filter(pk=moderator.pk).update(is_active=False)

    cookie = await in_database(cookie_for, "moderator", at)
    async with a_socket() as stranger:
        mine, _accepted = await handshake(cookie)
        await asks(mine, "queue", 2**62)
        assert await is_watching(mine)
        await in_database(end_session)
        await here().go_round()

        assert {"type": "websocket.close", "code": 1008} in [await mine.receive_output(5) for _frame in range(2)]
        assert await is_watching(stranger)
    assert len(here().registry) == 0


async def test_a_doorbell_that_the_layer_lost_is_made_good_by_the_next_round(topic: Topic, at: datetime) -> None:
    def unheard() -> None:
        factories.a_published(topic, at=at)
        sequence_entries()

    async with a_socket() as socket:
        await here().go_round()
        await asks(socket, f"topic:{topic.pk}", await in_database(head_position))
        assert await is_watching(socket)
        await in_database(unheard)
        assert await is_watching(socket)
        await here().go_round()
        first = await hears(socket)
        await here().go_round()

        assert first["count"] == 1
        assert await is_watching(socket)


async def test_the_last_socket_to_leave_ends_the_subscription() -> None:
    async with a_socket():
        tasks = list(here()._tasks)
        assert len(here().registry) == 1
        assert not any(task.done() for task in tasks)

    assert len(here().registry) == 0
    assert here()._tasks == []


async def test_a_person_holds_so_many_sockets_and_no_more(at: datetime, settings: Any) -> None:
    settings.LIVE_SOCKETS_OF_A_PERSON = 1
    cookie = await in_database(cookie_for, "resident", at)
    async with a_socket(cookie):
        second, accepted = await handshake(cookie)
        assert not accepted
        async with a_socket():  # somebody else
            await second.wait()


async def test_a_process_holds_so_many_sockets_and_no_more(settings: Any) -> None:
    settings.LIVE_SOCKETS = 1
    async with a_socket():
        second, accepted = await handshake()
        assert not accepted
        await second.wait()
    async with a_socket():
        pass
