"""What the tests of case files share."""

import csv
import io
import zipfile
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from pypdf import PdfReader

from apps.accounts.rules import THE_SYSTEM
from apps.consultations.models import Consultation
from apps.exchange.actions import export_case

Files = dict[str, bytes]
# The sign that stands where a line divides a word.
DIVIDES = "\N{HYPHEN}"


def exported(hearing: Consultation, to: Path, *, at: datetime, since: date | None = None) -> Files:
    """Return the files of a case file that is made at that moment, by their names."""
    place = to / "case.zip"
    hearing.refresh_from_db()
    export_case(consultation=hearing, since=since, to=place, by=THE_SYSTEM, at=at)
    return opened(place.read_bytes())


def opened(content: bytes) -> Files:
    """Return the files of a ZIP by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def table(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a table."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def documents(files: Files) -> dict[str, dict[str, str]]:
    """Return the rows of metadata.csv by document number; each number stands there once."""
    rows = table(files["metadata.csv"])
    assert len({row["dokumentnummer"] for row in rows}) == len(rows)
    return {row["dokumentnummer"]: row for row in rows}


def words(content: bytes) -> str:
    """Return the words of a PDF on one line, also those that a line of it divides."""
    return " ".join(_lines(content).replace(f"{DIVIDES}\n", "").split())


def _lines(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def everything(files: Files) -> bytes:
    """Return all that can be read in the files: their names, their bytes, and the words of those that are PDF.

    What people uploaded here is a PDF by its first bytes alone, and read as bytes.
    """
    made = {name: content for name, content in files.items() if name.endswith(".pdf") and is_made_here(name)}
    read = [content for name, content in files.items() if name not in made]
    return b"\n".join([*map(str.encode, files), *read, *(_whole(content) for content in made.values())])


def is_made_here(name: str) -> bool:
    """Tell pages that the house makes from files that were uploaded."""
    return not name.startswith(("documents/", "contributions/files/"))


def _whole(content: bytes) -> bytes:
    """Return the words as they stand, without their lines, and without what divides words."""
    lines, told = _lines(content), PdfReader(io.BytesIO(content)).metadata
    return "\n".join((lines, lines.replace("\n", ""), words(content), str(told))).encode()


def wrong_checksums(files: Files) -> list[str]:
    """Return the files whose checksum is wrong or missing in SHA256SUMS."""
    lines = (line.split("  ", 1) for line in files["SHA256SUMS"].decode().splitlines())
    told = {name: checksum for checksum, name in lines}
    assert set(told) == set(files) - {"SHA256SUMS"}
    return [name for name, checksum in told.items() if sha256(files[name]).hexdigest() != checksum]
