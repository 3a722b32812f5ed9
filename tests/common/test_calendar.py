"""Days in the municipality's zone."""

from datetime import UTC, date, datetime, time

import pytest

from apps.common.calendar import end_of_day, last_day_before, local, start_of_day, working_days_between


@pytest.mark.parametrize(
    ("since", "at", "days"),
    [
        (datetime(2026, 11, 20, 9, tzinfo=UTC), datetime(2026, 11, 20, 15, tzinfo=UTC), 0),
        (datetime(2026, 11, 20, 9, tzinfo=UTC), datetime(2026, 11, 22, 15, tzinfo=UTC), 0),
        (datetime(2026, 11, 20, 9, tzinfo=UTC), datetime(2026, 11, 23, 1, tzinfo=UTC), 1),
        (datetime(2026, 11, 20, 9, tzinfo=UTC), datetime(2026, 11, 27, 9, tzinfo=UTC), 5),
        (datetime(2026, 11, 21, 9, tzinfo=UTC), datetime(2026, 12, 6, 9, tzinfo=UTC), 10),
        (datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 20, 9, tzinfo=UTC), 0),
    ],
)
def test_weekends_are_no_working_days(since: datetime, at: datetime, days: int) -> None:
    assert working_days_between(since, at) == days


def test_a_working_day_begins_at_local_midnight() -> None:
    sunday = datetime(2026, 7, 5, 12, tzinfo=UTC)

    assert working_days_between(sunday, datetime(2026, 7, 5, 21, 59, tzinfo=UTC)) == 0
    assert working_days_between(sunday, datetime(2026, 7, 5, 22, 0, tzinfo=UTC)) == 1


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31)])
def test_a_day_begins_and_ends_at_local_midnight(day: date) -> None:
    begins = local(start_of_day(day))

    assert (begins.date(), begins.time()) == (day, time())
    assert last_day_before(end_of_day(day)) == day
    assert last_day_before(start_of_day(day)) < day
