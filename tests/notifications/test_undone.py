"""Mail about a decision leaves when it can no longer be undone; what was undone is told to nobody."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.consultations.models import Topic
from apps.moderation.actions import decide_contribution, undo_decision
from apps.notifications import tasks
from apps.notifications.models import OutgoingMail
from tests.factories import a_contribution, a_hearing, a_moderator, a_writer, an_answer, the_topic
from tests.moderation.desk import publish

pytestmark = pytest.mark.django_db
MINUTE = timedelta(seconds=60)


@pytest.fixture(autouse=True)
def _held(settings: Any) -> None:
    settings.UNDO_SECONDS = 60


@pytest.fixture
def clock(at: datetime) -> Iterator[Any]:
    with time_machine.travel(at, tick=False) as traveller:
        yield traveller


@pytest.fixture
def topic(at: datetime) -> Topic:
    person = a_writer(at)
    person.language = "en"
    person.save()
    return the_topic(a_hearing(at=at))


@pytest.fixture
def moderator(at: datetime) -> User:
    return a_moderator(at)


def written() -> list[str]:
    tasks.write_mail()
    return [mail.subject for mail in OutgoingMail.objects.order_by("pk")]


def test_it_waits_a_minute_with_all_that_stands_behind_it(
    topic: Topic, moderator: User, clock: Any, at: datetime
) -> None:
    row = a_contribution(topic, at=at)
    decide_contribution(contribution=row, ruling=publish(), by=moderator, at=at)
    a_contribution(topic, at=at + timedelta(seconds=5))
    assert len(written()) == 1  # the receipt that stands before it

    clock.move_to(at + MINUTE - timedelta(seconds=1))
    assert len(written()) == 1

    clock.move_to(at + MINUTE)
    assert len(written()) == 3
    assert len(written()) == 3
    assert sum("published" in subject.lower() or "shown" in subject.lower() for subject in written()) == 1


def test_what_was_undone_is_told_to_nobody_and_what_was_decided_then_is_told_once(
    topic: Topic, moderator: User, clock: Any, at: datetime
) -> None:
    row = a_contribution(topic, at=at)
    receipt = written()
    decision = decide_contribution(contribution=row, ruling=publish(), by=moderator, at=at)
    undo_decision(decision=decision, by=moderator, at=at + timedelta(seconds=20))
    clock.move_to(at + 2 * MINUTE)
    assert written() == receipt

    decide_contribution(contribution=row, ruling=publish(), by=moderator, at=at + 2 * MINUTE)
    clock.move_to(at + 4 * MINUTE)
    assert len(written()) == len(receipt) + 1


def test_published_undone_and_published_again_in_a_minute_is_one_mail(
    topic: Topic, moderator: User, clock: Any, at: datetime
) -> None:
    row = a_contribution(topic, at=at)
    decision = decide_contribution(contribution=row, ruling=publish(), by=moderator, at=at)
    undo_decision(decision=decision, by=moderator, at=at + timedelta(seconds=20))
    decide_contribution(contribution=row, ruling=publish(), by=moderator, at=at + timedelta(seconds=40))
    clock.move_to(at + 2 * MINUTE)

    assert len(written()) == 2


def test_what_nobody_can_undo_does_not_wait(topic: Topic, clock: Any, at: datetime, settings: Any) -> None:
    settings.UNDO_SECONDS = 0
    row = a_contribution(topic, at=at)
    decide_contribution(contribution=row, ruling=publish(), by=a_moderator(at), at=at)
    clock.move_to(at + timedelta(seconds=1))
    before = len(written())
    settings.UNDO_SECONDS = 60

    an_answer(row, at=at + timedelta(seconds=1))

    assert len(written()) == before + 1
