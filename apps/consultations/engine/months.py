"""Months as they stand in an address: `2026-11`."""

import re
from datetime import date

_MONTH = re.compile(r"(\d{4})-(\d{2})")
EARLIEST, LATEST = 2000, 2100
MONTHS = 12


def month_of(text: str | None) -> date | None:
    """Return the first day of the month that an address names; None for anything else, also for far-off years."""
    found = _MONTH.fullmatch(text or "")
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, 1) if EARLIEST <= year < LATEST and 1 <= month <= MONTHS else None


def months_later(first: date, months: int) -> date:
    """Return the first day of the month that is so many months later, or earlier."""
    count = first.year * MONTHS + first.month - 1 + months
    return date(count // MONTHS, count % MONTHS + 1, 1)
