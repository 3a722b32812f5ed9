"""Who may write and read, and when: people x time, and the two halves of each permission side by side."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from pytest_django.plugin import DjangoDbBlocker

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.errors import NotAllowed
from apps.common.permissions import may, registered, why_not
from apps.consultations.enums import WriteAccess
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import phases_of
from apps.discussions.actions import (
    hide_contribution,
    move_to_consultation,
    publish_answer,
    publish_contribution,
    refuse_contribution,
    return_contribution,
    submit_contribution,
    withdraw_contribution,
)
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.models import Contribution
from apps.discussions.queries import visible_contributions
from apps.discussions.rules import EDIT_TAKEN
from apps.municipality.models import RefusalReason
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


@pytest.mark.parametrize("persona", personas.PERSONAS)
def test_reading_one_and_reading_many_agree(persona: str, at: datetime, town: Town) -> None:
    viewer = town.people[persona]
    rows = _in_every_state(town.people, at)

    visible = set(visible_contributions(viewer).values_list("pk", flat=True))

    assert visible == {row.pk for row in rows if may("discussions.read_contribution", viewer, row)}
    assert {row.status for row in rows} == set(ContributionStatus)
    texts = {"unverified": 6 + 7, "resident": 6 + 7, "moderator": len(rows) - 6}
    assert len(visible) == texts.get(persona, 6)
    withdrawn = {row.pk for row in rows if row.status == ContributionStatus.WITHDRAWN}
    assert len(withdrawn & visible) == (1 if persona in {"unverified", "resident"} else 0)


@pytest.mark.parametrize("persona", personas.PERSONAS)
def test_only_authors_change_what_waits_and_withdraw_what_is_not_decided_against(
    persona: str, at: datetime, town: Town
) -> None:
    viewer = town.people[persona]
    rows = _in_every_state(town.people, at)

    phases = phases_of(rows[0].consultation)
    changed = {
        row.pk for row in rows if may("discussions.revise_contribution", viewer, row, phases=phases, pause=None, at=at)
    }
    withdrawn = {row.pk for row in rows if may("discussions.withdraw_contribution", viewer, row)}

    mine = [row for row in rows if isinstance(viewer, User) and row.author_id == viewer.pk]
    assert changed == {row.pk for row in mine if row.is_waiting or row.is_returned}
    still = {row.pk for row in mine if row.is_waiting or row.is_returned or row.is_published}
    assert withdrawn == still - {row.pk for row in mine if row.is_answer}
    written = 1 if persona in {"unverified", "resident"} else 0
    assert (len(changed), len(withdrawn)) == (2 * written, 4 * written)
    late = {row.pk for row in rows if may("discussions.revise_contribution", viewer, row, phases=[], pause=None, at=at)}
    assert late == {row.pk for row in mine if row.is_returned}
    over = at + EDIT_TAKEN
    assert not any(may("discussions.revise_contribution", viewer, row, phases=[], pause=None, at=over) for row in rows)


@pytest.mark.parametrize("persona", personas.PERSONAS)
def test_texts_are_erased_by_two_moderators(persona: str, at: datetime, town: Town) -> None:
    viewer = town.people[persona]
    rows = _in_every_state(town.people, at)

    proposed = {row.pk for row in rows if may("discussions.propose_erasure", viewer, row)}
    kept = [row for row in rows if row.text_erased_at is None and not row.is_moved_away]
    erasable = {row.pk for row in kept if not row.is_waiting and not row.is_returned}
    assert proposed == (erasable if persona == "moderator" else set())

    row = next(row for row in rows if row.pk in erasable)
    by_colleague = factories.proposal(row, at=at, by=factories.another_moderator(at))
    assert may("discussions.decide_erasure", viewer, by_colleague) == (persona == "moderator")
    by_colleague.asked_by = factories.a_moderator(at)
    assert not may("discussions.decide_erasure", viewer, by_colleague)


@pytest.mark.parametrize("persona", personas.PERSONAS)
def test_officials_answer_what_people_wrote_and_everyone_reads(persona: str, at: datetime, town: Town) -> None:
    rows = _in_every_state(town.people, at)

    answered = {row.pk for row in rows if may("discussions.answer_contribution", town.people[persona], row)}

    asked = {row.pk for row in rows if row.is_published and not row.is_answer}
    assert answered == (asked if persona == "official" else set())


def _in_every_state(people: dict[str, personas.Viewer], at: datetime) -> list[Contribution]:
    """Return a text in every state by each of two writers, and answers; of those moved away also where they are."""
    topic = factories.the_topic(factories.a_hearing(at=at))
    elsewhere = factories.the_topic(factories.a_hearing(at=at))
    by = as_moderator(factories.a_moderator(at))
    reason = RefusalReason.objects.get(code="spam")
    for name in ("unverified", "resident"):
        person = people[name]
        assert isinstance(person, User)
        published, _waiting, refused, withdrawn, erased, returned, hidden, moved = (
            factories.a_contribution(topic, at=at, by=person) for _ in range(8)
        )
        publish_contribution(contribution=moved, version=1, by=by, at=at)
        move_to_consultation(contribution=moved, to=elsewhere, with_replies=True, by=by, at=at)
        publish_contribution(contribution=erased, version=1, by=by, at=at)
        factories.erase(erased, at=at)
        publish_contribution(contribution=published, version=1, by=by, at=at)
        refuse_contribution(contribution=refused, version=1, reason=reason, sentence="No.", by=by, at=at)
        return_contribution(contribution=returned, version=1, reason=reason, sentence="Leave it out.", by=by, at=at)
        publish_contribution(contribution=hidden, version=1, by=by, at=at)
        hide_contribution(contribution=hidden, reason=reason, sentence="No.", by=by, at=at)
        withdraw_contribution(contribution=withdrawn, by=person, at=at)
        publish_answer(
            to=published, body="Yes.", submission_key=UUID(int=published.pk), by=factories.an_official(at), at=at
        )
    return list(Contribution.stored.select_related("consultation").order_by("consultation", "number"))


def _sends(topic: Topic, person: User, then: datetime) -> bool:
    try:
        submit_contribution(
            topic=topic, kind=ContributionKind.VIEW, body="Text", submission_key=UUID(int=person.pk), by=person, at=then
        )
    except NotAllowed:
        return False
    return True
