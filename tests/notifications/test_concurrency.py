"""Two workers at the same instant, each with a connection of its own."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import time_machine

from apps.notifications import tasks
from apps.notifications.actions import queue_letter_with_limit, queue_letters
from apps.notifications.engine.letters import Letter
from apps.notifications.enums import MailStatus
from apps.notifications.models import OutgoingMail
from tests.concurrency import at_once, shared_database
from tests.factories import a_hearing, a_published, the_topic
from tests.notifications.post import PostOffice


@pytest.fixture(autouse=True)
def _several_connections(tmp_path: Path, transactional_db: None) -> Iterator[None]:
    with shared_database(tmp_path):
        yield


def test_two_sweeps_send_each_mail_once(at: datetime, post: type[PostOffice]) -> None:
    letters = [Letter(to=f"{turn}@example.org", subject="Hello", body="Text.", key=str(turn)) for turn in range(40)]
    queue_letters(letters=letters, at=at)

    with time_machine.travel(at, tick=False):
        assert at_once(tasks.send_mail, tasks.send_mail) == []

    assert Counter(post.addresses()) == Counter(letter.to for letter in letters)
    assert set(OutgoingMail.objects.values_list("status", flat=True)) == {MailStatus.SENT}


def test_two_writers_write_each_mail_once(at: datetime) -> None:
    topic = the_topic(a_hearing(at=at))
    for _turn in range(5):
        a_published(topic, at=at)

    assert at_once(tasks.write_mail, tasks.write_mail) == []

    assert OutgoingMail.objects.count() == 10


def test_many_at_once_for_one_address_still_make_three(at: datetime) -> None:
    letter = Letter(to="victim@example.org", subject="Confirm", body="Text.")

    assert at_once(*[lambda: queue_letter_with_limit(letter=letter, at=at) and None] * 8) == []

    assert OutgoingMail.objects.exclude(status=MailStatus.REFUSED).count() == 3
    assert OutgoingMail.objects.filter(status=MailStatus.REFUSED).count() == 1
