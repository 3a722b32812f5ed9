"""What a page of the workbench costs with 20 and with 2,000 contributions: ten queries, and how long."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.publications.actions import mark_whole
from tests.benchmarks.test_white_papers import filled, timed
from tests.factories import a_hearing, an_official, the_topic
from tests.factories.whitepapers import a_paper, a_statement

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]
MANY, QUERIES, SECONDS = 2_000, 10, 1.0
READINGS = ("", "?after=1500", "?show=untreated", "?letter=once", "?like=1990", "?fits={statement}")


def test_a_page_costs_ten_queries_with_twenty_and_with_two_thousand(
    client: Client, at: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    hearing, official = a_hearing(at=at), an_official(at)
    paper, topic = a_paper(hearing, at=at), the_topic(hearing)
    statement = a_statement(paper, topic, title="Støjen fra møllerne om natten", at=at)
    client.force_login(official)
    address = f"/en/desk/consultations/{hearing.slug}/coding/"
    for more in (20, MANY - 20):
        rows = filled(hearing, more, at)
        mark_whole(statement=statement, numbers=[row.number for row in rows[:9]], by=official, at=at)
        counts, told = {}, []
        for reading in READINGS:
            query = reading.format(statement=statement.pk)
            with CaptureQueriesContext(connection) as made:
                client.get(f"{address}{query}")
            counts[reading] = len(made)
            told.append((timed(lambda query=query: client.get(f"{address}{query}")), reading))
        assert max(counts.values()) <= QUERIES, counts

    slowest, reading = max(told)
    with capsys.disabled():
        print(f"\na page of {MANY}: at most {1000 * slowest:.0f} ms ({reading or 'all'})")  # noqa: T201 - the report
    assert slowest < SECONDS
