"""Who sees drafts, who edits, and which phases make sense."""

from datetime import datetime, timedelta

import pytest

from apps.common.permissions import may
from apps.consultations.actions import PhaseDates
from apps.consultations.enums import WriteAccess
from apps.consultations.queries import visible_consultations
from apps.consultations.rules import why_not_of_those_who_write, why_not_these_phases
from tests import factories
from tests.personas import PERSONAS, everyone

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def phase(first: int, last: int | None, *, at: datetime, title: str = "Hearing", writing: bool = True) -> PhaseDates:
    return PhaseDates(
        title=title,
        opens_at=at + first * DAY,
        closes_at=None if last is None else at + last * DAY,
        accepts_contributions=writing,
    )


@pytest.mark.parametrize("persona", PERSONAS)
def test_drafts_are_seen_by_their_team_only_one_by_one_and_in_lists(persona: str, at: datetime) -> None:
    viewer = everyone(at=at)[persona]
    hearing, draft = factories.a_hearing(at=at), factories.a_draft(at=at)

    listed = set(visible_consultations(viewer))

    assert listed == ({hearing, draft} if persona == "official" else {hearing})
    for consultation in (hearing, draft):
        assert may("consultations.view_consultation", viewer, consultation) == (consultation in listed)


@pytest.mark.parametrize("persona", PERSONAS)
def test_only_officials_draft_and_edit(persona: str, at: datetime) -> None:
    viewer, draft = everyone(at=at)[persona], factories.a_draft(at=at)

    assert may("consultations.draft_consultation", viewer) == (persona == "official")
    assert may("consultations.edit_consultation", viewer, draft) == (persona == "official")


@pytest.mark.parametrize("access", WriteAccess)
@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_write_is_set_on_the_consultation(persona: str, access: WriteAccess, at: datetime) -> None:
    viewer = everyone(at=at)[persona]
    hearing = factories.a_hearing(at=at, write_access=access)

    refused = why_not_of_those_who_write(viewer, hearing, is_resident=persona == "resident")

    may_write = persona == "resident" if access == WriteAccess.RESIDENTS else persona != "anonymous"
    assert (refused is None) == may_write


def test_phases_in_order_make_sense(at: datetime) -> None:
    phases = [phase(-9, -5, at=at, writing=False), phase(-5, 5, at=at), phase(7, None, at=at, writing=False)]

    assert why_not_these_phases(phases) is None


@pytest.mark.parametrize(
    "days",
    [
        [(3, 3)],
        [(3, 2)],
        [(0, 5), (4, 9)],
        [(0, None), (4, 9)],
        [(4, 9), (0, 3)],
    ],
)
def test_phases_that_end_before_they_begin_or_overlap_are_refused(
    days: list[tuple[int, int | None]], at: datetime
) -> None:
    phases = [phase(first, last, at=at) for first, last in days]

    assert why_not_these_phases(phases)
