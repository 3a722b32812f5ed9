"""Days in the municipality's zone."""

from datetime import date, time

import pytest

from apps.common.calendar import end_of_day, last_day_before, local, start_of_day


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31)])
def test_a_day_begins_and_ends_at_local_midnight(day: date) -> None:
    begins = local(start_of_day(day))

    assert (begins.date(), begins.time()) == (day, time())
    assert last_day_before(end_of_day(day)) == day
    assert last_day_before(start_of_day(day)) < day
