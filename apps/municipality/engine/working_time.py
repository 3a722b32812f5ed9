"""Working hours and holidays: when something is due that is promised within so many working hours."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

DAYS_A_WEEK = 7
CLOSED = "-"
_DAY_AND_MONTH = re.compile(r"(\d{1,2})/(\d{1,2})")
_STRETCH = re.compile(r"(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?")
LEAP_YEAR = 2024

Stretch = tuple[time, time]


@dataclass(frozen=True)
class WorkingTime:
    """A week of working hours, Monday first, None for a day off; and days of the year that are off besides holidays.

    Times are those of the clock on the wall in `zone`.
    """

    week: tuple[Stretch | None, ...]
    days_off: frozenset[tuple[int, int]]
    zone: ZoneInfo

    def is_working_day(self, day: date) -> bool:
        """Whether anybody works on that day."""
        return (
            self.week[day.weekday()] is not None
            and (day.day, day.month) not in self.days_off
            and day not in _holidays_of(day.year)
        )

    def due_after(self, at: datetime, *, hours: float) -> datetime:
        """Return the moment at which so many hours of work have gone by since `at`, in UTC.

        What comes outside the working hours counts from the next time they begin.
        """
        left, day = timedelta(hours=hours), at.astimezone(self.zone).date()
        while True:
            begins, ends = self._stretch(day)
            begins = max(begins, at)
            if begins + left <= ends and begins < ends:
                return begins + left
            left -= max(ends - begins, timedelta())
            day += timedelta(days=1)

    def working_days_between(self, since: datetime, at: datetime) -> int:
        """Return how many working days have gone by: those that began after the one and by the other."""
        first, last = since.astimezone(self.zone).date(), at.astimezone(self.zone).date()
        days = (first + timedelta(days=step) for step in range(1, (last - first).days + 1))
        return sum(1 for day in days if self.is_working_day(day))

    def working_day_after(self, since: datetime, days: int) -> date:
        """Return the day with which so many working days have gone by: the inverse of `working_days_between`."""
        day, left = since.astimezone(self.zone).date(), days
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_working_day(day)
        return day

    def working_day_before(self, at: datetime, days: int) -> date:
        """Return the working day of which so many are over: 0 is the last that began by then."""
        day, left = at.astimezone(self.zone).date(), days
        while left or not self.is_working_day(day):
            left -= self.is_working_day(day)
            day -= timedelta(days=1)
        return day

    def _stretch(self, day: date) -> tuple[datetime, datetime]:
        """Return when work begins and ends on that day, in UTC; the same moment twice on a day off."""
        stretch = self.week[day.weekday()] if self.is_working_day(day) else None
        begins, ends = stretch or (time(), time())
        moments = (datetime.combine(day, on_the_wall, tzinfo=self.zone) for on_the_wall in (begins, ends))
        first, last = (moment.astimezone(UTC) for moment in moments)
        return first, last


def week_of(text: str) -> tuple[Stretch | None, ...]:
    """Read a week, Monday first, apart by spaces: `8-16 8-16 8-16 8-16 8:30-14 - -`. Raises ValueError."""
    days = text.split()
    if len(days) != DAYS_A_WEEK or set(days) == {CLOSED}:
        raise ValueError(text)
    return tuple(None if day == CLOSED else _stretch_of(day) for day in days)


def days_off_of(text: str) -> frozenset[tuple[int, int]]:
    """Read days of the year, day and month, apart by spaces: `5/6 24/12`. Raises ValueError."""
    return frozenset(_day_of(word) for word in text.split())


def _stretch_of(text: str) -> Stretch:
    match = _STRETCH.fullmatch(text)
    if match is None:
        raise ValueError(text)
    begins, ends = time(int(match[1]), int(match[2] or 0)), time(int(match[3]), int(match[4] or 0))
    if ends <= begins:
        raise ValueError(text)
    return begins, ends


def _day_of(text: str) -> tuple[int, int]:
    match = _DAY_AND_MONTH.fullmatch(text)
    if match is None:
        raise ValueError(text)
    day = date(LEAP_YEAR, int(match[2]), int(match[1]))
    return day.day, day.month


@lru_cache(maxsize=200)
def _holidays_of(year: int) -> frozenset[date]:
    """Return the public holidays of Denmark in a year."""
    return frozenset(holidays.country_holidays("DK", years=year))
