from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from apps.common import wording

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 22, 8, 12, tzinfo=UTC), "today at 9:12"),
        (datetime(2026, 11, 21, 23, 0, tzinfo=UTC), "today at 0:00"),
        (datetime(2026, 11, 21, 22, 59, tzinfo=UTC), "yesterday at 23:59"),
        (datetime(2026, 11, 20, 22, 59, tzinfo=UTC), "20 November at 23:59"),
        (datetime(2026, 10, 21, 17, 48, tzinfo=UTC), "21 October at 19:48"),
        (datetime(2025, 12, 31, 22, 59, tzinfo=UTC), "31 December 2025 at 23:59"),
        (datetime(2025, 12, 31, 23, 0, tzinfo=UTC), "1 January at 0:00"),
    ],
)
def test_moment_is_told_on_the_municipality_s_clock(at, words):
    assert wording.moment(at, NOW) == words


def test_moment_on_the_night_the_clock_goes_back_reads_as_the_wall_showed_it():
    now = datetime(2026, 10, 25, 12, 0, tzinfo=UTC)

    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

    assert wording.moment(first, now) == wording.moment(second, now) == "today at 2:30"


def test_moment_in_january_knows_yesterday_across_the_year():
    now = datetime(2027, 1, 1, 8, 0, tzinfo=UTC)

    assert wording.moment(datetime(2026, 12, 31, 12, 5, tzinfo=UTC), now) == "yesterday at 13:05"


def test_moment_without_now_is_told_in_full():
    assert wording.moment(datetime(2026, 11, 22, 8, 12, tzinfo=UTC), None) == "22 November 2026 at 9:12"


def test_moment_speaks_the_active_language():
    at = datetime(2026, 10, 21, 17, 48, tzinfo=UTC)

    with override("da"):
        danish = wording.moment(at, NOW)

    assert "oktober" in danish
    assert "October" in wording.moment(at, NOW)


@pytest.mark.parametrize("day", [22, 21, 1])
def test_kl_and_the_time_stay_on_one_line(day):
    at = datetime(2026, 11, day, 8, 12, tzinfo=UTC)

    with override("da"):
        words = [wording.moment(at, NOW), wording.deadline(at, NOW), wording.time_left(NOW, NOW - timedelta(minutes=1))]

    assert all("kl.\N{NO-BREAK SPACE}" in told for told in words), words


def test_the_day_and_its_month_stay_on_one_line():
    on = date(2026, 10, 21)

    with override("da"):
        words = [
            wording.day(on, NOW),
            wording.weekday(on, NOW),
            wording.day_range(date(2026, 10, 4), on, NOW),
            wording.deadline(datetime(2026, 10, 21, 21, 59, tzinfo=UTC), NOW),
        ]

    assert all("21.\N{NO-BREAK SPACE}oktober" in told for told in words), words


def test_day_leaves_out_this_year_only():
    assert wording.day(date(2026, 10, 21), NOW) == "21 October"
    assert wording.day(date(2027, 1, 29), NOW) == "29 January 2027"
    assert wording.day(date(2026, 10, 21)) == "21 October 2026"


def test_day_of_a_moment_is_the_local_day():
    assert wording.day(datetime(2026, 11, 21, 23, 30, tzinfo=UTC), NOW) == "22 November"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 5, 4), date(2026, 5, 25), "4–25 May"),
        (date(2026, 10, 19), date(2026, 12, 13), "19 October – 13 December"),
        (date(2026, 12, 19), date(2027, 1, 13), "19 December 2026 – 13 January 2027"),
        (date(2027, 2, 9), date(2027, 3, 23), "9 February – 23 March 2027"),
        (date(2026, 5, 4), date(2026, 5, 4), "4 May"),
        (date(2027, 4, 1), None, "from 1 April 2027"),
    ],
)
def test_day_range(first, last, words):
    assert wording.day_range(first, last, NOW) == words


def test_day_range_ends_on_the_last_day_that_is_on_time():
    opens, closes = (
        datetime(2026, 10, 19, tzinfo=COPENHAGEN),
        datetime(2026, 12, 14, tzinfo=COPENHAGEN),
    )

    assert wording.day_range(opens, closes, NOW) == "19 October – 13 December"


def test_deadline_at_midnight_is_the_minute_before():
    assert wording.deadline(datetime(2026, 12, 14, tzinfo=COPENHAGEN), NOW) == "Sunday 13 December at 23:59"


def test_deadline_at_noon_stays_noon():
    assert wording.deadline(datetime(2027, 1, 4, 12, tzinfo=COPENHAGEN), NOW) == "Monday 4 January 2027 at 12:00"


def test_deadline_in_summer_time_is_the_same_wall_clock():
    assert wording.deadline(datetime(2026, 6, 1, tzinfo=COPENHAGEN), NOW) == "Sunday 31 May at 23:59"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2026, 11, 22, 9, 30, tzinfo=COPENHAGEN), "21 days left"),
        (datetime(2026, 12, 12, 23, 59, tzinfo=COPENHAGEN), "1 day left"),
        (datetime(2026, 12, 13, 0, 0, tzinfo=COPENHAGEN), "closes today at 23:59"),
        (datetime(2026, 12, 13, 23, 59, 59, tzinfo=COPENHAGEN), "closes today at 23:59"),
        (datetime(2026, 12, 14, 0, 0, tzinfo=COPENHAGEN), "closed 13 December"),
        (datetime(2027, 1, 2, 0, 0, tzinfo=COPENHAGEN), "closed 13 December 2026"),
    ],
)
def test_time_left_until_the_last_instant(now, words):
    assert wording.time_left(datetime(2026, 12, 14, tzinfo=COPENHAGEN), now) == words


def test_time_left_over_a_change_of_the_clock_counts_days_not_hours():
    now = datetime(2026, 10, 24, 12, 0, tzinfo=COPENHAGEN)

    assert wording.time_left(datetime(2026, 10, 27, tzinfo=COPENHAGEN), now) == "2 days left"


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (datetime(2026, 11, 22, 9, 30, tzinfo=UTC), "0 min"),
        (datetime(2026, 11, 22, 9, 18, tzinfo=UTC), "12 min"),
        (datetime(2026, 11, 22, 4, 52, tzinfo=UTC), "4 h 38 min"),
        (datetime(2026, 11, 19, 9, 30, tzinfo=UTC), "3 days"),
        (datetime(2026, 11, 22, 9, 31, tzinfo=UTC), "0 min"),
    ],
)
def test_waited(since, words):
    assert wording.waited(since, NOW) == words
