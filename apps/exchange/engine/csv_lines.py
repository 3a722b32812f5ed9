"""Reads CSV that may be broken, row by row, and says of each row where it begins and what is wrong with it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

BAD_ENCODING = "The row holds bytes that are not UTF-8."
BAD_QUOTES = "The quotation marks of the row do not match, or a cell is too long."


@dataclass(frozen=True, slots=True)
class CsvRow:
    """The cells of one row and the physical line where it begins; a problem leaves no cells."""

    line: int
    cells: list[str]
    problem: str = ""


def decoded(raw: bytes) -> str:
    """The text of a file without its byte order mark; bytes that are not UTF-8 become lone surrogates."""
    return raw.decode("utf-8", "surrogateescape").removeprefix("\ufeff")


def is_undecoded(text: str) -> bool:
    """Whether a byte of the text was not UTF-8."""
    return not text.isascii() and any("\udc80" <= character <= "\udcff" for character in text)


def lines_of(text: str) -> list[str]:
    r"""The physical lines with their ends (\n, \r\n or \r)."""
    return list(io.StringIO(text, newline=""))


def csv_rows(text: str) -> Iterator[CsvRow]:
    """The rows in order, empty lines left out; after a row that cannot be read it goes on at the next line."""
    lines = lines_of(text)
    start = 0
    while start < len(lines):
        begins, start = start, len(lines)
        reader = csv.reader(lines[begins:], strict=True)
        offset = begins
        try:
            for cells in reader:
                if cells:
                    undecoded = is_undecoded("".join(cells))
                    yield CsvRow(begins + 1, [], BAD_ENCODING) if undecoded else CsvRow(begins + 1, cells)
                begins = offset + reader.line_num
        except csv.Error:
            yield CsvRow(begins + 1, [], BAD_QUOTES)
            start = begins + 1
