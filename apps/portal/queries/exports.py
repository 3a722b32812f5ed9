"""The copies of their data that people asked for, and their files."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from apps.accounts.models import User
from apps.accounts.rules import is_person
from apps.portal.enums import UNDER_WAY, ExportStatus
from apps.portal.models import DataExport

KEPT = timedelta(days=7)
ROWS_KEPT = timedelta(days=30)
CLAIM_LASTS = timedelta(minutes=15)
A_DAY = timedelta(days=1)
SHOWN = 10


def folder_of_exports() -> Path:
    """Return the folder of the files."""
    folder: Path = settings.DATA_DIR / "exports"
    return folder


def path_of(export: DataExport) -> Path:
    """Return where the file of a ready export lies."""
    return folder_of_exports() / export.file


def exports_of(person: User) -> list[DataExport]:
    """Return the person's latest exports, newest first."""
    return list(DataExport.objects.filter(person=person).order_by("-requested_at", "-pk")[:SHOWN])


def open_export(person: User) -> DataExport | None:
    """Return the person's export that is under way, or None."""
    return DataExport.objects.filter(person=person, status__in=UNDER_WAY).first()


def ready_export(viewer: Any, pk: int, *, at: datetime) -> DataExport | None:
    """Return an export that the viewer asked for and can download at that moment. Nobody gets anybody else's."""
    if not is_person(viewer):
        return None
    ready = DataExport.objects.filter(person=viewer, status=ExportStatus.READY, expires_at__gt=at)
    return ready.filter(pk=pk).first()


def asked_lately(person: User, *, at: datetime) -> int:
    """Return how many exports the person asked for within a day."""
    return DataExport.objects.filter(person=person, requested_at__gt=at - A_DAY).count()


def exports_to_build(*, at: datetime) -> "QuerySet[DataExport]":
    """Return the exports that nobody is at, oldest first: asked for, or taken up by a sweep that was killed."""
    lapsed = Q(status=ExportStatus.BUILDING, claimed_at__lte=at - CLAIM_LASTS)
    waiting = DataExport.objects.filter(Q(status=ExportStatus.REQUESTED) | lapsed)
    return waiting.order_by("requested_at", "pk")


def exports_to_expire(*, at: datetime) -> "QuerySet[DataExport]":
    """Return the exports whose seven days are over, unordered."""
    return DataExport.objects.filter(status=ExportStatus.READY, expires_at__lte=at)


def exports_to_clear(*, at: datetime) -> "QuerySet[DataExport]":
    """Return the rows of a month ago that have no file any more, unordered."""
    done = DataExport.objects.filter(status__in=[ExportStatus.EXPIRED, ExportStatus.FAILED])
    return done.filter(requested_at__lte=at - ROWS_KEPT)


def stray_files(*, at: datetime) -> list[Path]:
    """Return files of exports that no row names, left a day ago by a sweep that was killed, by name."""
    folder = folder_of_exports()
    known = set(DataExport.objects.exclude(file="").values_list("file", flat=True))
    before = (at - A_DAY).timestamp()
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return [file for file in files if file.name not in known and file.stat().st_mtime < before]
