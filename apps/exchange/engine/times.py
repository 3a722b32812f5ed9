"""Points in time as sources write them."""

import re
from datetime import UTC, datetime, time, tzinfo

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOON = time(12)
_FIRST_YEAR, _LAST_YEAR = 1970, 2100
_FIRST_MILLISECONDS = 100_000_000_000  # as seconds this is the year 5138, as milliseconds March 1973


def read_time(text: str, zone: tzinfo) -> datetime | None:
    """The moment in UTC, or nothing where it cannot be read.

    Without an offset it is local time of the zone: an hour that summer time skips counts as if it
    had not begun yet, one that occurs twice as its first. A day alone is its noon.
    """
    text = text.strip()
    try:
        if _DATE.fullmatch(text):
            moment = datetime.combine(datetime.fromisoformat(text), _NOON)
        else:
            moment = datetime.fromisoformat(text.removesuffix(" UTC") + "+00:00" * text.endswith(" UTC"))
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if _FIRST_YEAR <= moment.year <= _LAST_YEAR else None


def read_stamp(text: str) -> datetime | None:
    """The moment of a Unix time in seconds or milliseconds, told apart by size."""
    text = text.strip()
    if not re.fullmatch(r"[0-9]{1,14}", text):
        return None
    stamp = int(text)
    milliseconds = stamp if stamp >= _FIRST_MILLISECONDS else stamp * 1000
    moment = datetime.fromtimestamp(milliseconds // 1000, UTC).replace(microsecond=milliseconds % 1000 * 1000)
    return moment if moment.year <= _LAST_YEAR else None
