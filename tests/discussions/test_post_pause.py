"""A while between two contributions of one person in a topic, where officials have set one."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine

from apps.accounts.models import User
from apps.accounts.rules import AN_IMPORT
from apps.common.errors import NotAllowed
from apps.consultations.actions import ConsultationText, revise_consultation
from apps.consultations.enums import PostPause
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import phases_of
from apps.discussions.actions import (
    Author,
    Received,
    Writing,
    receive_many,
    revise_contribution,
    submit_contribution,
)
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from apps.ledger.models import Entry
from tests import factories, personas
from tests.concurrency import Work, at_once, shared_database
from tests.discussions.conftest import Browser
from tests.discussions.sending import STORED, TEXT, send, shown, typed_in, url_of

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def slow(topic: Topic, at: datetime) -> Topic:
    """A topic in which five minutes pass between two contributions."""
    _set(topic.consultation, PostPause.FIVE, at)
    return factories.the_topic(topic.consultation)


def _set(hearing: Consultation, pause: PostPause, at: datetime) -> bool:
    text = ConsultationText(title=hearing.title, lede=hearing.lede, post_pause=pause)
    return revise_consultation(consultation=hearing, text=text, by=factories.an_official(at), at=at)


def _sent(topic: Topic, by: User, at: datetime, *, key: int = 1, body: str = "Text") -> Contribution:
    return submit_contribution(
        topic=topic, kind=ContributionKind.VIEW, body=body, submission_key=UUID(int=key), by=by, at=at
    )


@pytest.mark.parametrize(
    ("later", "sentence"),
    [
        (timedelta(), "You can write here again in 5 minutes."),
        (timedelta(seconds=1), "You can write here again in 5 minutes."),
        (MINUTE, "You can write here again in 4 minutes."),
        (4 * MINUTE, "You can write here again in 1 minute."),
        (5 * MINUTE - timedelta(seconds=1), "You can write here again in 1 minute."),
        # A clock that was set back lets nobody wait longer than the pause.
        (-60 * MINUTE, "You can write here again in 5 minutes."),
    ],
)
def test_a_second_text_waits(later: timedelta, sentence: str, slow: Topic, at: datetime) -> None:
    writer = factories.a_writer(at)
    _sent(slow, writer, at)

    with pytest.raises(NotAllowed) as refused:
        _sent(slow, writer, at + later, key=2)

    assert str(refused.value) == sentence
    assert Contribution.stored.count() == 1


def test_when_the_pause_is_over_the_next_is_received(slow: Topic, at: datetime) -> None:
    writer = factories.a_writer(at)

    numbers = [_sent(slow, writer, at + step * 5 * MINUTE, key=step + 1).number for step in range(3)]

    assert numbers == [1, 2, 3]


def test_nobody_waits_beyond_the_deadline(slow: Topic, at: datetime) -> None:
    writer, closes = factories.a_writer(at), phases_of(slow.consultation)[0].closes_at
    assert closes
    _sent(slow, writer, closes - 6 * MINUTE)

    with pytest.raises(NotAllowed, match="in 5 minutes"):
        _sent(slow, writer, closes - 6 * MINUTE, key=2)
    assert _sent(slow, writer, closes - MINUTE, key=3).number == 2
    assert _sent(slow, writer, closes - MINUTE, key=4).number == 3


def test_nobody_waits_for_others_in_other_topics_or_where_none_is_set(slow: Topic, at: datetime) -> None:
    writer, neighbour = factories.a_writer(at), personas.resident(at=at)
    beside = factories.a_topic(slow.consultation, at=at, title="Beside")
    quick = factories.the_topic(factories.a_hearing(at=at))
    _sent(slow, writer, at)

    assert _sent(slow, neighbour, at, key=2).number == 2
    assert _sent(Topic.objects.select_related("consultation").get(pk=beside.pk), writer, at, key=3).number == 3
    assert [_sent(quick, writer, at, key=key).number for key in (4, 5)] == [1, 2]


def test_the_same_click_twice_is_no_second_text(slow: Topic, at: datetime) -> None:
    writer = factories.a_writer(at)

    assert _sent(slow, writer, at) == _sent(slow, writer, at)


def test_an_edit_does_not_wait(slow: Topic, at: datetime) -> None:
    writer = factories.a_writer(at)
    sent = _sent(slow, writer, at)

    assert revise_contribution(contribution=sent, kind=ContributionKind.VIEW, body="Better", by=writer, at=at)


def test_answers_and_imports_do_not_wait(slow: Topic, at: datetime) -> None:
    official = factories.an_official(at)
    asked = [factories.a_published(slow, at=at, by=person) for person in (factories.a_writer(at), official)]

    assert [factories.an_answer(row, at=at).number for row in asked] == [3, 4]
    assert factories.a_contribution(slow, at=at + 5 * MINUTE, by=official).number == 5
    author = Author(name="By post", person=factories.a_writer(at))
    writing = Writing(topic=slow, author=author, kind=ContributionKind.VIEW, body="A letter.")
    rows = [Received(writing=writing, received_at=at + 5 * MINUTE) for _row in range(2)]
    made = receive_many(consultation_id=slow.consultation_id, rows=rows, by=AN_IMPORT, decided_by=AN_IMPORT)
    assert [row.number for row in made] == [6, 7]


def test_the_setting_stands_in_the_ledger_as_the_others_do(topic: Topic, at: datetime) -> None:
    hearing = topic.consultation

    assert _set(hearing, PostPause.FIVE, at)
    assert not _set(hearing, PostPause.FIVE, at)

    hearing.refresh_from_db()
    assert hearing.post_pause == 5
    entry = Entry.objects.get(kind="consultation.revised")
    assert (entry.consultation_id, entry.actor_role) == (hearing.pk, "official")


def test_it_holds_at_once_and_for_what_was_sent_before(topic: Topic, at: datetime) -> None:
    """The page was opened before the setting changed: what counts is how it stands."""
    writer = factories.a_writer(at)
    _sent(topic, writer, at)
    _set(Consultation.objects.get(pk=topic.consultation_id), PostPause.HOUR, at)

    with pytest.raises(NotAllowed, match="in 60 minutes"):
        _sent(topic, writer, at, key=2)


def test_the_form_says_so_first_keeps_what_is_typed_and_sends_it_then(
    slow: Topic, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(factories.a_writer(at))
    assert "You can write here again" not in shown(browser.get(url_of(slow)))
    assert send(browser, slow, key=UUID(int=1), body="First.").status_code == 302

    topic_page = f"/en/consultations/{slow.consultation.slug}/topics/{slow.slug}/"
    for address in (url_of(slow), topic_page):
        assert "You can write here again in 5 minutes." in shown(browser.get(address))
    refused = send(browser, slow, key=UUID(int=2), body=TEXT)

    assert refused.status_code == 403
    assert "You can write here again in 5 minutes." in shown(refused)
    assert typed_in(refused) == STORED
    assert 'value="send"' in refused.content.decode()
    with time_machine.travel(at + 5 * MINUTE, tick=False):
        opened = browser.get(url_of(slow))
        assert "You can write here again" not in shown(opened)
        assert typed_in(opened) == STORED
        assert send(browser, slow, key=UUID(int=2), body=TEXT).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_texts_at_the_same_instant_one_passes(at: datetime, tmp_path: Path) -> None:
    writer, hearing = factories.a_writer(at), factories.a_hearing(at=at)
    _set(hearing, PostPause.FIVE, at)
    topics = [factories.the_topic(hearing), factories.a_topic(hearing, at=at, title="Another")]

    def sending(topic: Topic, key: int) -> Work:
        return lambda: [None, _sent(topic, User.objects.get(pk=writer.pk), at, key=key)][0]

    with shared_database(tmp_path):
        for step, topic in enumerate(topics):
            raised = at_once(sending(topic, 10 * step + 1), sending(topic, 10 * step + 2))
            assert [type(problem) for problem in raised] == [NotAllowed], raised
            assert Contribution.stored.filter(topic=topic).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_the_same_instant_is_one_text_and_no_refusal(at: datetime, tmp_path: Path) -> None:
    writer, hearing = factories.a_writer(at), factories.a_hearing(at=at)
    _set(hearing, PostPause.FIVE, at)
    topic = factories.the_topic(hearing)

    def click() -> None:
        _sent(topic, User.objects.get(pk=writer.pk), at)

    with shared_database(tmp_path):
        assert at_once(click, click) == []
        assert Contribution.stored.count() == 1
