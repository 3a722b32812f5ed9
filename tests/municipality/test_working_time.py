"""Working time over weekends, holidays, summer time and midnight."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError

from apps.common.calendar import end_of_day
from apps.municipality.engine.working_time import WorkingTime, days_off_of, week_of
from apps.municipality.models import DAYS_OFF, WORKING_WEEK, Municipality
from apps.municipality.queries import due_after, is_working_time, working_days_between

DANISH = ZoneInfo("Europe/Copenhagen")
USUAL = WorkingTime(week=week_of(WORKING_WEEK), days_off=days_off_of(DAYS_OFF), zone=DANISH)


def danish(text: str) -> datetime:
    """Return a moment on the clock on the wall."""
    return datetime.fromisoformat(text).replace(tzinfo=DANISH)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        # A common day, and one that ends: the rest is for the next morning.
        ("2026-11-24 08:00", "2026-11-24 12:00"),
        ("2026-11-24 09:30", "2026-11-24 13:30"),
        ("2026-11-24 12:00", "2026-11-24 16:00"),
        ("2026-11-24 12:01", "2026-11-25 08:01"),
        ("2026-11-24 16:00", "2026-11-25 12:00"),
        # At night: before midnight, at it and after it.
        ("2026-11-24 23:59", "2026-11-25 12:00"),
        ("2026-11-25 00:00", "2026-11-25 12:00"),
        ("2026-11-25 07:59", "2026-11-25 12:00"),
        # Friday ends at 14; the evening and the weekend count for nothing.
        ("2026-11-27 10:00", "2026-11-27 14:00"),
        ("2026-11-27 13:00", "2026-11-30 11:00"),
        ("2026-11-27 18:00", "2026-11-30 12:00"),
        ("2026-11-29 12:00", "2026-11-30 12:00"),
        # Easter: Thursday to Monday are off.
        ("2026-04-01 15:00", "2026-04-07 11:00"),
        ("2026-04-03 10:00", "2026-04-07 12:00"),
        # Christmas Eve to the second day of Christmas, then a weekend.
        ("2026-12-23 15:30", "2026-12-28 11:30"),
        # New Year's Eve and Day; the year changes in between.
        ("2026-12-30 14:00", "2027-01-04 10:00"),
        # Great Prayer Day was a holiday until 2023, and is a working day since.
        ("2023-05-05 09:00", "2023-05-08 12:00"),
        ("2024-04-26 09:00", "2024-04-26 13:00"),
        # Constitution Day is a day off.
        ("2026-06-04 15:00", "2026-06-08 11:00"),
        # Clocks go forward and back in the night to Sunday: Monday's hours are Monday's.
        ("2026-03-27 13:00", "2026-03-30 11:00"),
        ("2026-10-23 13:00", "2026-10-26 11:00"),
    ],
)
def test_four_working_hours(received: str, due: str) -> None:
    assert USUAL.due_after(danish(received), hours=4).astimezone(DANISH) == danish(due)


@pytest.mark.parametrize(
    ("received", "due"), [("2026-03-28 22:00", "2026-03-30 01:02"), ("2026-10-24 22:00", "2026-10-25 23:01")]
)
def test_an_hour_is_an_hour_when_clocks_change_at_work(received: str, due: str) -> None:
    # The minute before each midnight is off.
    always = WorkingTime(week=week_of(" ".join(["0-23:59"] * 7)), days_off=frozenset(), zone=DANISH)

    assert always.due_after(danish(received), hours=26).astimezone(DANISH) == danish(due)


def test_what_comes_later_is_never_due_earlier() -> None:
    hours = [
        danish(f"2026-12-{day} {hour:02}:{minute}")
        for day in range(18, 32)
        for hour in range(24)
        for minute in (10, 50)
    ]

    due = [USUAL.due_after(at, hours=4) for at in hours]

    assert due == sorted(due)


@pytest.mark.parametrize(
    ("since", "at", "days"),
    [
        ("2026-11-20 10:00", "2026-11-20 16:00", 0),
        ("2026-11-20 10:00", "2026-11-22 16:00", 0),
        ("2026-11-20 10:00", "2026-11-23 02:00", 1),
        ("2026-11-20 10:00", "2026-11-27 10:00", 5),
        ("2026-11-21 10:00", "2026-12-06 10:00", 10),
        ("2026-11-23 10:00", "2026-11-20 10:00", 0),
        ("2026-03-30 10:00", "2026-04-08 10:00", 4),
        ("2026-07-05 12:00", "2026-07-05 23:59", 0),
        ("2026-07-05 12:00", "2026-07-06 00:00", 1),
    ],
)
def test_weekends_and_holidays_are_no_working_days(since: str, at: str, days: int) -> None:
    assert USUAL.working_days_between(danish(since), danish(at)) == days


@pytest.mark.parametrize(
    "week",
    ["", "8-16", "- - - - - - -", "8-16 8-16 8-16 8-16 8-14 -", "8-7 - - - - - -", "8-24 - - - - - -", "x - - - - - -"],
)
def test_a_week_that_cannot_be_worked_is_refused(week: str) -> None:
    with pytest.raises(ValidationError):
        Municipality(name="Havn", site_name="Havn", code="0123", working_week=week).full_clean()


@pytest.mark.parametrize("days", ["24", "31/2", "0/1", "24/12,31/12", "24.12"])
def test_a_day_that_is_none_is_refused(days: str) -> None:
    with pytest.raises(ValidationError):
        Municipality(name="Havn", site_name="Havn", code="0123", days_off=days).full_clean()


@pytest.mark.django_db
def test_the_municipality_sets_its_own_hours(django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    wednesday = danish("2026-11-25 09:00")
    assert due_after(wednesday, hours=4) == danish("2026-11-25 13:00")
    with django_capture_on_commit_callbacks(execute=True):
        call_command(
            "set_up_municipality",
            name="Havn",
            site_name="Havn",
            code="0123",
            working_week="10-12 - 10-12 - 9:30-12 - -",
            days_off="27/11",
        )

    assert due_after(wednesday, hours=1) == danish("2026-11-25 11:00")
    assert due_after(wednesday, hours=3) == danish("2026-11-30 11:00")
    assert working_days_between(wednesday, danish("2026-12-02 09:00")) == 2
    assert [is_working_time(danish(f"2026-11-25 {hour}:00")) for hour in ("09", "10", "11", "12")] == [
        False,
        True,
        True,
        False,
    ]
    with pytest.raises(CommandError, match="--working-week"):
        call_command("set_up_municipality", working_week="always")


def test_a_whole_deadline_day_counts() -> None:
    assert USUAL.working_days_between(danish("2026-11-23 12:00"), end_of_day(date(2026, 11, 24))) == 2
