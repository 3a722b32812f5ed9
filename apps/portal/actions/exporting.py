"""Copies of everything that is held about a person: asked for, built by a sweep, deleted after seven days."""

import os
import secrets
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.db.models.fields.files import FieldFile
from django.utils.translation import override

from apps.accounts.models import User
from apps.common.archive import add_to_archive
from apps.notifications.actions import queue_mail
from apps.portal.enums import ExportStatus
from apps.portal.errors import ExportUnderWay, TooManyExports
from apps.portal.models import DataExport
from apps.portal.queries.exports import (
    KEPT,
    asked_lately,
    exports_to_build,
    exports_to_clear,
    exports_to_expire,
    folder_of_exports,
    open_export,
    path_of,
    stray_files,
)
from apps.portal.queries.stored import collected, uploaded_by
from apps.portal.rendering import copy_of, mail_about_export

MOST_A_DAY = 3
MOST_ATTEMPTS = 3
NAME_BYTES = 32


@transaction.atomic
def request_export(*, person: User, at: datetime) -> DataExport:
    """Have a copy of everything that is held about the person built by the next sweep.

    No entry: it concerns nobody else. Raises ExportUnderWay, TooManyExports after three in a day.
    """
    User.objects.select_for_update().get(pk=person.pk)
    if open_export(person):
        raise ExportUnderWay
    if asked_lately(person, at=at) >= MOST_A_DAY:
        raise TooManyExports
    return DataExport.objects.create(person=person, requested_at=at)


def claim_export(*, at: datetime) -> DataExport | None:
    """Take the export that has waited longest, so that no other sweep builds it; None when there is none.

    A claim lapses: what a sweep left that was killed is taken up again. What was tried three times is given up.
    """
    while export := exports_to_build(at=at).select_related("person").first():
        # The update names the state that was read: one row changed means that the export is ours.
        unclaimed = DataExport.objects.filter(pk=export.pk, status=export.status, claimed_at=export.claimed_at)
        if export.attempts >= MOST_ATTEMPTS:
            unclaimed.update(status=ExportStatus.FAILED)
        elif unclaimed.update(status=ExportStatus.BUILDING, claimed_at=at, attempts=F("attempts") + 1):
            export.refresh_from_db()
            return export
    return None


def build_export(*, export: DataExport, at: datetime) -> bool:
    """Put a claimed export together and tell its person by mail; answer False when another sweep has it meanwhile.

    The file is there before the row says so. Killed in between, it is left for the sweep that clears away.
    """
    person = export.person
    with override(person.language):
        content = copy_of(person, collected(person, at=at), at=at)
        subject, body = mail_about_export(person, expires_at=at + KEPT)
    file = _written(content, uploaded_by(person), at=at)
    with transaction.atomic():
        mine = DataExport.objects.filter(
            pk=export.pk, status=ExportStatus.BUILDING, claimed_at=export.claimed_at, person__erased_at=None
        )
        ready = {"status": ExportStatus.READY, "ready_at": at, "expires_at": at + KEPT}
        done = mine.update(**ready, file=file.name, size=file.stat().st_size)
        if done:
            key = f"export.ready:{export.pk}"
            queue_mail(to=person.email, subject=subject, body=body, key=key, at=at, person_id=person.pk)
    if not done:
        file.unlink(missing_ok=True)
    return bool(done)


def _written(content: bytes, uploads: Iterable[tuple[str, FieldFile]], *, at: datetime) -> Path:
    """Return a new file of that content under a name that nobody guesses, which only this machine's user reads.

    What the person uploaded is added on the disk, a piece at a time: it may be more than fits into memory.
    """
    folder = folder_of_exports()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    path = folder / f"{secrets.token_urlsafe(NAME_BYTES)}.zip"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    add_to_archive(path, uploads, at=at)
    return path


def clear_exports(*, at: datetime) -> int:
    """Delete the files that are seven days old, those nobody names, and the rows of a month ago. Return how many files.

    A file goes before its row says so: killed in between, the next sweep finds it gone already.
    """
    cleared = 0
    for export in exports_to_expire(at=at):
        path_of(export).unlink(missing_ok=True)
        cleared += DataExport.objects.filter(pk=export.pk, status=ExportStatus.READY).update(
            status=ExportStatus.EXPIRED, file=""
        )
    for file in stray_files(at=at):
        file.unlink(missing_ok=True)
        cleared += 1
    exports_to_clear(at=at).delete()
    return cleared


@transaction.atomic
def forget_exports(*, person: User) -> int:
    """Delete the person's exports, their files as soon as that is certain. Return how many."""
    # A sweep that is putting one together has either named its file by now, or finds no row to name it in.
    exports = list(DataExport.objects.select_for_update().filter(person=person).order_by("pk"))
    for export in exports:
        if export.file:
            transaction.on_commit(partial(path_of(export).unlink, missing_ok=True))
    DataExport.objects.filter(person=person).delete()
    return len(exports)
