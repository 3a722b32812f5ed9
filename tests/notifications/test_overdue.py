"""Moderators are told when something is overdue: once a working day, in their language, without a text."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from apps.accounts.actions import end_role
from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import tell_overdue
from tests import personas
from tests.factories import a_contribution, a_hearing, a_moderator, an_official, the_topic
from tests.moderation.desk import a_colleague

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def clock(at: datetime) -> Iterator[Any]:
    """A clock that stands on a Tuesday at 10:30."""
    with time_machine.travel(at, tick=False) as traveller:
        yield traveller


@pytest.fixture
def moderator(at: datetime) -> User:
    person = a_moderator(at)
    person.language = "en"
    person.save()
    return person


def told() -> list[OutgoingMail]:
    tell_overdue()
    return list(OutgoingMail.objects.order_by("pk"))


def test_each_moderator_is_told_once_a_day(moderator: User, clock: Any, at: datetime) -> None:
    dane, official = a_colleague(at), an_official(at)
    dane.language = "da"
    dane.save()
    personas.resident(at=at)
    topic = the_topic(a_hearing(at=at))
    for number in range(2):
        a_contribution(topic, at=at, body=f"Secret words {number}")
    # Due at 14:30.
    clock.move_to(at + 4 * HOUR)
    assert told() == []

    clock.move_to(at + 4 * HOUR + timedelta(minutes=1))
    mails = {mail.to: mail for mail in told()}
    assert set(mails) == {moderator.email, dane.email}
    assert official.email not in mails
    assert mails[moderator.email].subject == "2 things in the queue are overdue"
    assert "The first of them was due 15 September 2026 at 14:30" in mails[moderator.email].body
    assert "/en/moderation/?part=overdue" in mails[moderator.email].body
    assert mails[dane.email].subject == "2 sager i køen har overskredet fristen"
    assert "Secret" not in "".join(mail.body + mail.subject for mail in mails.values())

    clock.move_to(at + 5 * HOUR)
    assert len(told()) == 2
    clock.move_to(at + 24 * HOUR)
    assert len(told()) == 4
    assert len(told()) == 4


@pytest.mark.parametrize("hours", [6, 13, 24 * 4, 24 * 5])
def test_nobody_is_told_outside_the_working_hours(hours: int, moderator: User, clock: Any, at: datetime) -> None:
    a_contribution(the_topic(a_hearing(at=at)), at=at)
    clock.move_to(at + hours * HOUR)

    assert told() == []


def test_who_is_no_moderator_any_more_is_not_told(moderator: User, clock: Any, at: datetime) -> None:
    a_contribution(the_topic(a_hearing(at=at)), at=at)
    assignment = moderator.assignments.get(role=Role.MODERATOR)
    end_role(assignment=assignment, by=THE_SYSTEM, at=at)
    clock.move_to(at + 24 * HOUR)

    assert told() == []


def test_nothing_overdue_is_no_mail(moderator: User, clock: Any) -> None:
    assert told() == []
