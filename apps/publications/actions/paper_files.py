"""The PDFs of white papers: queued with each version and when what everyone can read changes, made by a sweep.

No entries: a file says nothing that the version and the contributions do not say.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import override

from apps.accounts.models import User
from apps.common.pdf import MadePdf, pdf_with_progress
from apps.common.permissions import require
from apps.publications.enums import FileState
from apps.publications.errors import NothingFailed
from apps.publications.models import PaperFile
from apps.publications.queries.paper_files import (
    files_to_make,
    made_files,
    superseded_files,
    versions_without_file,
    visibility_of,
)
from apps.publications.queries.paper_pages import whole_paper
from apps.publications.rendering.printing import LANGUAGE, STYLES, printed_paper

MOST_ATTEMPTS = 3
# How far the text has come when the pages are laid out.
COLLECTED = 3


def queue_pdfs(*, at: datetime) -> int:
    """Have the PDF made of each newest version that has none, and take away those of versions before. Return how many.

    Two sweeps at once queue it once.
    """
    for old in superseded_files():
        _take_away(old)
    rows = [PaperFile(version=version, asked_at=at) for version in versions_without_file()]
    PaperFile.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def queue_changed_pdfs(*, consultation_ids: Collection[int] | None = None, at: datetime) -> int:
    """Take away the PDFs that say something else than what everyone can read now, and have them made anew.

    Of these consultations, or of all. Return how many.
    """
    queued = 0
    for file in made_files(consultation_ids):
        if file.made_of != visibility_of(file.version.paper.consultation_id):
            queued += _queue_again(file, at)
    return queued


def retry_pdf(*, file: PaperFile, by: User, at: datetime) -> None:
    """Have a PDF made again that could not be made. Raises NotAllowed, NothingFailed."""
    require("publications.answer_objections", by, file.version.paper.consultation)
    queued = PaperFile.objects.filter(pk=file.pk, status=FileState.FAILED)
    if not queued.update(status=FileState.QUEUED, attempts=0, progress=0, started_at=None, asked_at=at):
        raise NothingFailed


def claim_pdf(*, at: datetime) -> PaperFile | None:
    """Take the PDF that has waited longest, so that no other sweep makes it; None when none waits.

    A claim lapses: what a sweep left that was killed is taken up again. What was tried three times has failed.
    """
    while file := files_to_make(at=at).first():
        # The update names the state that was read: one row changed means that the file is ours.
        unclaimed = PaperFile.objects.filter(pk=file.pk, status=file.status, started_at=file.started_at)
        if file.attempts >= MOST_ATTEMPTS:
            unclaimed.update(status=FileState.FAILED)
        elif unclaimed.update(status=FileState.RENDERING, started_at=at, progress=0, attempts=F("attempts") + 1):
            file.refresh_from_db(fields=["status", "started_at", "progress", "attempts"])
            return file
    return None


def make_pdf(*, file: PaperFile, at: datetime) -> bool:
    """Make a claimed PDF of what everyone can read; answer False when another sweep has it meanwhile.

    Where something changed while it was read, it is queued again: a file says one thing, of one moment.
    """
    consultation_id = file.version.paper.consultation_id
    made_of = visibility_of(consultation_id)
    with override(LANGUAGE):
        html = printed_paper(whole_paper(file.version))
    if made_of != visibility_of(consultation_id):
        return bool(_mine(file).update(status=FileState.QUEUED, attempts=0))
    tell = _teller(file)
    tell(COLLECTED)
    made = pdf_with_progress(html, stylesheet=STYLES, tell=tell)
    return _keep(file, made, made_of, at)


def fail_pdf(*, file: PaperFile) -> None:
    """Leave a claimed PDF that could not be made to a later sweep, or give it up after three times."""
    status = FileState.FAILED if file.attempts >= MOST_ATTEMPTS else FileState.QUEUED
    _mine(file).update(status=status, progress=0)


def _mine(file: PaperFile) -> QuerySet[PaperFile]:
    return PaperFile.objects.filter(pk=file.pk, status=FileState.RENDERING, started_at=file.started_at)


def _teller(file: PaperFile) -> Callable[[int], None]:
    """Return what notes how far the making has come, in percent."""

    def tell(percent: int) -> None:
        _mine(file).update(progress=percent)

    return tell


def _keep(file: PaperFile, made: MadePdf, made_of: str, at: datetime) -> bool:
    """Keep the file; it is there before its row says so. Killed in between, it is left for the sweep of stray files."""
    name = file.file.storage.save(file.file.field.generate_filename(file, "whitepaper.pdf"), ContentFile(made.content))
    done = _mine(file).update(
        status=FileState.DONE,
        progress=100,
        attempts=0,
        file=name,
        size=len(made.content),
        sha256=made.sha256,
        pages=made.pages,
        made_of=made_of,
        made_at=at,
    )
    if not done:
        file.file.storage.delete(name)
    return bool(done)


@transaction.atomic
def _queue_again(file: PaperFile, at: datetime) -> int:
    made = PaperFile.objects.filter(pk=file.pk, status=FileState.DONE, file=file.file.name)
    empty = {"file": "", "size": 0, "sha256": "", "pages": 0, "made_of": "", "made_at": None, "started_at": None}
    queued = made.update(status=FileState.QUEUED, progress=0, attempts=0, asked_at=at, **empty)
    if queued:
        transaction.on_commit(partial(file.file.storage.delete, file.file.name))
    return queued


@transaction.atomic
def _take_away(file: PaperFile) -> None:
    if file.file:
        transaction.on_commit(partial(file.file.storage.delete, file.file.name))
    PaperFile.objects.filter(pk=file.pk).delete()
