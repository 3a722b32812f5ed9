"""How a hearing's days are counted: by every legal basis, over midnight, summer time and leap days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from apps.common.calendar import end_of_day, start_of_day
from apps.consultations.engine.legal_clock import Period, Stretch, extended, period_of

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
SECOND, A_DAY = timedelta(seconds=1), timedelta(days=1)

WEEKS = {
    "municipal_plan": 8,
    "municipal_plan_minor": 4,
    "local_plan": 4,
    "local_plan_minor": 2,
    "call_for_ideas": 0,
    "environmental_report": 8,
}
# Each first day, and the last lawful ones by weeks: an ordinary spring, over each switch of summer time, over a leap
# day, in a year without one, over the turn of a year.
FIRST_DAYS = {
    date(2026, 9, 1): {0: date(2026, 9, 1), 2: date(2026, 9, 15), 4: date(2026, 9, 29), 8: date(2026, 10, 27)},
    date(2026, 3, 16): {0: date(2026, 3, 16), 2: date(2026, 3, 30), 4: date(2026, 4, 13), 8: date(2026, 5, 11)},
    date(2026, 10, 12): {0: date(2026, 10, 12), 2: date(2026, 10, 26), 4: date(2026, 11, 9), 8: date(2026, 12, 7)},
    date(2028, 2, 15): {0: date(2028, 2, 15), 2: date(2028, 2, 29), 4: date(2028, 3, 14), 8: date(2028, 4, 11)},
    date(2027, 2, 15): {0: date(2027, 2, 15), 2: date(2027, 3, 1), 4: date(2027, 3, 15), 8: date(2027, 4, 12)},
    date(2026, 12, 21): {0: date(2026, 12, 21), 2: date(2027, 1, 4), 4: date(2027, 1, 18), 8: date(2027, 2, 15)},
}


@dataclass(frozen=True)
class APhase:
    opens_at: datetime
    closes_at: datetime | None
    accepts_contributions: bool = True
    title: str = "Hearing"


def counted(
    *phases: APhase, minimum: int = 28, published_at: datetime = LONG_AGO, announced_on: date | None = None
) -> Period | None:
    return period_of(phases, minimum=minimum, published_at=published_at, announced_on=announced_on, zone=COPENHAGEN)


def whole_days(first: date, last: date) -> APhase:
    return APhase(start_of_day(first), end_of_day(last))


@pytest.mark.parametrize("basis", WEEKS)
@pytest.mark.parametrize("first", FIRST_DAYS)
def test_every_basis_over_every_bend_of_the_calendar(basis: str, first: date) -> None:
    weeks = WEEKS[basis]
    lawful = FIRST_DAYS[first][weeks]

    period = counted(whole_days(first, lawful), minimum=7 * weeks)
    assert period is not None
    assert (period.begins, period.first_lawful_last_day, period.days) == (first, lawful, 7 * weeks)
    assert lawful.weekday() == first.weekday()
    assert not period.is_too_short
    if weeks:
        one_day_less = counted(whole_days(first, lawful - A_DAY), minimum=7 * weeks)
        assert one_day_less is not None
        assert one_day_less.is_too_short


@pytest.mark.django_db
def test_the_table_holds_every_basis_that_there_is() -> None:
    from apps.municipality.models import LegalBasis  # noqa: PLC0415 - the rest of this file needs no tables

    assert dict(LegalBasis.objects.values_list("code", "minimum_days")) == {c: 7 * w for c, w in WEEKS.items()}


@pytest.mark.parametrize(
    ("opens", "begins"),
    [
        (datetime(2026, 8, 31, 21, 59, 59, tzinfo=UTC), date(2026, 8, 31)),
        (datetime(2026, 8, 31, 22, tzinfo=UTC), date(2026, 9, 1)),  # midnight in summer time
        (datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC), date(2026, 11, 30)),
        (datetime(2026, 11, 30, 23, tzinfo=UTC), date(2026, 12, 1)),  # midnight in winter
    ],
)
def test_the_day_is_the_one_on_the_municipalitys_clock(opens: datetime, begins: date) -> None:
    period = counted(APhase(opens, opens + 40 * A_DAY))
    assert period is not None
    assert period.begins == begins


@pytest.mark.parametrize("last", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)])
def test_a_last_day_ends_at_the_first_instant_of_the_next_also_where_days_have_23_or_25_hours(last: date) -> None:
    closes = end_of_day(last)
    at_the_end, a_moment_less = (
        counted(APhase(LONG_AGO, moment)) for moment in (closes, closes - timedelta(microseconds=1))
    )

    assert at_the_end is not None
    assert a_moment_less is not None
    assert at_the_end.last_day == a_moment_less.last_day == last
    assert closes.astimezone(COPENHAGEN).hour == 0


def test_it_begins_when_it_is_open_seen_and_announced() -> None:
    phase = whole_days(date(2026, 9, 1), date(2026, 10, 1))

    begins = [
        period.begins
        for period in (
            counted(phase),
            counted(phase, published_at=datetime(2026, 9, 3, 21, tzinfo=UTC)),
            counted(phase, announced_on=date(2026, 9, 8)),
            counted(phase, announced_on=date(2026, 8, 1)),
        )
        if period
    ]

    assert begins == [date(2026, 9, 1), date(2026, 9, 3), date(2026, 9, 8), date(2026, 9, 1)]


def test_a_call_for_ideas_before_it_is_not_the_hearing_and_no_deadline_is_never_too_short() -> None:
    ideas, hearing = whole_days(date(2026, 3, 1), date(2026, 3, 20)), whole_days(date(2026, 9, 1), date(2026, 9, 29))
    considered = APhase(end_of_day(date(2026, 9, 29)), None, accepts_contributions=False)

    period = counted(ideas, hearing, considered)
    endless = counted(APhase(start_of_day(date(2026, 9, 1)), None))

    assert period == Period(begins=date(2026, 9, 1), last_day=date(2026, 9, 29), minimum=28)
    assert endless is not None
    assert (endless.days, endless.is_too_short) == (None, False)
    assert counted(considered) is None


# ------------------------------------------------------------------ extensions


def stretch(position: int, first: date, last: date | None) -> Stretch:
    return Stretch(position=position, opens_at=start_of_day(first), closes_at=end_of_day(last) if last else None)


def days_of(stretches: list[Stretch]) -> list[tuple[str, str]]:
    return [
        (
            f"{one.opens_at.astimezone(COPENHAGEN):%d%b %H}",
            f"{one.closes_at.astimezone(COPENHAGEN):%d%b %H}" if one.closes_at else "",
        )
        for one in stretches
    ]


def test_what_follows_an_extension_moves_by_whole_days_over_summer_time() -> None:
    hearing = stretch(1, date(2026, 3, 1), date(2026, 3, 20))
    considered = stretch(2, date(2026, 3, 21), date(2026, 4, 10))
    decided = stretch(3, date(2026, 4, 11), None)

    moved = extended(
        [hearing, considered, decided], position=1, closes_at=end_of_day(date(2026, 4, 3)), zone=COPENHAGEN
    )

    assert days_of(moved) == [("01Mar 00", "04Apr 00"), ("04Apr 00", "25Apr 00"), ("25Apr 00", "")]


def test_what_is_far_enough_behind_stays_and_what_lies_before_too() -> None:
    before = stretch(1, date(2026, 1, 1), date(2026, 1, 31))
    hearing = stretch(2, date(2026, 2, 1), date(2026, 2, 28))
    later = stretch(3, date(2026, 5, 1), None)

    moved = extended([before, hearing, later], position=2, closes_at=end_of_day(date(2026, 3, 31)), zone=COPENHAGEN)

    assert (moved[0], moved[2]) == (before, later)
    assert moved[1].closes_at == end_of_day(date(2026, 3, 31))


def test_phases_that_end_within_a_day_still_follow_one_another() -> None:
    noon = datetime(2026, 3, 20, 11, tzinfo=UTC)
    hearing = Stretch(position=1, opens_at=LONG_AGO, closes_at=noon)
    considered = Stretch(position=2, opens_at=noon, closes_at=None)

    moved = extended([hearing, considered], position=1, closes_at=end_of_day(date(2026, 4, 3)), zone=COPENHAGEN)

    assert moved[0].closes_at is not None
    assert moved[1].opens_at >= moved[0].closes_at
    assert moved[1].opens_at - moved[0].closes_at < A_DAY
