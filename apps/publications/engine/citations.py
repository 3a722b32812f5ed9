"""Reading the numbers that an official writes down: `#12, #16, 20-22`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

MOST_NUMBERS = 500
WIDEST_RANGE = 100
_NOISE = {"og", "and", "&", "nr", "nr.", "no", "no.", "nos", "nos.", "#"}
_ONE = re.compile(r"(?:#|nr\.?|no\.?)?([0-9]{1,9})", re.IGNORECASE)
_RANGE = re.compile(r"#?([0-9]{1,9})[-–—]#?([0-9]{1,9})")
_BETWEEN = re.compile(r"[,;\s]+")
_AROUND_DASH = re.compile(r"\s*([-–—])\s*")


@dataclass(frozen=True)
class Numbers:
    """The numbers read, each once and in order, and what could not be read."""

    found: tuple[int, ...] = ()
    unread: tuple[str, ...] = ()
    are_too_many: bool = False


def read_numbers(text: str) -> Numbers:
    """Return the numbers in a text: one by one or as ranges, with or without a sign before them."""
    found: set[int] = set()
    unread: list[str] = []
    for word in _BETWEEN.split(_AROUND_DASH.sub(r"\1", text.strip())):
        if not word or word.casefold() in _NOISE:
            continue
        numbers = _numbers(word)
        if not numbers or 0 in numbers:
            unread.append(word)
        found.update(numbers)
        if len(found) > MOST_NUMBERS:
            return Numbers(are_too_many=True)
    return Numbers(tuple(sorted(found - {0})), tuple(unread))


def written_numbers(numbers: Iterable[int]) -> str:
    """Return numbers as an official writes them: `#12, #16`."""
    return ", ".join(f"#{number}" for number in numbers)


def _numbers(word: str) -> range:
    """Return the numbers that one word stands for; none when it cannot be read."""
    if one := _ONE.fullmatch(word):
        number = int(one[1])
        return range(number, number + 1)
    if (ends := _RANGE.fullmatch(word)) and int(ends[1]) <= int(ends[2]) < int(ends[1]) + WIDEST_RANGE:
        return range(int(ends[1]), int(ends[2]) + 1)
    return range(0)
