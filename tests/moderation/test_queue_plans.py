"""Ten thousand waiting cost what a hundred cost: both databases walk an index of what waits, and none of them sorts."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.consultations.models import Consultation
from apps.discussions.actions import Author, Received, Writing, receive_many
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.models import Contribution, WritingPause
from apps.moderation.enums import QueuePart, QueueThing
from apps.moderation.models import Appeal, Case, Decision, PauseAppeal, ReportCase
from apps.moderation.queries import Left, Narrowed, key_of, next_waiting, queue_around, queue_length, queue_page
from tests.conftest import WITH_POSTGRESQL
from tests.discussions.test_thread_plans import plan_of, statements
from tests.factories import a_hearing, a_moderator, a_writer, the_topic
from tests.moderation.desk import a_colleague, a_reason

WAITING = 100
LONG = "Long. " * 150
# Of reports and appeals an index gives the due time: those of the same moment are sorted by the number of their text.
SORTS_OR_READS_ALL = re.compile(
    r"TEMP B-TREE FOR (?!LAST|RIGHT PART)|(?<!Incremental )\bSort\b(?! Key)"
    r"|(SCAN|Seq Scan on) (discussions_contribution|moderation_(reportcase|appeal|report)\b)(?! USING)"
)


@pytest.fixture
def waiting(db: None, at: datetime) -> list[Contribution]:
    """Return what waits in two consultations, which hold many more that are published, some of them unread."""
    made = [received(a_hearing(at=at), at) for _consultation in range(2)]
    complained(made[0], at)
    unread = [row.pk for rows in made for row in rows if row.number % 20 == 5]
    Contribution.stored.filter(pk__in=unread).update(unread_since=at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if WITH_POSTGRESQL:
            # So few rows are sorted or read whole sooner than an index is walked. Where there is no index, that is done
            # even so.
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute("SET LOCAL enable_seqscan = off")
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


def complained(rows: list[Contribution], at: datetime) -> None:
    """Report half of what is published, and appeal against decisions about the rest; most of it is decided already."""
    moderator, colleague = a_moderator(at), a_colleague(at)
    published = [row for row in rows if row.is_published]
    half = len(published) // 2
    reports = [
        ReportCase(contribution=row, opened_at=at, due_at=at + timedelta(minutes=step), **settled(step, moderator, at))
        for step, row in enumerate(published[:half])
    ]
    ReportCase.objects.bulk_create(reports)
    cases = Case.objects.bulk_create([Case(contribution=row) for row in published[half:]])
    decisions = Decision.objects.bulk_create(
        Decision(
            case=case, outcome="hide", version=1, reason=a_reason(), sentence="So.", decided_by=moderator, decided_at=at
        )
        for case in cases
    )
    Appeal.objects.bulk_create(
        Appeal(
            contribution=row,
            decision=decision,
            first_decided_by=moderator,
            text="No.",
            received_at=at,
            due_at=at + timedelta(minutes=step),
            **decided(step, colleague, at),
        )
        for step, (row, decision) in enumerate(zip(published[half:], decisions, strict=True))
    )
    paused(published[half:], colleague, at)


def paused(rows: list[Contribution], colleague: User, at: datetime) -> None:
    """Pause the writing of somebody for each of these texts, and let them appeal."""
    moderator = a_moderator(at)
    reasons = {"reason": a_reason(), "legal_ground": "Rule", "sentence": "So."}
    times = {"days": 1, "begins_at": at, "ends_at": at + timedelta(days=1)}
    pauses = WritingPause.objects.bulk_create(
        WritingPause(person=colleague, contribution=row, paused_by=moderator, **reasons, **times) for row in rows
    )
    PauseAppeal.objects.bulk_create(
        PauseAppeal(
            pause=pause,
            contribution_id=pause.contribution_id,
            first_decided_by=moderator,
            text="No.",
            received_at=at,
            due_at=at + timedelta(minutes=step),
            **decided(step, colleague, at),
        )
        for step, pause in enumerate(pauses)
    )


def settled(step: int, by: User, at: datetime) -> dict[str, Any]:
    return {"outcome": "left", "sentence": "So.", "settled_by": by, "settled_at": at} if step % 4 else {}


def decided(step: int, by: User, at: datetime) -> dict[str, Any]:
    return {"outcome": "upheld", "sentence": "So.", "decided_by": by, "decided_at": at} if step % 4 else {}


def test_the_queue_is_read_along_its_index_one_page_at_a_time(waiting: list[Contribution], at: datetime) -> None:
    middle, moderator = waiting[WAITING // 4], a_moderator(at)
    hearing = middle.consultation
    assert len(waiting) == WAITING
    everything = Narrowed(viewer=moderator, at=at)
    first_page, last = queue_page(everything)
    assert [thing.key for thing in first_page] == sorted(thing.key for thing in first_page)
    names = {thing.source.name for thing in queue_page(everything, size=200)[0]}
    assert names == {"text", "unread", "report", "appeal", "pause_appeal"}
    assert last == first_page[-1].key
    parts = [
        everything,
        Narrowed(viewer=moderator, at=at, consultation=hearing),
        Narrowed(viewer=moderator, at=at, consultation=hearing, topic=middle.topic, kind="view"),
        Narrowed(viewer=moderator, at=at, part=QueuePart.OVERDUE),
        Narrowed(viewer=moderator, at=at, part=QueuePart.FREE, words="long vera"),
        Narrowed(viewer=moderator, at=at, part=QueuePart.EDITED),
        Narrowed(viewer=moderator, at=at, thing=QueueThing.APPEALS, left=Left(topics=[middle.topic_id])),
        Narrowed(viewer=moderator, at=at, part=QueuePart.SIGNALS),
        Narrowed(viewer=moderator, at=at, part=QueuePart.UNREAD),
    ]
    case, appeal = ReportCase.objects.order_by("pk")[0], Appeal.objects.order_by("pk")[0]
    ways: list[Callable[[], object]] = [queue_length]
    for part in parts:
        ways += [
            partial(queue_page, part),
            partial(queue_page, part, after=key_of(middle)),
            partial(queue_around, middle, part),
            partial(queue_length, part),
        ]
    ways += [partial(next_waiting, part, behind=row) for part in parts[:2] for row in (middle, case, appeal)]
    ways += [partial(queue_around, row, everything) for row in (case, appeal)]

    for number, way in enumerate(ways):
        with statements() as made:
            way()
        plans = [plan_of(statement) for statement in made]
        assert plans
        assert not [plan for plan in plans if SORTS_OR_READS_ALL.search(plan)], (number, plans)
