"""Places in a list as they stand in an address. Lists are paged by key, never by counting off."""

import re

_WHOLE = re.compile(r"[0-9]{1,9}")
_LEDGER_PLACE = re.compile(r"[0-9]{1,18}")


def whole_number(text: str | None) -> int | None:
    """Return the number that stands in an address; None for anything else, also for what no row can have."""
    return int(text) if text and _WHOLE.fullmatch(text) else None


def ledger_place(text: str | None) -> int | None:
    """Return the ledger position that stands in an address; None for anything else."""
    return int(text) if text and _LEDGER_PLACE.fullmatch(text) else None
