"""Reads a table of hearing parties, one a line, as it is pasted from a spreadsheet: `;`, tab or `,` between cells."""

import csv
import io
from typing import Final, NamedTuple

MOST_ROWS: Final = 200
COLUMNS: Final = ("name", "kind", "email", "address", "postal_line")
_KINDS: Final = {
    "authority": "authority",
    "myndighed": "authority",
    "organisation": "organisation",
    "forening": "organisation",
    "group": "group",
    "gruppe": "group",
}


class BadTable(Exception):
    """The table cannot be read: it has too many rows, or is no table."""


class Row(NamedTuple):
    """The cells of one line by column, and which line it is."""

    line: int
    cells: dict[str, str]


def read_parties(text: str) -> list[Row]:
    """Return the lines that hold anything, in their order, without a line of headings. Raises BadTable.

    Columns stand in the order of `COLUMNS`; those at the end may be left out. Kinds are known in both languages, and
    an unknown one stays as it is for the form to refuse.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    between = next((sign for sign in "\t;," if sign in first), ";")
    rows = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
        for cells in reader:
            found = [cell.strip() for cell in cells]
            if not any(found) or found[0].casefold() in {"name", "navn"}:
                continue
            named = dict(zip(COLUMNS, found, strict=False))
            kind = named.get("kind", "").casefold()
            rows.append(Row(reader.line_num, named | {"kind": _KINDS.get(kind, kind) or "organisation"}))
            if len(rows) > MOST_ROWS:
                raise BadTable
    except csv.Error as problem:
        raise BadTable from problem
    return rows
