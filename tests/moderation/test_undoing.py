"""Undoing: who decided, within a minute, once, as an entry of its own; and nobody was told meanwhile."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.errors import NotAllowed
from apps.consultations.models import Consultation
from apps.discussions.actions import hide_contribution, withdraw_contribution
from apps.discussions.errors import AlreadyAnswered
from apps.discussions.models import Contribution
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.moderation.actions import Ruling, decide_contribution, undo_decision
from apps.moderation.enums import Outcome
from apps.moderation.errors import Overtaken
from apps.moderation.models import UNDO_LASTS, Decision
from apps.moderation.queries import holder_of, queue_item
from tests.factories import a_contribution, a_hearing, a_moderator, a_published, a_topic, a_writer, the_topic
from tests.moderation.desk import SENTENCE, a_colleague, a_reason, publish, refuse, send_back, shown

pytestmark = pytest.mark.django_db
SOON = timedelta(seconds=59)
QUEUE = "/en/moderation/"


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return a_hearing(at=at)


@pytest.fixture
def moderator(at: datetime) -> User:
    return a_moderator(at)


@pytest.fixture
def waiting(hearing: Consultation, at: datetime) -> Contribution:
    return a_contribution(the_topic(hearing), at=at - timedelta(hours=1))


def decided(row: Contribution, ruling: Ruling, by: User, at: datetime) -> Decision:
    return decide_contribution(contribution=row, ruling=ruling, by=by, at=at)


def stands(row: Contribution) -> dict[str, Any]:
    """Return what of a contribution a decision may change."""
    row.refresh_from_db()
    names = ("status", "topic_id", "due_at", "refusal_reason_id", "refusal_sentence", "version", "root_number")
    return {name: getattr(row, name) for name in names} | {"counted": row.topic.published_count}


def hide() -> Ruling:
    return Ruling(outcome=Outcome.HIDE, version=1, reason=a_reason(), sentence=SENTENCE)


def restore() -> Ruling:
    return Ruling(outcome=Outcome.RESTORE, version=1, sentence=SENTENCE)


@pytest.mark.parametrize("ruling", [publish, refuse, send_back])
def test_what_waited_waits_again_at_its_place_and_is_the_moderators(
    ruling: Any, waiting: Contribution, moderator: User, at: datetime
) -> None:
    before = stands(waiting)
    decision = decided(waiting, ruling(), moderator, at)

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    assert stands(waiting) == before
    assert decision.undone_at == at + SOON
    item = queue_item(waiting.pk)
    assert item is not None
    assert holder_of(item, at=at + SOON) == moderator
    assert Entry.objects.latest("pk").kind == "contribution.reopened"
    assert check_ledger().problem == ""


def test_what_was_hidden_or_shown_again_goes_back(hearing: Consultation, moderator: User, at: datetime) -> None:
    row = a_published(the_topic(hearing), at=at - timedelta(hours=1))
    published = stands(row)

    undo_decision(decision=decided(row, hide(), moderator, at), by=moderator, at=at + SOON)
    assert stands(row) == published

    decided(row, hide(), moderator, at + timedelta(minutes=2))
    hidden = stands(row)
    later = at + timedelta(minutes=5)
    undo_decision(decision=decided(row, restore(), moderator, later), by=moderator, at=later + SOON)
    assert stands(row) == hidden
    assert check_ledger().problem == ""


@pytest.mark.parametrize("with_replies", [True, False])
def test_what_was_moved_goes_back_with_those_that_followed(
    with_replies: bool, hearing: Consultation, moderator: User, at: datetime
) -> None:
    root = a_published(the_topic(hearing), at=at - timedelta(hours=1))
    reply = a_published(the_topic(hearing), at=at - timedelta(hours=1), in_reply_to=root)
    before, of_reply = stands(root), reply.topic_id
    there = a_topic(hearing, at=at, title="Elsewhere")
    move = Ruling(outcome=Outcome.MOVE, version=1, to=there, with_replies=with_replies)
    decision = decided(root, move, moderator, at)
    reply.refresh_from_db()
    assert (reply.topic_id == there.pk) is with_replies

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    assert stands(root) == before
    reply.refresh_from_db()
    assert (reply.topic_id, reply.root_id, reply.root_number) == (of_reply, root.pk, root.number)
    assert check_ledger().problem == ""


def test_a_reply_that_was_moved_stands_under_its_root_again_with_what_was_written_meanwhile(
    hearing: Consultation, moderator: User, at: datetime
) -> None:
    root, there = a_published(the_topic(hearing), at=at), a_topic(hearing, at=at, title="Elsewhere")
    reply = a_published(the_topic(hearing), at=at, in_reply_to=root)
    before = stands(reply)
    decision = decided(reply, Ruling(outcome=Outcome.MOVE, version=1, to=there), moderator, at)
    meanwhile = a_published(there, at=at, in_reply_to=reply)

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    assert stands(reply) == before | {"counted": 3}
    assert stands(meanwhile) == stands(reply)
    assert {reply.root_id, meanwhile.root_id} == {root.pk}
    assert check_ledger().problem == ""


def test_what_was_written_under_a_reply_that_stayed_stands_under_the_root_again(
    hearing: Consultation, moderator: User, at: datetime
) -> None:
    topic, there = the_topic(hearing), a_topic(hearing, at=at, title="Elsewhere")
    root = a_published(topic, at=at)
    reply, alone = a_published(topic, at=at, in_reply_to=root), a_published(topic, at=at)
    move = Ruling(outcome=Outcome.MOVE, version=1, to=there, with_replies=False)
    decision = decided(root, move, moderator, at)
    reply.refresh_from_db()
    meanwhile = a_published(topic, at=at, in_reply_to=reply)

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    for row in (reply, meanwhile, alone):
        row.refresh_from_db()
    assert {reply.root_id, meanwhile.root_id} == {root.pk}
    assert alone.root_id is None
    assert check_ledger().problem == ""


def test_a_reply_whose_root_was_moved_away_since_is_not_moved_back(
    hearing: Consultation, moderator: User, at: datetime
) -> None:
    root, there = a_published(the_topic(hearing), at=at), a_topic(hearing, at=at, title="Elsewhere")
    reply = a_published(the_topic(hearing), at=at, in_reply_to=root)
    decision = decided(reply, Ruling(outcome=Outcome.MOVE, version=1, to=there), moderator, at)
    decided(root, Ruling(outcome=Outcome.MOVE, version=1, to=there), moderator, at)

    with pytest.raises(Overtaken):
        undo_decision(decision=decision, by=moderator, at=at + SOON)

    assert stands(reply)["topic_id"] == there.pk


def test_only_who_decided_and_only_for_a_minute(waiting: Contribution, moderator: User, at: datetime) -> None:
    decision = decided(waiting, publish(), moderator, at)

    for by, moment in ((a_colleague(at), at), (a_writer(at), at), (moderator, at + UNDO_LASTS)):
        with pytest.raises(NotAllowed):
            undo_decision(decision=decision, by=by, at=moment)

    waiting.refresh_from_db()
    assert waiting.is_published


def test_it_is_undone_once(waiting: Contribution, moderator: User, at: datetime) -> None:
    decision = decided(waiting, publish(), moderator, at)
    seen_before = Decision.objects.get(pk=decision.pk)
    undo_decision(decision=decision, by=moderator, at=at + SOON)
    entries = Entry.objects.count()

    with pytest.raises(Overtaken):
        undo_decision(decision=seen_before, by=moderator, at=at + SOON)

    assert Entry.objects.count() == entries


def test_what_happened_since_is_not_undone(hearing: Consultation, moderator: User, at: datetime) -> None:
    answered, hidden, withdrawn, decided_again = (a_contribution(the_topic(hearing), at=at) for _ in range(4))
    rows, colleague = (answered, hidden, withdrawn, decided_again), a_colleague(at)
    decisions = [decided(row, publish(), moderator, at) for row in rows]
    a_contribution(the_topic(hearing), at=at, in_reply_to=answered)
    hide_contribution(contribution=hidden, reason=a_reason(), sentence=SENTENCE, by=as_moderator(colleague), at=at)
    withdraw_contribution(contribution=withdrawn, by=a_writer(at), at=at)
    decided(decided_again, hide(), colleague, at)
    before = [stands(row) for row in rows]

    for decision, error in zip(decisions, (AlreadyAnswered, Overtaken, Overtaken, Overtaken), strict=True):
        with pytest.raises(error):
            undo_decision(decision=decision, by=moderator, at=at + SOON)
        decision.refresh_from_db()
        assert decision.undone_at is None

    assert [stands(row) for row in rows] == before


# ------------------------------------------------------------------ on the page


@pytest.fixture
def clock(at: datetime) -> Iterator[Any]:
    with time_machine.travel(at, tick=False) as traveller:
        yield traveller


@pytest.fixture
def client(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


def test_the_button_stands_for_a_minute_and_works_without_script(
    client: Client, waiting: Contribution, clock: Any, at: datetime
) -> None:
    page = client.post(f"{QUEUE}items/{waiting.pk}/decide/", {"outcome": "publish", "version": "1"}, follow=True)
    decision = Decision.objects.get()
    address = f"{QUEUE}decisions/{decision.pk}/undo/"
    assert f'action="{address}"' in page.content.decode()
    clock.move_to(at + UNDO_LASTS)
    assert address not in client.get(QUEUE).content.decode()
    clock.move_to(at + SOON)

    undone = client.post(f"{address}?kind=view", follow=True)

    assert undone.redirect_chain == [(f"{QUEUE}items/{waiting.pk}/?kind=view", 302)]
    assert "The decision on no. 1 is undone. It waits again, and is yours." in shown(undone)
    assert address not in undone.content.decode()
    assert "undone" in shown(client.get(f"{QUEUE}items/{waiting.pk}/"))
    assert "Undone" in shown(client.get(f"{QUEUE}log/"))


def test_too_late_is_told_at_the_item(client: Client, waiting: Contribution, clock: Any, at: datetime) -> None:
    client.post(f"{QUEUE}items/{waiting.pk}/decide/", {"outcome": "publish", "version": "1"})
    clock.move_to(at + UNDO_LASTS)

    page = client.post(f"{QUEUE}decisions/{Decision.objects.get().pk}/undo/")

    assert page.status_code == 403
    assert "It is too late to undo this" in shown(page)
    assert "No. 1" in shown(page)


def test_a_decision_that_is_not_there(client: Client) -> None:
    assert client.post(f"{QUEUE}decisions/9/undo/").status_code == 404
