"""Fifty writers around the second at which writing opens or closes: the clock decides, and nothing else does."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.consultations.models import Topic
from apps.discussions.actions import submit_contribution
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from apps.exchange.queries import check_ledger
from tests import factories
from tests.concurrency import at_once, shared_database

WRITERS = 50
A_MOMENT = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def _several_connections(tmp_path: Path, transactional_db: None) -> Iterator[None]:
    with shared_database(tmp_path):
        yield


def write(topic: Topic, person: User, at: datetime, refused: list[datetime]) -> None:
    """Send a text at that moment; a refusal is noted."""
    try:
        submit_contribution(
            topic=topic, kind=ContributionKind.VIEW, body=f"From {person.pk}", by=person, submission_key=uuid4(), at=at
        )
    except NotAllowed:
        refused.append(at)


@pytest.mark.parametrize("edge", ["opens", "closes"])
def test_who_is_a_microsecond_outside_is_refused_and_who_is_inside_is_not(edge: str, at: datetime) -> None:
    hearing = factories.a_hearing(at=at, opens=timedelta(0), closes=timedelta(days=21))
    phase, topic = hearing.phases.get(), factories.the_topic(hearing)
    instant = phase.opens_at if edge == "opens" else phase.closes_at
    assert instant is not None
    before, after = instant - A_MOMENT, instant
    rows = [User(email=f"w{turn}@example.org", display_name=f"Writer {turn}") for turn in range(WRITERS)]
    people = User.objects.bulk_create(rows)
    refused: list[datetime] = []

    works = [
        partial(write, topic, person, before if turn % 2 else after, refused) for turn, person in enumerate(people)
    ]
    assert at_once(*works) == []

    taken = list(Contribution.stored.order_by("number").values_list("number", "came_late"))
    inside, outside = (after, before) if edge == "opens" else (before, after)
    assert set(refused) == {outside}
    assert len(refused) == WRITERS // 2
    assert taken == [(number + 1, False) for number in range(WRITERS // 2)]
    assert set(Contribution.stored.values_list("received_at", flat=True)) == {inside}
    assert check_ledger().problem == ""
