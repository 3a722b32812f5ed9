"""What was published by rule stands in the queue until somebody has read it, one by one or several at once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.consultations.models import Topic
from apps.discussions.actions import withdraw_contribution
from apps.discussions.errors import AlreadyReviewed
from apps.discussions.models import Contribution
from apps.exchange.queries import check_ledger
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry
from apps.moderation.actions import Ruling, decide_contribution, undo_decision
from apps.moderation.enums import Outcome, QueuePart, QueueThing
from apps.moderation.errors import Overtaken
from apps.moderation.indicators import measures
from apps.moderation.models import Decision
from apps.moderation.queries import (
    Narrowed,
    first_due,
    next_waiting,
    oldest_waiting_since,
    overdue,
    queue_around,
    queue_length,
    queue_page,
    undoable_by,
)
from apps.screening.models import ListedWord
from tests import factories
from tests.moderation.cases import a_report, left
from tests.moderation.desk import a_reason, publish, refuse, shown

pytestmark = pytest.mark.django_db

CALM = "The benches by the harbour are a gift."
REVIEW = Ruling(outcome=Outcome.REVIEW, version=1)


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.publishing_first(factories.a_hearing(at=at), at=at))


@pytest.fixture
def unread(topic: Topic, at: datetime) -> Contribution:
    return factories.a_contribution(topic, at=at, body=CALM)


@pytest.fixture
def moderator(at: datetime) -> User:
    return factories.a_moderator(at)


@pytest.fixture
def client(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


def in_queue(narrowed: Narrowed) -> list[Contribution]:
    return [thing.row for thing in queue_page(narrowed)[0]]


def test_it_stands_in_one_queue_with_what_waits_by_due_time(
    topic: Topic, unread: Contribution, moderator: User, at: datetime
) -> None:
    before = factories.a_contribution(topic, at=at - timedelta(minutes=5), body="Ring 22 33 44 55.")
    elsewhere = factories.a_contribution(factories.the_topic(factories.a_hearing(at=at)), at=at + timedelta(minutes=5))
    everything = Narrowed(viewer=moderator, at=at)

    assert in_queue(everything) == [before, unread, elsewhere] or in_queue(everything) == [unread, before, elsewhere]
    assert in_queue(Narrowed(viewer=moderator, at=at, part=QueuePart.UNREAD)) == [unread]
    assert in_queue(Narrowed(viewer=moderator, at=at, part=QueuePart.SIGNALS)) == [before]
    assert in_queue(Narrowed(viewer=moderator, at=at, consultation=elsewhere.consultation)) == [elsewhere]
    assert queue_length() == 3
    assert first_due() == min(before.due_at, unread.due_at)
    assert oldest_waiting_since() == min(before.received_at, unread.received_at)
    assert [thing.row for thing in queue_around(unread, everything)] == in_queue(everything)
    follows = next_waiting(everything, behind=elsewhere)
    assert follows is not None
    assert follows.row == in_queue(everything)[0]
    follows = next_waiting(Narrowed(viewer=moderator, at=at, part=QueuePart.UNREAD), behind=before)
    assert follows is not None
    assert follows.row == unread


def test_it_becomes_overdue_and_moderators_are_told(unread: Contribution, at: datetime) -> None:
    assert overdue(at=at) == 0
    assert overdue(at=at + timedelta(days=7)) == 1


def test_a_moderator_lets_it_stand(client: Client, unread: Contribution, moderator: User) -> None:
    page = shown(client.get(f"/en/moderation/items/{unread.pk}/"))
    assert "No moderator has read it yet." in page
    assert "Let it stand" in page

    typed = {"outcome": "review", "version": 1, "internal_facts": ""}
    answer = client.post(f"/en/moderation/items/{unread.pk}/decide/", typed, follow=True)

    assert "is marked as read. It stays published." in shown(answer)
    unread.refresh_from_db()
    assert (unread.status, unread.is_unread) == ("published", False)
    decision = Decision.objects.get()
    assert (decision.outcome, decision.is_first_reading, decision.decided_by) == ("review", True, moderator)
    assert Entry.objects.filter(kind="contribution.reviewed", actor_role="moderator").count() == 1
    assert queue_length() == 0
    assert "Read afterwards" in shown(client.get("/en/moderation/log/"))
    sequence_entries()
    assert check_ledger().problem == ""


def test_letting_it_stand_twice_is_one_decision(client: Client, unread: Contribution) -> None:
    typed = {"outcome": "review", "version": 1, "internal_facts": ""}
    answers = [client.post(f"/en/moderation/items/{unread.pk}/decide/", typed).status_code for _click in range(2)]

    assert answers == [302, 302]
    assert Decision.objects.count() == 1


def test_a_colleague_who_comes_second_is_told(client: Client, unread: Contribution, at: datetime) -> None:
    decide_contribution(contribution=unread, ruling=REVIEW, by=factories.another_moderator(at), at=at)

    typed = {"outcome": "review", "version": 1, "internal_facts": ""}
    answer = client.post(f"/en/moderation/items/{unread.pk}/decide/", typed)

    assert answer.status_code == 409
    assert "no longer waits to be read" in shown(answer)


@pytest.mark.parametrize("outcome", [Outcome.HIDE, Outcome.REDACT, Outcome.MOVE])
def test_every_other_decision_is_a_first_reading_too(
    topic: Topic, unread: Contribution, moderator: User, at: datetime, outcome: Outcome
) -> None:
    to = factories.a_topic(topic.consultation, at=at)
    ruling = Ruling(outcome=outcome, version=1, reason=a_reason(), sentence="It is private.", passage="benches", to=to)

    decide_contribution(contribution=unread, ruling=ruling, by=moderator, at=at)

    assert not Contribution.stored.get().is_unread
    assert Decision.objects.get().is_first_reading
    assert queue_length() == 0


def test_nobody_lets_their_own_text_stand(topic: Topic, moderator: User, at: datetime) -> None:
    own = factories.a_contribution(topic, at=at, body=CALM, by=moderator)

    with pytest.raises(NotAllowed):
        decide_contribution(contribution=own, ruling=REVIEW, by=moderator, at=at)
    assert next_waiting(Narrowed(viewer=moderator, at=at), behind=own) is None


def test_what_a_moderator_published_before_cannot_be_let_stand(moderator: User, at: datetime) -> None:
    text = factories.a_published(factories.the_topic(factories.a_hearing(at=at)), at=at)

    with pytest.raises(AlreadyReviewed):
        decide_contribution(contribution=text, ruling=REVIEW, by=moderator, at=at)
    assert not Decision.objects.exists()


def test_a_reading_or_a_hiding_that_is_undone_lets_it_wait_to_be_read_again(
    topic: Topic, unread: Contribution, moderator: User, at: datetime
) -> None:
    read = decide_contribution(contribution=unread, ruling=REVIEW, by=moderator, at=at)
    other = factories.a_contribution(topic, at=at, body=CALM)
    hidden = decide_contribution(
        contribution=other, ruling=Ruling(outcome=Outcome.HIDE, version=1, reason=a_reason(), sentence="Private."),
        by=moderator, at=at,
    )  # fmt: skip
    assert undoable_by(moderator, at=at) == [hidden, read]

    for decision in (read, hidden):
        undo_decision(decision=decision, by=moderator, at=at)

    for row in (unread, other):
        row.refresh_from_db()
        assert (row.status, row.unread_since) == ("published", row.received_at)
        assert row in in_queue(Narrowed(viewer=moderator, at=at))
    assert Entry.objects.filter(kind="contribution.unread_again").count() == 2
    sequence_entries()
    assert check_ledger().problem == ""


def test_a_reading_is_not_undone_where_its_author_took_the_text_back(
    unread: Contribution, moderator: User, at: datetime
) -> None:
    read = decide_contribution(contribution=unread, ruling=REVIEW, by=moderator, at=at)
    withdraw_contribution(contribution=unread, by=factories.a_writer(at), at=at)

    with pytest.raises(Overtaken):
        undo_decision(decision=read, by=moderator, at=at)


def test_the_page_offers_to_undo_a_reading(client: Client, unread: Contribution) -> None:
    client.post(f"/en/moderation/items/{unread.pk}/decide/", {"outcome": "review", "version": 1, "internal_facts": ""})
    address = f"/en/moderation/decisions/{Decision.objects.get().pk}/undo/"
    assert address in client.get("/en/moderation/").content.decode()

    undone = client.post(address, follow=True)

    assert "The reading of no. 1 is undone. It waits to be read again." in shown(undone)


def test_a_move_that_is_undone_lets_it_wait_to_be_read_again(
    topic: Topic, unread: Contribution, moderator: User, at: datetime
) -> None:
    to = factories.a_topic(topic.consultation, at=at)
    moved = decide_contribution(
        contribution=unread, ruling=Ruling(outcome=Outcome.MOVE, version=1, to=to), by=moderator, at=at
    )
    assert not unread.is_unread

    undo_decision(decision=moved, by=moderator, at=at)

    unread.refresh_from_db()
    assert (unread.topic, unread.is_unread) == (topic, True)
    sequence_entries()
    assert check_ledger().problem == ""


def test_a_hiding_of_what_had_been_read_leaves_it_read_when_it_is_undone(
    unread: Contribution, moderator: User, at: datetime
) -> None:
    decide_contribution(contribution=unread, ruling=REVIEW, by=moderator, at=at)
    hide = Ruling(outcome=Outcome.HIDE, version=1, reason=a_reason(), sentence="Private.")
    hidden = decide_contribution(contribution=unread, ruling=hide, by=moderator, at=at)

    undo_decision(decision=hidden, by=moderator, at=at)

    unread.refresh_from_db()
    assert not unread.is_unread


def test_what_is_unread_and_reported_stands_in_the_queue_once(
    client: Client, unread: Contribution, moderator: User, at: datetime
) -> None:
    report = a_report(unread, at=at + timedelta(hours=1))
    everything = Narrowed(viewer=moderator, at=at)

    assert in_queue(everything) == [report.case]
    assert report.case.due_at == unread.due_at
    assert queue_length() == 1
    assert in_queue(Narrowed(viewer=moderator, at=at, part=QueuePart.UNREAD)) == [unread]
    assert in_queue(Narrowed(viewer=moderator, at=at, thing=QueueThing.TEXTS)) == [unread]
    assert in_queue(Narrowed(viewer=moderator, at=at, thing=QueueThing.REPORTS)) == [report.case]
    assert client.get(f"/en/moderation/items/{unread.pk}/").status_code == 200
    left(report, at=at + timedelta(hours=2))
    assert in_queue(everything) == []


def test_who_looks_into_a_report_has_read_the_text(unread: Contribution, at: datetime) -> None:
    left(a_report(unread, at=at), at=at)

    unread.refresh_from_db()
    assert not unread.is_unread


def test_several_are_let_stand_and_published_in_one_go(
    client: Client, topic: Topic, unread: Contribution, at: datetime
) -> None:
    held = factories.a_contribution(topic, at=at, body="Ring 22 33 44 55.")
    rows = [unread, held]
    address = "/en/moderation/several/?" + "&".join(f"id={row.pk}" for row in rows)
    page = shown(client.get(address))
    assert f"I have read no. {unread.number}, let it stand" in page
    assert f"I have read no. {held.number}, publish it" in page
    sent = {f"version-{row.pk}": 1 for row in rows} | {"read": [row.pk for row in rows]}

    answers = [client.post(address, sent).status_code for _click in range(2)]

    assert answers == [302, 302]
    assert queue_length() == 0
    assert sorted(Decision.objects.values_list("outcome", flat=True)) == ["publish", "review"]


def test_measures_count_a_first_reading_as_the_first_decision(
    topic: Topic, unread: Contribution, moderator: User, at: datetime
) -> None:
    other = factories.a_contribution(topic, at=at, body=CALM)
    late = at + timedelta(hours=2)
    hide = Ruling(outcome=Outcome.HIDE, version=1, reason=a_reason(), sentence="It is private.")
    decide_contribution(contribution=unread, ruling=hide, by=moderator, at=late)

    found = measures(at=late, days=30)

    assert (found.decided, found.waiting, found.oldest) == (1, 1, other.received_at)
    assert "2" in found.median


def test_the_queue_says_in_words_what_was_noticed_and_narrows_to_it(client: Client, topic: Topic, at: datetime) -> None:
    factories.a_contribution(topic, at=at, body="Ring 22 33 44 55, se www.example.org")
    factories.a_contribution(topic, at=at, body=CALM)

    page = client.get("/en/moderation/?part=signals")

    assert "A program noticed: Telephone number, Link" in shown(page)
    assert page.content.decode().count('<li class="qitem"') == 1
    assert "?part=signals" in page.content.decode()
    assert "A program noticed" not in shown(client.get("/en/moderation/?part=unread"))


def test_the_item_shows_what_was_kept_and_not_what_would_be_noticed_now(client: Client, at: datetime) -> None:
    text = factories.a_contribution(
        factories.the_topic(factories.a_hearing(at=at)), at=at, body="Sikke en idiot, ring 22 33 44 55."
    )
    ListedWord.objects.update(is_active=False)

    page = shown(client.get(f"/en/moderation/items/{text.pk}/"))

    assert "coarse words: “idiot”" in page
    assert "telephone number: “22 33 44 55”" in page


@pytest.mark.parametrize(("body", "is_offered"), [("Ring 22 33 44 55.", True), (CALM, False)])
def test_the_moderator_is_asked_whether_a_signal_pointed_it_out_where_there_is_one(
    client: Client, at: datetime, body: str, is_offered: bool
) -> None:
    text = factories.a_contribution(factories.the_topic(factories.a_hearing(at=at)), at=at, body=body)

    page = client.get(f"/en/moderation/items/{text.pk}/").content.decode()

    assert ('name="is_detected"' in page) is is_offered
    assert 'name="is_detected" checked' not in page


def test_it_is_ticked_beforehand_where_a_program_made_the_text_wait(client: Client, topic: Topic, at: datetime) -> None:
    text = factories.a_contribution(topic, at=at, body="Ring 22 33 44 55.")
    address = f"/en/moderation/items/{text.pk}/decide/"
    typed = {"outcome": "refuse", "version": 1, "reason": a_reason().code, "sentence": "It is private."}

    page = client.get(f"/en/moderation/items/{text.pk}/").content.decode()
    client.post(address, typed | {"is_detected": "on", "internal_facts": ""})

    assert 'id="id_is_detected" checked' in page or "checked" in page.split('name="is_detected"')[1][:60]
    statement = Decision.objects.get().statement
    assert statement.automated_detection


def test_what_is_published_or_refused_by_a_moderator_is_no_first_reading(moderator: User, at: datetime) -> None:
    topic = factories.the_topic(factories.a_hearing(at=at))
    for ruling in (publish(), refuse()):
        text = factories.a_contribution(topic, at=at)
        decide_contribution(contribution=text, ruling=ruling, by=moderator, at=at)

    assert set(Decision.objects.values_list("is_first_reading", flat=True)) == {False}
