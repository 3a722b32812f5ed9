"""Meetings and other days as files for calendars (iCalendar, RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vUri

PRODUCT = "-//Civic Forum//Meetings//EN"


@dataclass(frozen=True, kw_only=True)
class CalendarEvent:
    """What a calendar is told. `sequence` grows with every change, so that it knows the newer of two files."""

    uid: str
    sequence: int
    written_at: datetime
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    description: str
    address: str
    is_called_off: bool


@dataclass(frozen=True, kw_only=True)
class CalendarDay:
    """Something that lasts a whole day on every clock."""

    uid: str
    written_at: datetime
    day: date
    title: str
    description: str
    address: str


def calendar_file(*told: CalendarEvent | CalendarDay) -> bytes:
    """Return the file. Times stand in UTC, which every calendar shows on its owner's clock, in summer and winter."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one in told:
        calendar.add_component(_day(one) if isinstance(one, CalendarDay) else _event(one))
    return bytes(calendar.to_ical())


def _event(told: CalendarEvent) -> Event:
    event = Event()
    event.add("uid", told.uid)
    event.add("sequence", told.sequence)
    event.add("dtstamp", told.written_at)
    event.add("last-modified", told.written_at)
    event.add("summary", told.title)
    event.add("dtstart", told.starts_at.astimezone(UTC))
    event.add("dtend", told.ends_at.astimezone(UTC))
    event.add("location", told.place)
    event.add("description", told.description)
    event["url"] = vUri(told.address)
    event.add("status", "CANCELLED" if told.is_called_off else "CONFIRMED")
    return event


def _day(told: CalendarDay) -> Event:
    event = Event()
    event.add("uid", told.uid)
    event.add("dtstamp", told.written_at)
    event.add("summary", told.title)
    event.add("dtstart", told.day)
    event.add("dtend", told.day + timedelta(days=1))
    event.add("description", told.description)
    event["url"] = vUri(told.address)
    event.add("transp", "TRANSPARENT")
    return event
