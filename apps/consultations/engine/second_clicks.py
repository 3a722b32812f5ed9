"""Whether what a form asks for was done before, as by a second click: then there is nothing to refuse."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any


def stands_already(asked: Mapping[str, Any], standing: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether one of those that stand says all that was asked, in just these words; where nothing was, none does.

    What was asked may be as a browser sent it: values are the same when they are written the same.
    """
    wanted = {name: _written(value) for name, value in asked.items()}
    if not any(wanted.values()):
        return False
    return any(all(_written(row[name]) == word for name, word in wanted.items()) for row in standing)


def _written(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
