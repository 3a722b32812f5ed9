"""A page deep in a thread costs what the first one costs: both databases walk an index, and none of them sorts."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import product
from typing import Any

import pytest
from django.db import connection

from apps.consultations.models import Topic
from apps.discussions.enums import ContributionKind, ContributionStatus, Order, Show
from apps.discussions.models import Contribution, LetterCluster, Signpost
from apps.discussions.queries import PAGE, thread_page
from tests import factories
from tests.discussions.filling import fill

LENGTH = 2_000
PLACES: list[dict[str, int]] = [{}, {"after": 7}, {"after": 1_500}, {"after": 2_990}, {"before": 1_500}]
SORTS = re.compile(r"TEMP B-TREE|\bSort  \(cost=\S+ rows=(\d+)")
READS_ALL = re.compile(r"^(-> )?(SCAN|Seq Scan on) discussions_", re.MULTILINE)
Statement = tuple[str, Any]


@pytest.fixture
def long_thread(db: None, at: datetime) -> Topic:
    hearing = factories.a_hearing(at=at)
    topic, other = factories.the_topic(hearing), factories.a_topic(hearing, at=at)
    moved = fill(other, LENGTH // 2, at=at)
    fill(topic, LENGTH, at=at)
    Signpost.objects.bulk_create(
        Signpost(
            topic=topic,
            contribution=row,
            number=row.number,
            root_number=row.root_number,
            to_topic=other,
            moved_at=at,
        )
        for row in moved
    )
    _make_letters(topic, at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return topic


def _make_letters(topic: Topic, at: datetime) -> None:
    """Let 500 texts be one letter, and a hundred pairs another one each."""
    public = Contribution.stored.filter(topic=topic, status=ContributionStatus.PUBLISHED)
    numbers = list(public.exclude(kind=ContributionKind.ANSWER).order_by("number").values_list("number", flat=True))
    groups = [numbers[:500], *(numbers[start : start + 2] for start in range(500, 700, 2))]
    for group in groups:
        cluster = LetterCluster.objects.create(topic=topic, shown_number=group[0], size=len(group), confirmed_at=at)
        public.filter(number__in=group).update(cluster=cluster)


def test_a_page_anywhere_is_read_along_the_index(long_thread: Topic) -> None:
    for order, place in product(Order, PLACES):
        with statements() as made:
            thread_page(long_thread, order=order, **place)

        plans = [plan_of(statement) for statement in made]
        of_files = sum("discussions_attachment" in plan for plan in plans)  # none where no text was found
        assert len(plans) - of_files == (3 if place else 2)
        assert of_files <= 1
        assert not [plan for plan in plans if _sorts_more_than_a_page(plan) or READS_ALL.search(plan)], (place, plans)

    for order, index in ((Order.OLDEST, "thread_oldest_first"), (Order.NEWEST, "thread_newest_first")):
        with statements() as made:
            thread_page(long_thread, order=order, show=Show.ALL, after=1_500)

        assert index in plan_of(made[1])


def _sorts_more_than_a_page(plan: str) -> bool:
    """Tell whether a plan sorts. At the very end PostgreSQL may sort the few rows left."""
    return any(match[1] is None or int(match[1]) > PAGE + 1 for match in SORTS.finditer(plan))


@contextmanager
def statements() -> Iterator[list[Statement]]:
    """Collect what is asked with its parameters apart, as the database gets it."""
    made: list[Statement] = []

    def collect(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        made.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(collect):
        yield made


def plan_of(statement: Statement) -> str:
    """Return the database's plan in its own words, a step a line."""
    sql, params = statement
    with connection.cursor() as cursor:
        cursor.execute(f"{connection.ops.explain_query_prefix()} {sql}", params)
        return "\n".join(str(row[-1]).strip() for row in cursor.fetchall())
