"""The PDF of a white paper: whether it tells what everyone can read now, and which are to be made."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from apps.common.pdf import can_make_pdf
from apps.consultations.queries import public
from apps.discussions.queries import received_by_people
from apps.publications.engine.visibility import digest_of
from apps.publications.enums import FileState
from apps.publications.models import PaperFile, PaperVersion

# Longer than any sweep may run: what is claimed for so long was left by one that was killed.
CLAIM_LASTS = timedelta(minutes=11)
_SEEN = (
    "number", "kind", "status", "version", "author_name", "author_title", "author_district", "author_is_resident",
    "author_is_organisation", "author_name_hidden", "came_late", "topic_id", "cluster_id", "refusal_reason_id",
    "refusal_sentence", "erasure_ground", "text_erased_at", "note",
)  # fmt: skip


def visibility_of(consultation_id: int) -> str:
    """Return a digest of what everyone can read of the consultation's contributions now. One query.

    It holds no text: a text that changes gets another version.
    """
    return digest_of(received_by_people(consultation_id).values_list(*_SEEN).iterator())


def newest_files() -> QuerySet[PaperFile]:
    """Return the files of the versions that everyone reads, unordered."""
    rows = PaperFile.objects.filter(public("version__paper__consultation__"))
    newest = rows.filter(version__version=F("version__paper__version"))
    return newest.select_related("version__paper__consultation")


def versions_without_file() -> list[PaperVersion]:
    """Return the newest published versions that have no file yet, and none in the making, oldest first."""
    rows = PaperVersion.objects.filter(public("paper__consultation__"), pdf=None, version=F("paper__version"))
    return list(rows.order_by("pk"))


def superseded_files() -> list[PaperFile]:
    """Return the files of versions that a newer one has replaced, oldest first."""
    return list(PaperFile.objects.filter(version__version__lt=F("version__paper__version")).order_by("pk"))


def made_files(consultation_ids: Collection[int] | None = None) -> list[PaperFile]:
    """Return the files that are made, of these consultations or of all, oldest first."""
    rows = newest_files().filter(status=FileState.DONE)
    if consultation_ids is not None:
        rows = rows.filter(version__paper__consultation__in=consultation_ids)
    return list(rows.order_by("pk"))


def files_to_make(*, at: datetime) -> QuerySet[PaperFile]:
    """Return the files that wait to be made, and those that a sweep left which was killed, oldest first."""
    left = Q(status=FileState.RENDERING, started_at__lte=at - CLAIM_LASTS)
    return newest_files().filter(Q(status=FileState.QUEUED) | left).order_by("asked_at", "pk")


@dataclass(frozen=True)
class Pdf:
    """What a page says of the PDF: `file` only where it can be had."""

    state: FileState
    file: PaperFile | None = None
    progress: int = 0

    @property
    def is_ready(self) -> bool:
        """It can be had, and says what everyone can read."""
        return self.file is not None

    @property
    def is_under_way(self) -> bool:
        """It will be there without anybody doing anything."""
        return self.state in {FileState.QUEUED, FileState.RENDERING}

    @property
    def is_failed(self) -> bool:
        """Somebody of the team has to ask for it again."""
        return self.state == FileState.FAILED


def file_of_version(version: PaperVersion) -> PaperFile | None:
    """Return the version's file in whatever state, with its consultation: for asking for it again."""
    rows = PaperFile.objects.filter(version=version)
    return rows.select_related("version__paper__consultation").first()


def pdf_of_version(version: PaperVersion) -> Pdf | None:
    """Return where the version's PDF stands; None where this machine makes none. Two queries.

    One that was made of something else than what everyone can read now is not handed out: it is made anew.
    """
    file = PaperFile.objects.filter(version=version).first()
    if file is not None and file.status == FileState.DONE:
        is_so = file.made_of == visibility_of(version.paper.consultation_id)
        return Pdf(FileState.DONE, file) if is_so else Pdf(FileState.QUEUED)
    if not can_make_pdf():
        return None
    if file is None:
        return Pdf(FileState.QUEUED)
    return Pdf(FileState(file.status), progress=file.progress if file.status == FileState.RENDERING else 0)
