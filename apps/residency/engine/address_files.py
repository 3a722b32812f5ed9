"""Reading an address register from a table: a head line with the names of the columns, then one home a line."""

import csv
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from sys import intern

from apps.residency.engine.addresses import RegisteredAddress, plain_number, read_home

COLUMNS = ("street", "house_number", "floor", "door", "postal_code", "city", "district")
_MUST = ("street", "house_number", "postal_code", "city")
_NUMBER = re.compile(r"^\d{1,3}[A-ZÆØÅ]?$")
_POSTAL_CODE = re.compile(r"^\d{4}$")


class BadRegister(Exception):
    """The table cannot be read. The message names the line and what is wrong with it, and holds no address."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"Line {line}: {why}")


def read_homes(lines: Iterable[str]) -> Iterator[RegisteredAddress]:
    """Return the homes of a table with `;` or `,` between its columns. Raises BadRegister at the first bad line."""
    rest = iter(lines)
    head = next(rest, "").removeprefix("\ufeff")
    between = ";" if ";" in head else ","
    places = _places(head, between)
    rows = csv.reader(rest, delimiter=between, strict=True)
    try:
        for row in rows:
            if row:
                yield _home(row, places, rows.line_num + 1)
    except csv.Error as problem:
        raise BadRegister(rows.line_num + 1, f"{problem}.") from problem


def _places(head: str, between: str) -> dict[str, int]:
    names = [name.strip().strip('"').lower() for name in head.strip().split(between)]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise BadRegister(1, f"the head line lacks {', '.join(missing)}; it reads {';'.join(COLUMNS)}.")
    return {name: names.index(name) for name in COLUMNS}


def _home(row: list[str], places: dict[str, int], line: int) -> RegisteredAddress:
    if len(row) <= max(places.values()):
        raise BadRegister(line, f"it has {len(row)} columns, and {len(places)} are needed.")
    told = {name: intern(" ".join(row[place].split())) for name, place in places.items()}
    empty = [name for name in _MUST if not told[name]]
    if empty:
        raise BadRegister(line, f"{empty[0]} is empty.")
    number = intern(_plain_number(told["house_number"]))
    if not _NUMBER.match(number):
        raise BadRegister(line, "house_number is not a number of up to three digits with at most one letter.")
    if not _POSTAL_CODE.match(told["postal_code"]):
        raise BadRegister(line, "postal_code is not four digits.")
    floor, door, is_whole = _read_home(told["floor"], told["door"])
    if not is_whole:
        raise BadRegister(line, "floor or door cannot be read; write st, kl or a number, and tv, mf, th or a number.")
    told |= {"house_number": number, "floor": floor, "door": door}
    return RegisteredAddress(**told)


_plain_number = lru_cache(maxsize=2_000)(plain_number)


@lru_cache(maxsize=2_000)
def _read_home(floor: str, door: str) -> tuple[str, str, bool]:
    """Return floor and door in plain form, and whether they could be read. The register has few different ones."""
    plain_floor, plain_door, leftover = read_home(f"{floor} {door}")
    is_whole = not leftover and bool(floor) == bool(plain_floor) and bool(door) == bool(plain_door)
    return intern(plain_floor), intern(plain_door), is_whole
