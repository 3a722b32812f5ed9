"""What the workbench costs: marking a point in bare inserts with commit, and a white paper of 2,000 contributions."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.accounts.rules import THE_SYSTEM
from apps.consultations.models import Consultation
from apps.discussions.actions import Author, Received, Writing, receive_many
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from apps.discussions.queries import published_by_people
from apps.publications.actions import mark_points, mark_whole, note_contributions
from apps.publications.models import Point, Treated, WhitePaper
from apps.publications.queries import account_of, missing_page, outline_of, points_of, supplement_due
from tests.concurrency import shared_database
from tests.factories import a_hearing, a_writer, an_official, the_topic
from tests.factories.whitepapers import a_paper, a_statement, publish_paper

pytestmark = pytest.mark.benchmark
MANY, MARKS, MOST_INSERTS = 2_000, 200, 20
BODY = "Støjen om natten er slem. Flyt møllerne længere mod nord! Hvornår svarer I os på det?"


def filled(hearing: Consultation, count: int, at: datetime) -> list[Contribution]:
    author, topic = Author(name="Vera Vind", person=a_writer(at)), the_topic(hearing)
    rows = [
        Received(
            writing=Writing(topic=topic, author=author, kind=ContributionKind.VIEW, body=f"{BODY} {step}"),
            received_at=at + timedelta(seconds=step),
        )
        for step in range(count)
    ]
    with patch("apps.discussions.actions.drafting.to_html", lambda text: f"<p>{text}</p>"):
        receive_many(consultation_id=hearing.pk, rows=rows, by=THE_SYSTEM, decided_by=THE_SYSTEM)
    return list(published_by_people(hearing.pk))


def timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


@pytest.mark.django_db(transaction=True)
def test_marking_a_point_costs_at_most_twenty_bare_inserts(
    at: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a disk, as everywhere but in other tests: there a commit costs."""
    hearing, official = a_hearing(at=at), an_official(at)
    rows = filled(hearing, MARKS, at)
    paper = a_paper(hearing, at=at)
    statement = a_statement(paper, the_topic(hearing), at=at)
    assert connection.get_autocommit()
    bare = {"statement": statement, "text_version": 1, "marked_at": at, "marked_by": official}
    inserts, marks = [], []
    with shared_database(tmp_path):
        for row in rows:
            insert = partial(Point.objects.create, contribution=row, number=row.number, start=60, end=70, **bare)
            mark = partial(mark_points, statement=statement, contribution=row, passages=[(0, 25)], text_version=1)
            inserts.append(timed(insert))
            marks.append(timed(partial(mark, by=official, at=at)))

    insert_once, mark_once = median(inserts), median(marks)
    with capsys.disabled():
        print(  # noqa: T201 - the figures are what is asked for
            f"\na bare insert {1000 * insert_once:.2f} ms, a point {1000 * mark_once:.2f} ms: "
            f"{mark_once / insert_once:.1f} inserts"
        )
    assert mark_once <= MOST_INSERTS * insert_once


@pytest.mark.django_db
def test_two_thousand_contributions_are_accounted_for(at: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    hearing, official = a_hearing(at=at), an_official(at)
    rows = filled(hearing, MANY, at)
    paper = a_paper(hearing, at=at)
    statement = a_statement(paper, the_topic(hearing), at=at)
    numbers = [row.number for row in rows]
    for first in range(0, MANY // 2, 50):
        mark_whole(statement=statement, numbers=numbers[first : first + 50], by=official, at=at)

    account = timed(lambda: account_of(paper).coverage)
    outline = timed(lambda: outline_of(paper))
    missing = timed(lambda: missing_page(paper, after=1_500))
    points = timed(lambda: points_of(paper, statement.pk, after=(500, 0)))
    for first in range(MANY // 2, MANY, 500):
        note_contributions(paper=paper, numbers=numbers[first : first + 500], sentence="Why.", by=official, at=at)
    published = timed(lambda: publish_paper(paper, at=at))
    due = timed(lambda: supplement_due(paper))

    with capsys.disabled():
        print(  # noqa: T201 - the figures are what is asked for
            f"\n{MANY} contributions: coverage {1000 * account:.0f} ms, outline {1000 * outline:.0f} ms, "
            f"missing {1000 * missing:.0f} ms, a page of points {1000 * points:.0f} ms, published {published:.1f} s, "
            f"supplement {1000 * due:.0f} ms"
        )
    assert Treated.objects.count() == MANY
    assert max(account, outline, missing, points, due) < 0.5
    assert published < 5


@pytest.mark.django_db
def test_two_thousand_contributions_cost_as_many_queries_as_twenty(at: datetime) -> None:
    hearing = a_hearing(at=at)
    paper, official = a_paper(hearing, at=at), an_official(at)
    statement, counts = a_statement(paper, the_topic(hearing), at=at), []
    for more in (20, MANY - 20):
        rows = filled(hearing, more, at)
        mark_whole(statement=statement, numbers=[row.number for row in rows[-9:]], by=official, at=at)
        counts.append(queries(paper, statement.pk))

    assert counts[0] == counts[1] == 8


def queries(paper: WhitePaper, statement: int) -> int:
    """Return how many queries all that a page of the workbench shows of a white paper costs."""
    paper = WhitePaper.objects.select_related("consultation").get(pk=paper.pk)
    with CaptureQueriesContext(connection) as made, transaction.atomic():
        account = account_of(paper)
        outline_of(paper, account=account)
        missing_page(paper, account=account)
        points_of(paper, statement)
    return sum(1 for query in made.captured_queries if query["sql"].startswith("SELECT"))
