"""Dates and spans of time in words, on the municipality's clock and in the active language.

Pages and mails share these. A thread shows fifty dates, so the words of a language are looked up
once and the rest is plain formatting: Django's own date filter costs more than the page around it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.template.defaultfilters import filesizeformat
from django.utils import dates
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, ngettext, override

from apps.common.calendar import local

A_MINUTE = timedelta(minutes=1)
AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)


class InDanish(str):
    """The words of a choice that are only kept in Danish."""

    __slots__ = ()


def quoted(words: str) -> str:
    """Return the words between the quotation marks of the page's language."""
    return gettext("“%(words)s”") % {"words": words}


def grouped(number: int) -> str:
    """Return the number with the separators of the page's language between thousands."""
    return number_format(number, force_grouping=True)


def size_beyond(size: int, largest: int) -> str:
    """Return a size that is more than the largest one, in words that say so where both round to the same."""
    told = filesizeformat(size)
    return gettext("a little more than %(size)s") % {"size": told} if told == filesizeformat(largest) else told


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words one language needs for dates. Indexes follow the calendar: January is 1, Monday 0."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    clock: str
    today_at: str
    yesterday_at: str
    on_day_at: str
    day: str
    day_and_year: str
    weekday_day: str
    days_of_month: str
    from_to: str
    from_on: str


def moment(at: datetime, now: datetime | None) -> str:
    """Return "today at 9:12", "21 October at 19:48" or, in another year, "21 October 2025 at 19:48".

    Without `now` the day is always told in full, as a mail needs that is read another day.
    """
    words, then, today = _phrases(), local(at), local(now).date() if now else None
    clock = _clock(then, words)
    if today and then.date() == today:
        return words.today_at.format(clock=clock)
    if today and then.date() == today - A_DAY:
        return words.yesterday_at.format(clock=clock)
    return words.on_day_at.format(day=_day(then.date(), today, words), clock=clock)


def day(on: date, now: datetime | None = None) -> str:
    """Return "21 October", with the year when it is not this year (or nobody said what now is)."""
    return _day(_date(on), local(now).date() if now else None, _phrases())


def weekday(on: date, now: datetime | None = None) -> str:
    """Return "Sunday 13 December", with the year as `day` does."""
    return _phrases().weekday_day.format(weekday=_phrases().weekdays[_date(on).weekday()], day=day(on, now))


def day_range(first: date, last: date | None, now: datetime | None = None) -> str:
    """Return "4–25 May", "19 October – 13 December" or, without an end, "from 19 October"."""
    words, today = _phrases(), local(now).date() if now else None
    start = _date(first)
    if last is None:
        return words.from_on.format(day=_day(start, today, words))
    end = _last_day(last)
    if start >= end:
        return _day(start, today, words)
    if (start.year, start.month) == (end.year, end.month):
        return words.days_of_month.format(first=start.day, last_day=_day(end, today, words))
    if start.year == end.year:
        return words.from_to.format(first=_short_day(start, words), last=_day(end, today, words))
    return words.from_to.format(first=_day(start, None, words), last=_day(end, None, words))


def deadline(at: datetime, now: datetime | None = None) -> str:
    """Return "Sunday 13 December at 23:59": the last minute that is still on time."""
    words, last = _phrases(), _last_moment(at)
    on = _day(last.date(), local(now).date() if now else None, words)
    weekday = words.weekday_day.format(weekday=words.weekdays[last.weekday()], day=on)
    return words.on_day_at.format(day=weekday, clock=_clock(last, words))


def time_of_day(at: datetime) -> str:
    """Return "19:00", in Danish "19.00"."""
    return _clock(local(at), _phrases())


def time_left(deadline: datetime, now: datetime) -> str:
    """Return "21 days left", on the last day "closes today at 23:59", afterwards "closed 13 December"."""
    words, last, today = _phrases(), _last_moment(deadline), local(now).date()
    if now >= deadline:
        return gettext("closed {day}").format(day=_day(last.date(), today, words))
    days = (last.date() - today).days
    if days == 0:
        return gettext("closes today at {clock}").format(clock=_clock(last, words))
    return ngettext("{days} day left", "{days} days left", days).format(days=days)


def waited(since: datetime, now: datetime) -> str:
    """Return how long something has waited: "12 min", "4 h 38 min" or "3 days"."""
    span = max(now - since, timedelta())
    if span >= 2 * A_DAY:
        return ngettext("{days} day", "{days} days", span.days).format(days=span.days)
    hours, minutes = divmod(span // A_MINUTE, AN_HOUR // A_MINUTE)
    if hours:
        return gettext("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return gettext("{minutes} min").format(minutes=minutes)


def _date(on: date) -> date:
    return local(on).date() if isinstance(on, datetime) else on


def _last_day(on: date) -> date:
    return _last_moment(on).date() if isinstance(on, datetime) else on


def _last_moment(at: datetime) -> datetime:
    """Midnight ends the day before: a deadline is kept as the first instant that is too late."""
    then = local(at)
    starts_a_day = not (then.hour or then.minute or then.second or then.microsecond)
    return local(at - A_MINUTE) if starts_a_day else then


def _clock(at: datetime, words: Phrases) -> str:
    return words.clock.format(hour=at.hour, minute=f"{at.minute:02}")


def _short_day(on: date, words: Phrases) -> str:
    return words.day.format(day=on.day, month=words.months[on.month])


def _day(on: date, today: date | None, words: Phrases) -> str:
    short = _short_day(on, words)
    if today and on.year == today.year:
        return short
    return words.day_and_year.format(day=short, year=on.year)


def _phrases() -> Phrases:
    return _phrases_of(get_language() or "en")


@cache
def _phrases_of(language: str) -> Phrases:
    with override(language):
        return Phrases(
            months=("", *(str(dates.MONTHS[number]) for number in range(1, 13))),
            weekdays=tuple(str(dates.WEEKDAYS[number]) for number in range(7)),
            # Translators: the time of day, 9:12 in English, 9.12 in Danish.
            clock=gettext("{hour}:{minute}"),
            # Translators: in Danish a no-break space between "kl." and {clock}, here and below: they stand on one line.
            today_at=gettext("today at {clock}"),
            yesterday_at=gettext("yesterday at {clock}"),
            # Translators: {day} is "21 October" or "21 October 2025".
            on_day_at=gettext("{day} at {clock}"),
            # Translators: "21 October"; in Danish with a point after the number and a no-break space: both stand on one
            # line.
            day=gettext("{day} {month}"),
            # Translators: {day} is "21 October".
            day_and_year=gettext("{day} {year}"),
            # Translators: {day} is "13 December".
            weekday_day=gettext("{weekday} {day}"),
            # Translators: two days of one month; {last_day} is "25 May", so in Danish "{first}.–{last_day}".
            days_of_month=gettext("{first}–{last_day}"),
            # Translators: both are days in words: "19 October – 13 December".
            from_to=gettext("{first} – {last}"),
            # Translators: without an end: "from 19 October".
            from_on=gettext("from {day}"),
        )


def number_ranges(numbers: Iterable[int]) -> str:
    """Return numbers as ranges: 15, 16, 17 and 22 as `15–17, 22`."""
    parts: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][1] + 1:
            parts[-1] = (parts[-1][0], number)
        else:
            parts.append((number, number))
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in parts)
