"""Documents of a case file, and the numbers that they keep whatever file they stand in.

The file is for a Danish records system, so its columns and short codes are in Danish.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# The columns of metadata.csv: a row a document.
COLUMNS = (
    "journalnummer",
    "dokumentnummer",
    "titel",
    "type",
    "dato",
    "retning",
    "version",
    "status",
    "begrundelse",
    "fil",
    "sha256",
)
# So many numbers share a PDF.
IN_A_PART = 100


class Direction(StrEnum):
    """Which way a document went: it came in, it was sent or published, or neither."""

    IN = "ind"
    OUT = "ud"
    INTERNAL = "intern"


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A document of the case. One whose words are sealed has a state, a reason, and no file."""

    number: str
    title: str
    kind: str
    on: date | None
    direction: Direction
    version: int = 1
    state: str = ""
    reason: str = ""

    def row(self, journal_number: str, file: str, sha256: str) -> tuple[object, ...]:
        """Return its row of metadata.csv, where it stands in that file; a file of which there is none is empty."""
        on = self.on.isoformat() if self.on else ""
        told = (self.number, self.title, self.kind, on, self.direction.value, self.version, self.state, self.reason)
        return (journal_number, *told, file, sha256)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A file of the case with the documents that stand in it; `name` is empty for documents without a file."""

    name: str = ""
    content: Iterable[bytes] = ()
    documents: Iterable[Filed] = ()
    # What the list of contents says of it; files of one folder that say the same stand there as one line.
    title: str = ""


def of_contribution(number: int) -> str:
    """Return the document number of a contribution or an answer."""
    return f"B{number:04}"


def of_attachment(number: int, position: int) -> str:
    """Return that of a file beside a contribution."""
    return f"{of_contribution(number)}-{position}"


def of_document(position: int, version: int) -> str:
    """Return that of a version of a document."""
    return f"D{position:03}-{version}"


def of_proposal(version: int) -> str:
    """Return that of a version of the proposal."""
    return f"F{version:03}"


def of_meeting(number: int) -> str:
    """Return that of the announcement of a meeting."""
    return f"M{number:03}"


def of_minutes(number: int) -> str:
    """Return that of the minutes of a meeting."""
    return f"R{number:03}"


def of_extract(letters: str, since: date | None) -> str:
    """Return that of a list drawn from the case: each day's is a document of its own."""
    return f"{letters}-{since.isoformat()}" if since else letters


def part_of(number: int) -> tuple[int, int]:
    """Return the first and the last number of the part in which a contribution stands, in whatever file."""
    first = (number - 1) // IN_A_PART * IN_A_PART + 1
    return first, first + IN_A_PART - 1
