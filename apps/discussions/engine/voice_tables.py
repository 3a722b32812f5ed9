"""Reads a table of letters and calls, one a row, as spreadsheets save it: `;` or `,` between cells, UTF-8 or cp1252."""

import csv
import io
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

MOST_ROWS: Final = 500
NEEDED: Final = ("topic", "channel", "came_on", "name", "text")
COLUMNS: Final = (*NEEDED, "kind", "organisation", "protected", "address", "postal_line", "email")
EXAMPLE: Final = (
    "noise", "letter", "2026-05-03", "Kirsten Holm", "We live close by, and fear the noise.", "view", "", "",
    "Havnegade 12", "6990 Ulfborg", "",
)  # fmt: skip
_YES: Final = frozenset({"ja", "yes", "x", "1", "true", "sand"})


_DAY: Final = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


class BadTable(Exception):
    """The table cannot be read at all: `missing` columns, `too_many` rows, or neither where it is no table."""

    def __init__(self, *, missing: tuple[str, ...] = (), too_many: bool = False) -> None:
        super().__init__("unreadable")
        self.missing, self.too_many = missing, too_many


class Row(NamedTuple):
    """The cells of one row by column, and the line where it begins in the file."""

    line: int
    cells: Mapping[str, str]


def read_voices(text: str) -> list[Row]:
    """Return the rows that hold anything, in their order. Raises BadTable."""
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="").readlines()
    head = next(iter(lines), "")
    between = ";" if head.count(";") >= head.count(",") else ","
    reader = csv.reader(lines, delimiter=between, strict=True)
    rows: list[Row] = []
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        missing = tuple(name for name in NEEDED if names.count(name) != 1)
        if missing:
            raise BadTable(missing=missing)
        begins = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(begins, dict(zip(names, cells, strict=False))))
            begins = reader.line_num + 1
            if len(rows) > MOST_ROWS:
                raise BadTable(too_many=True)
    except csv.Error as problem:
        raise BadTable from problem
    return rows


def is_yes(cell: str) -> bool:
    """Tell whether a cell says yes, in either language."""
    return cell.strip().lower() in _YES


def iso_day(typed: str) -> str:
    """Return a day as it stands in forms, of one that was written as in Denmark: 3.5.2026, 03-05-2026."""
    found = _DAY.fullmatch(typed.strip())
    return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else typed.strip()


def decoded(raw: bytes) -> str:
    """Return the text: UTF-8 with or without its mark, else what Danish spreadsheets save."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
