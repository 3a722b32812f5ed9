"""Reads a list of people that was pasted or saved from a spreadsheet: one a line, columns by `;`, tab or comma.

The columns are name, job title, department, other spellings, elected. A line that names the columns may give them in
another order. `Holm, Mette` by itself is one name.
"""

import csv
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

MOST_ROWS: Final = 5_000

_COLUMNS: Final = ("name", "title", "department", "spellings", "elected")
_CALLED: Final = {
    "navn": "name", "name": "name", "fulde navn": "name", "medarbejder": "name",
    "titel": "title", "stilling": "title", "stillingsbetegnelse": "title", "title": "title", "job title": "title",
    "afdeling": "department", "forvaltning": "department", "enhed": "department", "department": "department",
    "andre stavemåder": "spellings", "stavemåder": "spellings", "initialer": "spellings", "initials": "spellings",
    "other spellings": "spellings", "spellings": "spellings",
    "folkevalgt": "elected", "valgt": "elected", "politiker": "elected", "elected": "elected",
}  # fmt: skip
_YES: Final = frozenset({"ja", "yes", "x", "1", "true", "sand"})
_BETWEEN_SPELLINGS: Final = re.compile(r"[|/]")
_PARTS_OF_A_NAME: Final = 2


class Row(NamedTuple):
    """One person as the list has them, with the number of the line."""

    line: int
    name: str
    title: str = ""
    department: str = ""
    spellings: tuple[str, ...] = ()
    is_elected: bool = False


def read_list(text: str) -> list[Row]:
    """The people of a list in its order; blank lines and the line that names the columns are left out."""
    lines = text.lstrip("\ufeff").splitlines()
    between = _between(lines)
    columns: Sequence[str] = _COLUMNS
    rows: list[Row] = []
    for number, line in enumerate(lines, start=1):
        cells = _cells(line, between)
        if not any(cells):
            continue
        named = [_CALLED.get(cell.lower(), "") for cell in cells]
        if not rows and "name" in named:
            columns = named
            continue
        rows.append(_row(number, dict(zip(columns, cells, strict=False))))
    return rows


def _between(lines: list[str]) -> str:
    """What parts the columns: a comma only where lines have more of them than `Holm, Mette` has."""
    for sign in (";", "\t"):
        if any(sign in line for line in lines):
            return sign
    has_names_of_columns = any(cell.strip().lower() in _CALLED for line in lines[:1] for cell in line.split(","))
    has_many = any(line.count(",") >= _PARTS_OF_A_NAME for line in lines)
    return "," if has_many or has_names_of_columns else ""


def _cells(line: str, between: str) -> list[str]:
    cells = next(csv.reader([line], delimiter=between), []) if between else [line]
    return [" ".join(cell.split()).strip('"') for cell in cells]


def _row(number: int, cells: dict[str, str]) -> Row:
    spellings = (part.strip() for part in _BETWEEN_SPELLINGS.split(cells.get("spellings", "")))
    return Row(
        number,
        turned(cells.get("name", "")),
        cells.get("title", ""),
        cells.get("department", ""),
        tuple(filter(None, spellings)),
        cells.get("elected", "").lower() in _YES,
    )


def turned(name: str) -> str:
    """A name with its surname last: `Holm, Mette` is Mette Holm."""
    surname, comma, others = name.partition(",")
    is_turned = comma and others.strip() and "," not in others
    return f"{others.strip()} {surname.strip()}" if is_turned else name
