"""Write a case file for the records system."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.accounts.rules import THE_SYSTEM
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.consultations.models import Consultation
from apps.exchange.actions import WrittenCase, export_case
from apps.exchange.errors import CaseNotWritten, NoSuchCase, UnfitSince
from apps.exchange.queries import case_to_export, folder_of_cases, name_of_case_file

WRONG_CALL = 2


class Command(BaseCommand):
    """Writes one consultation as a ZIP for the records system: all of it, or what came or was changed since a day."""

    help = "Writes a consultation as a ZIP for the records system (ESDH), with checksums and metadata."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the address, the day and the place."""
        parser.add_argument("slug", help="the consultation's address")
        parser.add_argument("--since", default="", help="only what came or was changed from this day on: 2026-11-30")
        parser.add_argument("--to", type=Path, help="a folder, or a file that ends in .zip")

    def handle(self, *_args: Any, slug: str, since: str, to: Path | None, **_options: Any) -> None:
        """Write the file and print its place, checksum and number of documents. Exit 2 for a wrong call, else 1."""
        at = now()
        try:
            with override(settings.LANGUAGE_CODE):
                consultation = _consultation(slug)
                day = _day(since)
                place = _place(to, name_of_case_file(consultation, day))
                written = export_case(consultation=consultation, since=day, to=place, by=THE_SYSTEM, at=at)
                assert written is not None  # noqa: S101 - nobody else claims it
                self._tell(consultation, day, place, written)
        except DomainError as refused:
            code = 1 if isinstance(refused, CaseNotWritten) else WRONG_CALL
            raise CommandError(str(refused), returncode=code) from refused

    def _tell(self, consultation: Consultation, since: date | None, place: Path, written: WrittenCase) -> None:
        if not consultation.journal_number:
            self.stderr.write(_("The case has no case number yet. Set it at the desk, under the legal basis."))
        if written.is_empty and since:
            told = _("Nothing came and nothing was changed since %(day)s. The file says so.")
            self.stdout.write(told % {"day": since.isoformat()})
        self.stdout.write(str(place))
        self.stdout.write(f"SHA-256 {written.sha256}")
        self.stdout.write(_("Documents: %(count)s") % {"count": written.documents})


def _consultation(slug: str) -> Consultation:
    found = case_to_export(slug)
    if found is None:
        raise NoSuchCase(slug)
    return found


def _day(since: str) -> date | None:
    """Return the day that was typed. Raises UnfitSince for what is none."""
    if not since:
        return None
    try:
        return datetime.strptime(since, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as wrong:
        told = _("“%(text)s” is no day. Write year, month and day, as 2026-11-30.") % {"text": since}
        raise UnfitSince(told) from wrong


def _place(to: Path | None, name: str) -> Path:
    """Return the file to write. Raises CaseNotWritten where its folder is not there or cannot be made."""
    folder = folder_of_cases()
    if to is not None:
        folder, name = (to.parent, to.name) if to.suffix == ".zip" and not to.is_dir() else (to, name)
    try:
        folder.mkdir(mode=0o700, parents=to is None, exist_ok=True)
    except OSError as problem:
        told = _("The folder %(path)s is not there and cannot be made: %(problem)s.")
        raise CaseNotWritten(told % {"path": folder, "problem": problem.strerror or problem}) from problem
    return folder / name
