"""Who may write and read, and when: people x time, and the two halves of each permission side by side."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from pytest_django.plugin import DjangoDbBlocker

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.common.permissions import may, registered, why_not
from apps.consultations.enums import WriteAccess
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import phases_of
from apps.discussions.actions import (
    submit_contribution,
)
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from apps.residency.actions import grant_residency
from apps.residency.queries import residency_of
from tests import factories, personas
from tests.worlds import kept

pytestmark = pytest.mark.django_db

MOMENTS = {
    "before": timedelta(days=-8),
    "first instant": timedelta(days=-7),
    "during": timedelta(),
    "last instant": timedelta(days=21, microseconds=-1),
    "deadline": timedelta(days=21),
    "after": timedelta(days=60),
}
OPEN = {"first instant", "during", "last instant"}
SIGNED_IN = set(personas.PERSONAS) - {"anonymous"}
WRITERS = {WriteAccess.CONFIRMED: SIGNED_IN, WriteAccess.RESIDENTS: {"resident", "protected"}}


@dataclass
class Town:
    """One person of each kind, and a hearing of each kind."""

    people: dict[str, personas.Viewer]
    hearings: dict[WriteAccess, Consultation]


@pytest.fixture(scope="module")
def made(at: datetime, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[], Town]]:
    def make() -> Town:
        people = personas.everyone(at=at)
        return Town(people, {access: factories.a_hearing(at=at, write_access=access) for access in WriteAccess})

    with kept(django_db_blocker, make, at=at) as hand_out:
        yield hand_out


@pytest.fixture
def town(made: Callable[[], Town]) -> Town:
    return made()


def test_the_permissions_exist() -> None:
    assert {
        "discussions.read_contribution",
        "discussions.submit_contribution",
        "discussions.revise_contribution",
        "discussions.withdraw_contribution",
        "discussions.answer_contribution",
    } <= registered()


@pytest.mark.parametrize("access", WriteAccess)
@pytest.mark.parametrize("moment", MOMENTS)
def test_who_writes_when(access: WriteAccess, moment: str, at: datetime, town: Town) -> None:
    hearing = town.hearings[access]
    phases, then = phases_of(hearing), at + MOMENTS[moment]

    allowed = {
        name
        for name, person in town.people.items()
        if may(
            "discussions.submit_contribution",
            person,
            hearing,
            phases=phases,
            is_resident=residency_of(person, at=then) is not None,
            pause=None,
            at=then,
        )
    }

    assert allowed == (WRITERS[access] if moment in OPEN else set())


@pytest.mark.parametrize("access", WriteAccess)
@pytest.mark.parametrize("moment", MOMENTS)
def test_the_action_lets_in_whom_the_rule_does(access: WriteAccess, moment: str, at: datetime, town: Town) -> None:
    topic = factories.the_topic(town.hearings[access])

    received = {
        name
        for name, person in town.people.items()
        if isinstance(person, User) and _sends(topic, person, at + MOMENTS[moment])
    }

    assert received == (WRITERS[access] if moment in OPEN else set())
    assert Contribution.stored.count() == len(received)


def test_a_residency_that_ran_out_does_not_let_in(at: datetime, town: Town) -> None:
    topic = factories.the_topic(town.hearings[WriteAccess.RESIDENTS])
    clerk = factories.an_official(at)
    person = town.people["unverified"]
    assert isinstance(person, User)
    grant_residency(person=person, district=None, by=clerk, at=at - timedelta(days=800))

    assert not _sends(topic, person, at)


def test_a_draft_is_closed_to_everyone(at: datetime, town: Town) -> None:
    draft = factories.a_draft(at=at)

    for person in town.people.values():
        sentence = why_not(
            "discussions.submit_contribution", person, draft, phases=[], is_resident=True, pause=None, at=at
        )
        assert str(sentence) == "The consultation is not published yet."


def _sends(topic: Topic, person: User, then: datetime) -> bool:
    try:
        submit_contribution(
            topic=topic, kind=ContributionKind.VIEW, body="Text", submission_key=UUID(int=person.pk), by=person, at=then
        )
    except NotAllowed:
        return False
    return True
