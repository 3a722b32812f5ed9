"""Ten thousand waiting cost what a hundred cost: both databases walk an index of what waits, and none of them sorts."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from unittest.mock import patch

import pytest
from django.db import connection

from apps.accounts.rules import THE_SYSTEM
from apps.consultations.models import Consultation
from apps.discussions.actions import Author, Received, Writing, receive_many
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.models import Contribution
from apps.moderation.enums import QueuePart
from apps.moderation.queries import Narrowed, key_of, next_waiting, queue_around, queue_length, queue_page
from apps.moderation.queries.queue import PAGE
from tests.conftest import WITH_POSTGRESQL
from tests.discussions.test_thread_plans import plan_of, statements
from tests.factories import a_hearing, a_moderator, a_writer, the_topic

WAITING = 100
LONG = "Long. " * 150
SORTS_OR_READS_ALL = re.compile(r"TEMP B-TREE|\bSort\b|(SCAN|Seq Scan on) discussions_contribution(?! USING)")


@pytest.fixture
def waiting(db: None, at: datetime) -> list[Contribution]:
    """Return what waits in two consultations, which hold many more that are published."""
    made = [received(a_hearing(at=at), at) for _consultation in range(2)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if WITH_POSTGRESQL:
            # So few rows are sorted sooner than an index is walked. What no index gives in order is sorted even so.
            cursor.execute("SET LOCAL enable_sort = off")
    return [row for rows in made for row in rows if row.is_waiting]


def received(hearing: Consultation, at: datetime) -> list[Contribution]:
    author = Author(name="Vera Vind", person=a_writer(at))
    rows = [
        Received(
            writing=Writing(
                topic=the_topic(hearing), author=author, kind=ContributionKind.VIEW, body=f"Text {step} {LONG}"
            ),
            received_at=at + timedelta(seconds=step),
            status=ContributionStatus.PUBLISHED if step % 20 else ContributionStatus.WAITING,
        )
        for step in range(10 * WAITING)
    ]
    with patch("apps.discussions.actions.drafting.to_html", lambda text: f"<p>{text}</p>"):
        return receive_many(consultation_id=hearing.pk, rows=rows, by=THE_SYSTEM, decided_by=THE_SYSTEM)


def test_the_queue_is_read_along_its_index_one_page_at_a_time(waiting: list[Contribution], at: datetime) -> None:
    middle, moderator = waiting[WAITING // 4], a_moderator(at)
    hearing = middle.consultation
    assert len(waiting) == WAITING
    everything = Narrowed(viewer=moderator, at=at)
    first_page, last = queue_page(everything)
    assert [thing.row for thing in first_page] == sorted(waiting, key=lambda row: (row.due_at, row.number, row.pk))[
        :PAGE
    ]
    assert last == first_page[-1].key
    parts = [
        everything,
        Narrowed(viewer=moderator, at=at, consultation=hearing),
        Narrowed(viewer=moderator, at=at, consultation=hearing, topic=middle.topic, kind="view"),
        Narrowed(viewer=moderator, at=at, part=QueuePart.OVERDUE),
        Narrowed(viewer=moderator, at=at, part=QueuePart.FREE, words="long vera"),
        Narrowed(viewer=moderator, at=at, part=QueuePart.EDITED),
    ]
    ways: list[Callable[[], object]] = [queue_length]
    for part in parts:
        ways += [
            partial(queue_page, part),
            partial(queue_page, part, after=key_of(middle)),
            partial(queue_around, middle, part),
            partial(queue_length, part),
        ]
    ways += [partial(next_waiting, part, behind=middle) for part in parts[:2]]

    for number, way in enumerate(ways):
        with statements() as made:
            way()
        plans = [plan_of(statement) for statement in made]
        assert plans
        assert not [plan for plan in plans if SORTS_OR_READS_ALL.search(plan)], (number, plans)
