"""Putting a case file together on the disk, piece by piece, and telling in the ledger that it was done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.common.archive import Archive, archive_on_disk, checksum_lines
from apps.common.pdf import can_make_pdf
from apps.consultations.models import Consultation
from apps.exchange.engine.case_numbers import COLUMNS, Piece
from apps.exchange.enums import CASE_EXPORTED, WHOLE
from apps.exchange.errors import CaseNotPublic, CaseNotWritten, UnfitSince
from apps.exchange.queries.case_changes import Case, case_of
from apps.exchange.rendering.case import PARTS, Contents, cover
from apps.exchange.rendering.case.shared import again, table
from apps.exchange.rules import why_no_case, why_not_since
from apps.ledger.actions import record, sequence_entries
from apps.ledger.models import Actor


@dataclass(frozen=True, kw_only=True)
class WrittenCase:
    """A case file on the disk: its checksum and size, how many documents it holds, and whether there was anything."""

    sha256: str
    size: int
    documents: int
    is_empty: bool


def export_case(  # noqa: PLR0913 - what a file is of, where it goes, and what else becomes true with it
    *,
    consultation: Consultation,
    since: date | None,
    to: Path,
    by: Actor,
    at: datetime,
    claim: Callable[[WrittenCase], bool] = lambda _written: True,
) -> WrittenCase | None:
    """Write the case file to that place, in place of what was there, and record its checksum.

    Whole or not at all: where it cannot be written nothing is left of it, no entry either. The same state of the case
    makes the same bytes. `claim` is asked in the same transaction, before the entry; where it answers False the file is
    dropped and None comes back. Raises CaseNotPublic, UnfitSince, CaseNotWritten.
    """
    if why_no_case(consultation):
        raise CaseNotPublic
    refused = why_not_since(since, at=at)
    if refused:
        raise UnfitSince(refused)
    if not can_make_pdf():
        raise CaseNotWritten(_("This machine cannot make PDF files, which a case file is made of."))
    sequence_entries()
    case = case_of(consultation, since=since)
    try:
        with archive_on_disk(to, at=case.at) as archive:
            written = _filled(archive, case)
            with transaction.atomic():
                if not claim(written):
                    return None
                facts = {"sha256": written.sha256, "since": since.isoformat() if since else WHOLE}
                record(CASE_EXPORTED, subject=consultation, by=by, at=at, consultation_id=consultation.pk, facts=facts)
                archive.put_in_place()
    except OSError as problem:
        why = _("The case file cannot be written to %(path)s: %(problem)s. Nothing of it is left there.")
        raise CaseNotWritten(why % {"path": to, "problem": problem.strerror or problem}) from problem
    return written


def _filled(archive: Archive, case: Case) -> WrittenCase:
    """Put all parts of the case into the archive, then the cover, the table of documents and the checksums."""
    contents, count = Contents(), 0
    with override(settings.LANGUAGE_CODE), TemporaryFile() as rows:
        rows.writelines(table(COLUMNS, ()))
        for part in PARTS:
            for piece in part(case):
                count += _add(archive, case, piece, rows, contents)
        is_empty = contents.is_empty
        count += _add(archive, case, cover(case, contents), rows, Contents())
        archive.add("metadata.csv", again(rows))
    archive.add("SHA256SUMS", [checksum_lines(dict(archive.checksums)).encode()])
    sha256, size = archive.finish()
    return WrittenCase(sha256=sha256, size=size, documents=count, is_empty=is_empty)


def _add(archive: Archive, case: Case, piece: Piece, rows: IO[bytes], contents: Contents) -> int:
    """Put a file into the archive and its documents into the table; return how many documents."""
    sha256 = archive.add(piece.name, piece.content) if piece.name else ""
    documents = list(piece.documents)
    contents.add(piece, documents)
    lines = table(COLUMNS, (one.row(case.consultation.journal_number, piece.name, sha256) for one in documents))
    next(lines)  # the head stands there
    rows.writelines(lines)
    return len(documents)
