"""Tables for other programs: CSV that no spreadsheet takes for formulas.

Every cell stands in quotes and on one line, so that a reader finds the same cells with `;` and with `,` between them;
what could begin a formula has an apostrophe before it.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

BOM = "\ufeff"
# What a spreadsheet may take for a formula at the beginning of a cell, also behind blanks or quotes.
_FORMULA = re.compile(r"^[\s\"']*[=+\-@|%＝＋－＠]")


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as a file for a spreadsheet: UTF-8 with its mark, `;` between cells."""
    return "".join(csv_lines(head, rows)).encode()


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Return the same file line by line, for tables too long to be held at once."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    text.write(BOM)
    for row in chain([head], rows):
        writer.writerow([cell(value) for value in row])
        yield text.getvalue()
        text.seek(0)
        text.truncate()


def cell(value: object) -> str:
    """Return what stands in a cell: one line, no sign that nobody sees, nothing that is taken for a formula."""
    one_line = " ".join(str(value).split())
    seen = "".join(sign for sign in one_line if unicodedata.category(sign) not in {"Cc", "Cf", "Co", "Cs", "Cn"})
    return f"'{seen}" if _FORMULA.match(seen) else seen
