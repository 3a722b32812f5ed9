"""Where a consultation stands, to the second, also on the days when the clock changes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from apps.common.calendar import end_of_day, last_day_before, start_of_day
from apps.consultations.engine import timeline
from apps.consultations.enums import ConsultationState, ConsultationStatus, PhaseState

SECOND = timedelta(seconds=1)
# Summer time begins on 29 March and ends on 25 October 2026.
DAYS = [date(2026, 3, 28), date(2026, 3, 29), date(2026, 6, 15), date(2026, 10, 25), date(2026, 12, 31)]


@dataclass(frozen=True)
class Days:
    title: str
    opens_at: datetime
    closes_at: datetime | None
    accepts_contributions: bool = True


def days(first: date, last: date | None, *, writing: bool = True) -> Days:
    return Days("Phase", start_of_day(first), end_of_day(last) if last else None, writing)


@pytest.mark.parametrize("day", DAYS)
def test_a_phase_of_one_day_is_under_way_from_its_first_second_to_its_last(day: date) -> None:
    phase = days(day, day)
    assert phase.closes_at

    assert timeline.state_of(phase, phase.opens_at - SECOND) == PhaseState.NEXT
    assert timeline.state_of(phase, phase.opens_at) == PhaseState.NOW
    assert timeline.state_of(phase, phase.closes_at - SECOND) == PhaseState.NOW
    assert timeline.state_of(phase, phase.closes_at) == PhaseState.DONE


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 6, 15), 24), (date(2026, 10, 25), 25)])
def test_a_day_is_as_long_as_the_clock_makes_it(day: date, hours: int) -> None:
    span = end_of_day(day).astimezone(UTC) - start_of_day(day).astimezone(UTC)

    assert span == timedelta(hours=hours)


@pytest.mark.parametrize("day", DAYS)
def test_the_last_day_of_a_stretch_is_the_one_that_was_set(day: date) -> None:
    assert last_day_before(end_of_day(day)) == day


def test_a_phase_without_an_end_goes_on() -> None:
    phase = days(date(2026, 3, 1), None)

    assert timeline.state_of(phase, datetime(2099, 1, 1, tzinfo=UTC)) == PhaseState.NOW


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (datetime(2026, 4, 30, 21, 59, 59, tzinfo=UTC), ConsultationState.PLANNED),
        (datetime(2026, 4, 30, 22, 0, tzinfo=UTC), ConsultationState.OPEN),
        (datetime(2026, 5, 31, 21, 59, 59, tzinfo=UTC), ConsultationState.OPEN),
        (datetime(2026, 5, 31, 22, 0, tzinfo=UTC), ConsultationState.CLOSED),
    ],
)
def test_a_published_consultation_is_planned_then_open_then_closed(at: datetime, state: ConsultationState) -> None:
    phases = [days(date(2026, 4, 1), date(2026, 4, 30), writing=False), days(date(2026, 5, 1), date(2026, 5, 31))]

    assert timeline.standing(phases, at, status=ConsultationStatus.PUBLISHED).state == state
    assert timeline.standing(phases, at, status=ConsultationStatus.DRAFT).state == ConsultationState.DRAFT


def test_the_moment_of_a_standing_is_the_one_people_wait_for() -> None:
    phase = days(date(2026, 5, 1), date(2026, 5, 31))
    before, within, after = (datetime(2026, month, 15, tzinfo=UTC) for month in (4, 5, 6))

    assert timeline.standing([phase], before, status=ConsultationStatus.PUBLISHED).moment == phase.opens_at
    assert timeline.standing([phase], within, status=ConsultationStatus.PUBLISHED).moment == phase.closes_at
    assert timeline.standing([phase], after, status=ConsultationStatus.PUBLISHED).moment == phase.closes_at


def test_a_consultation_where_nobody_could_ever_write_is_closed_without_a_moment() -> None:
    phases = [days(date(2026, 5, 1), date(2026, 5, 31), writing=False)]

    standing = timeline.standing(phases, datetime(2026, 5, 2, tzinfo=UTC), status=ConsultationStatus.PUBLISHED)

    assert (standing.state, standing.moment) == (ConsultationState.CLOSED, None)


@pytest.mark.parametrize(("hours", "share"), [(0, 10), (5, 50), (9.9, 90)])
def test_the_share_that_has_passed_moves_in_steps_and_never_looks_finished(hours: float, share: int) -> None:
    opens = datetime(2026, 5, 1, tzinfo=UTC)
    phase = Days("Phase", opens, opens + timedelta(hours=10))

    assert timeline.timeline([phase], opens + timedelta(hours=hours))[0].share == share


def test_the_coming_deadline_is_that_of_the_phase_under_way_or_next_or_last() -> None:
    first, second = days(date(2026, 5, 1), date(2026, 5, 10)), days(date(2026, 6, 1), date(2026, 6, 10))

    def coming(month: int, day: int) -> datetime | None:
        return timeline.coming_deadline([first, second], datetime(2026, month, day, tzinfo=UTC))

    assert coming(4, 1) == first.closes_at
    assert coming(5, 5) == first.closes_at
    assert coming(5, 20) == second.closes_at
    assert coming(7, 1) == second.closes_at
