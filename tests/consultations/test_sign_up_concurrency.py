"""Fifty people at the same instant, each with a connection of their own: the limit holds and nobody is lost."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from apps.accounts.models import User
from apps.consultations import actions
from apps.consultations.enums import SignUpStatus
from apps.consultations.models import Meeting, MeetingSignUp
from apps.exchange.queries import check_ledger
from tests import factories
from tests.concurrency import at_once, shared_database

PLACES, PEOPLE = 20, 50


@pytest.fixture(autouse=True)
def _several_connections(tmp_path: Path, transactional_db: None) -> Iterator[None]:
    with shared_database(tmp_path):
        yield


def everyone() -> list[User]:
    rows = [User(email=f"p{turn}@example.org", display_name=f"Person {turn}") for turn in range(PEOPLE)]
    return User.objects.bulk_create(rows)


def come(meeting: Meeting, person: User, at: datetime) -> None:
    actions.sign_up(meeting=meeting, companions=0, by=person, at=at)


def leave(meeting: Meeting, person: User, at: datetime) -> None:
    actions.sign_off(meeting=meeting, by=person, at=at)


def test_fifty_at_once_get_no_more_places_than_there_are(at: datetime) -> None:
    meeting = factories.a_meeting(factories.a_hearing(at=at), at=at, places=PLACES)

    assert at_once(*[partial(come, meeting, person, at) for person in everyone()]) == []

    meeting.refresh_from_db()
    rows = list(MeetingSignUp.objects.order_by("pk").values_list("status", flat=True))
    assert rows == [SignUpStatus.PLACED] * PLACES + [SignUpStatus.WAITING] * (PEOPLE - PLACES)
    assert (meeting.taken, meeting.waiting) == (PLACES, PEOPLE - PLACES)


def test_coming_and_leaving_at_once_leaves_no_place_empty_and_puts_nobody_before_others(at: datetime) -> None:
    meeting = factories.a_meeting(factories.a_hearing(at=at), at=at, places=PLACES)
    people = everyone()
    first, later = people[:PLACES], people[PLACES:]
    for person in first:
        come(meeting, person, at)

    works = [partial(leave, meeting, person, at) for person in first[:10]]
    works += [partial(come, meeting, person, at) for person in later]
    assert at_once(*works) == []

    rows = list(MeetingSignUp.objects.order_by("pk").values_list("status", flat=True))
    assert rows == [SignUpStatus.PLACED] * PLACES + [SignUpStatus.WAITING] * (PEOPLE - PLACES - 10)
    assert check_ledger().problem == ""
