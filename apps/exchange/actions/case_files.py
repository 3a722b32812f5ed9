"""Case files that officials ask for: built by a sweep, kept for seven days."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM, as_official
from apps.common.permissions import require
from apps.consultations.models import Consultation
from apps.exchange.actions.case_writing import WrittenCase, export_case
from apps.exchange.enums import CaseFileStatus
from apps.exchange.errors import CaseFileOutdated, CaseFileUnderWay, UnfitSince
from apps.exchange.models import CaseFile
from apps.exchange.queries.case_changes import is_taken_away_since
from apps.exchange.queries.case_files import (
    CASE_FILES_KEPT,
    case_file_under_way,
    case_files_to_build,
    case_files_to_clear,
    case_files_to_expire,
    folder_of_case_files,
    path_of_case_file,
    ready_case_files,
    stray_case_files,
)
from apps.exchange.rules import why_not_since
from apps.ledger.actions import sequence_entries
from apps.ledger.queries import head_position

MOST_ATTEMPTS = 3
NAME_BYTES = 32


@transaction.atomic
def request_case_file(*, consultation: Consultation, since: date | None, by: User, at: datetime) -> CaseFile:
    """Have a case file built by the next sweep. The entry comes with the file, as it holds its checksum.

    Raises NotAllowed, UnfitSince, and CaseFileUnderWay while another one is being put together.
    """
    require("exchange.export_case", by, consultation)
    refused = why_not_since(since, at=at)
    if refused:
        raise UnfitSince(refused)
    Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    if case_file_under_way(consultation):
        raise CaseFileUnderWay
    return CaseFile.objects.create(consultation=consultation, asked_by=by, since=since, requested_at=at)


def claim_case_file(*, at: datetime) -> CaseFile | None:
    """Take the case file that has waited longest, so that no other sweep builds it; None when there is none.

    A claim lapses: what a sweep left that was killed is taken up again. What was tried three times is given up.
    """
    while case_file := case_files_to_build(at=at).select_related("consultation__legal_basis", "asked_by").first():
        # The update names the state that was read: one row changed means that the file is ours.
        unclaimed = CaseFile.objects.filter(pk=case_file.pk, status=case_file.status, claimed_at=case_file.claimed_at)
        if case_file.attempts >= MOST_ATTEMPTS:
            unclaimed.update(status=CaseFileStatus.FAILED)
        elif unclaimed.update(status=CaseFileStatus.BUILDING, claimed_at=at, attempts=F("attempts") + 1):
            case_file.refresh_from_db(fields=["status", "claimed_at", "attempts"])
            return case_file
    return None


def build_case_file(*, case_file: CaseFile, at: datetime) -> bool:
    """Put a claimed case file together; answer False when another sweep has it meanwhile.

    Row and entry become true together, and the file is there before they are. Raises as `export_case`.
    """
    folder = folder_of_case_files()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    sequence_entries()
    name, position = f"{secrets.token_urlsafe(NAME_BYTES)}.zip", head_position()

    def claim(written: WrittenCase) -> bool:
        mine = CaseFile.objects.filter(pk=case_file.pk, status=CaseFileStatus.BUILDING, claimed_at=case_file.claimed_at)
        ready = {"status": CaseFileStatus.READY, "ready_at": at, "expires_at": at + CASE_FILES_KEPT}
        found = {"file": name, "size": written.size, "sha256": written.sha256, "position": position}
        return bool(mine.update(**ready, **found))

    by = as_official(case_file.asked_by) if case_file.asked_by else THE_SYSTEM
    consultation, since = case_file.consultation, case_file.since
    return export_case(consultation=consultation, since=since, to=folder / name, by=by, at=at, claim=claim) is not None


def require_current(*, case_file: CaseFile) -> None:
    """Pass where the file shows nothing that was taken from the public since. Raises CaseFileOutdated."""
    if is_taken_away_since(case_file.consultation, case_file.position):
        raise CaseFileOutdated


def clear_case_files(*, at: datetime) -> int:
    """Delete the files that are seven days old, those nobody names, and the rows of a month ago. Return how many files.

    So go files that show what was taken from the public since. A file goes before its row says so: killed in between,
    the next sweep finds it gone already.
    """
    cleared = 0
    outdated = [one for one in ready_case_files() if is_taken_away_since(one.consultation, one.position)]
    for case_file in {one.pk: one for one in (*case_files_to_expire(at=at), *outdated)}.values():
        path_of_case_file(case_file).unlink(missing_ok=True)
        cleared += CaseFile.objects.filter(pk=case_file.pk, status=CaseFileStatus.READY).update(
            status=CaseFileStatus.EXPIRED, file=""
        )
    for file in stray_case_files(at=at):
        file.unlink(missing_ok=True)
        cleared += 1
    case_files_to_clear(at=at).delete()
    return cleared
