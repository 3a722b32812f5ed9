"""The case files that officials asked for, and where files of cases lie."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from apps.common.permissions import may
from apps.consultations.models import Consultation
from apps.exchange.enums import UNDER_WAY, CaseFileStatus
from apps.exchange.models import CaseFile

CASE_FILES_KEPT = timedelta(days=7)
ROWS_KEPT = timedelta(days=30)
CLAIM_LASTS = timedelta(minutes=15)
A_DAY = timedelta(days=1)
SHOWN = 10


def folder_of_cases() -> Path:
    """Return the folder for files that the command writes. They are the operator's, and nothing here deletes them."""
    folder: Path = settings.DATA_DIR / "cases"
    return folder


def folder_of_case_files() -> Path:
    """Return the folder of the files that officials asked for."""
    return folder_of_cases() / "asked"


def path_of_case_file(case_file: CaseFile) -> Path:
    """Return where a ready file lies."""
    return folder_of_case_files() / case_file.file


def name_of_case_file(consultation: Consultation, since: date | None) -> str:
    """Return what a case file is called."""
    return f"{consultation.slug}-since-{since.isoformat()}.zip" if since else f"{consultation.slug}.zip"


def case_to_export(slug: str) -> Consultation | None:
    """Return the consultation at that address, whatever its state: for the command."""
    return Consultation.objects.select_related("legal_basis").filter(slug=slug).first()


def case_files_of(consultation: Consultation) -> list[CaseFile]:
    """Return the latest case files of the consultation, newest first."""
    found = CaseFile.objects.filter(consultation=consultation).select_related("asked_by")
    return list(found.order_by("-requested_at", "-pk")[:SHOWN])


def ready_case_file(viewer: Any, consultation: Consultation, pk: int, *, at: datetime) -> CaseFile | None:
    """Return a case file of the consultation that its team can download at that moment, and nobody else."""
    if not may("exchange.export_case", viewer, consultation):
        return None
    ready = CaseFile.objects.filter(consultation=consultation, status=CaseFileStatus.READY, expires_at__gt=at)
    return ready.filter(pk=pk).first()


def case_file_under_way(consultation: Consultation) -> CaseFile | None:
    """Return the consultation's case file that is not ready yet, or None."""
    return CaseFile.objects.filter(consultation=consultation, status__in=UNDER_WAY).first()


def case_files_to_build(*, at: datetime) -> "QuerySet[CaseFile]":
    """Return the case files that nobody is at, oldest first: asked for, or taken up by a sweep that was killed."""
    lapsed = Q(status=CaseFileStatus.BUILDING, claimed_at__lte=at - CLAIM_LASTS)
    waiting = CaseFile.objects.filter(Q(status=CaseFileStatus.REQUESTED) | lapsed)
    return waiting.order_by("requested_at", "pk")


def case_files_to_expire(*, at: datetime) -> "QuerySet[CaseFile]":
    """Return the case files whose seven days are over, unordered."""
    return CaseFile.objects.filter(status=CaseFileStatus.READY, expires_at__lte=at)


def ready_case_files() -> "QuerySet[CaseFile]":
    """Return all case files that can be downloaded, oldest first, each with its consultation."""
    ready = CaseFile.objects.filter(status=CaseFileStatus.READY).select_related("consultation")
    return ready.order_by("pk")


def case_files_to_clear(*, at: datetime) -> "QuerySet[CaseFile]":
    """Return the rows of a month ago that have no file any more, unordered."""
    done = CaseFile.objects.filter(status__in=[CaseFileStatus.EXPIRED, CaseFileStatus.FAILED])
    return done.filter(requested_at__lte=at - ROWS_KEPT)


def stray_case_files(*, at: datetime) -> list[Path]:
    """Return files that no row names, left a day ago by a sweep that was killed, by name."""
    folder = folder_of_case_files()
    known = set(CaseFile.objects.exclude(file="").values_list("file", flat=True))
    before = (at - A_DAY).timestamp()
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return [file for file in files if file.name not in known and file.stat().st_mtime < before]
