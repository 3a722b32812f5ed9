"""Who may read, change, withdraw, erase and answer what stands in which state: people x states."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pytest
from pytest_django.plugin import DjangoDbBlocker

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.permissions import may
from apps.consultations.queries import phases_of
from apps.discussions.actions import (
    hide_contribution,
    move_to_consultation,
    publish_answer,
    publish_contribution,
    refuse_contribution,
    return_contribution,
    withdraw_contribution,
)
from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution
from apps.discussions.queries import visible_contributions
from apps.discussions.rules import EDIT_TAKEN
from apps.municipality.models import RefusalReason
from tests import factories, personas
from tests.worlds import kept

pytestmark = pytest.mark.django_db


@dataclass
class Town:
    """One person of each kind, and texts in every state."""

    people: dict[str, personas.Viewer]
    rows: list[Contribution]


@pytest.fixture(scope="module")
def made(at: datetime, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[], Town]]:
    def make() -> Town:
        people = personas.everyone(at=at)
        return Town(people, _in_every_state(people, at))

    with kept(django_db_blocker, make, at=at) as hand_out:
        yield hand_out


@pytest.fixture
def town(made: Callable[[], Town]) -> Town:
    return made()


@pytest.mark.parametrize("persona", personas.PERSONAS)
def test_reading_one_and_reading_many_agree(persona: str, at: datetime, town: Town) -> None:
    viewer = town.people[persona]
    rows = town.rows

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
    rows = town.rows

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
    rows = town.rows

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
    rows = town.rows

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
