"""Days and deadlines in the municipality's zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def zone() -> ZoneInfo:
    """Return the municipality's time zone."""
    return ZoneInfo(settings.TIME_ZONE)


def local(at: datetime) -> datetime:
    """Return the moment on the municipality's clock."""
    return timezone.localtime(at, zone())


def start_of_day(day: date) -> datetime:
    """Return the first instant of a local day."""
    return datetime.combine(day, time(), tzinfo=zone())


def end_of_day(day: date) -> datetime:
    """Return the instant at which a deadline on that day has passed: the first instant of the next local day.

    People read it as 23:59:59; everything received before this instant is on time.
    """
    return start_of_day(day + timedelta(days=1))


def last_day_before(end: datetime) -> date:
    """Return the last local day of a stretch that ends at that instant: the inverse of `end_of_day`."""
    return local(end - timedelta(microseconds=1)).date()


def moment_at(day: date, clock: time) -> datetime | None:
    """Return the moment in UTC at which the local clock shows that time on that day, or None where it never does.

    In spring the clock leaves out an hour; in autumn one comes twice, and the first is meant.
    """
    shown = datetime.combine(day, clock, tzinfo=zone())
    moment = shown.astimezone(UTC)
    return moment if local(moment).replace(tzinfo=None) == shown.replace(tzinfo=None) else None
