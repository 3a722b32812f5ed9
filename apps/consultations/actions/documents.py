"""Papers of the case: added, replaced without losing what was there, held back and shown again."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.common.richtext import one_line
from apps.common.uploads import FitFile
from apps.consultations.actions.english import note_danish
from apps.consultations.actions.meanwhile import made_before
from apps.consultations.engine.fingerprints import sending
from apps.consultations.enums import DOCUMENT_ADDED, DOCUMENT_HELD, DOCUMENT_RELEASED, DOCUMENT_REPLACED
from apps.consultations.errors import NotStored, ReasonMissing
from apps.consultations.models import Consultation, Document, DocumentVersion
from apps.ledger.actions import Fact, record
from apps.ledger.enums import Kind


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A file with the title it is shown under, and what it shows in words: of a picture always."""

    title: str
    file: FitFile
    description: str = ""


@transaction.atomic
def add_document(
    *, consultation: Consultation, paper: Paper, key: UUID | None = None, by: User, at: datetime
) -> Document:
    """Add a file at the end of the documents; its own name is not kept.

    The same file under the same title with the same `key`, as with a second click, is the document made then. Raises
    ReasonMissing for a picture without words for those who cannot see it, NotStored.
    """
    require("consultations.edit_consultation", by, consultation)
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    form_key = sending(key, [paper.title, paper.description, paper.file.sha256])
    made = made_before(consultation.documents.all(), form_key)
    if made is not None:
        return made
    position = consultation.documents.count() + 1
    document = Document.objects.create(consultation=consultation, position=position, form_key=form_key)
    added = _stored(document, 1, paper, "", by, at)
    _tell(DOCUMENT_ADDED, added, by, at, {"sha256": added.sha256})
    return document


@transaction.atomic
def replace_document(*, document: Document, paper: Paper, what_changed: str, by: User, at: datetime) -> DocumentVersion:
    """Let the file take the place of the current one, which stays as an earlier version with its address.

    Raises ReasonMissing without a sentence on what changed, NotStored.
    """
    require("consultations.edit_consultation", by, document.consultation)
    sentence = one_line(what_changed)
    if not sentence:
        raise ReasonMissing(_("Write one sentence on what changed. It stands beside the new version."))
    Consultation.objects.select_for_update().get(pk=document.consultation_id)
    added = _stored(document, document.versions.count() + 1, paper, sentence, by, at)
    note_danish(consultation=document.consultation, at=at)
    _tell(DOCUMENT_REPLACED, added, by, at, {"sha256": added.sha256, "version": added.version})
    return added


def _stored(  # noqa: PLR0913, PLR0917 - what a version is made of
    document: Document, version: int, paper: Paper, what_changed: str, by: User, at: datetime
) -> DocumentVersion:
    paper = replace(paper, title=one_line(paper.title), description=one_line(paper.description))
    if paper.file.kind.is_image and not paper.description:
        raise ReasonMissing(_("Say in words what the picture shows, for those who cannot see it."))
    made = DocumentVersion(
        document=document,
        version=version,
        kind=paper.file.kind,
        title=paper.title,
        description=paper.description,
        what_changed=what_changed,
        size=paper.file.size,
        sha256=paper.file.sha256,
        added_at=at,
        added_by=by,
    )
    try:
        made.file.save("", paper.file.content, save=False)
    except OSError as full:
        raise NotStored from full
    made.save()
    return made


@transaction.atomic
def hold_document(*, version: DocumentVersion, sentence: str, by: User, at: datetime) -> bool:
    """Let only the team open the file; the sentence stands in its place. Answer False when it was held back already.

    Raises ReasonMissing without a sentence: nothing disappears silently.
    """
    require("consultations.edit_consultation", by, version.document.consultation)
    told = one_line(sentence)
    if not told:
        raise ReasonMissing(_("Write one sentence on why the file is held back. Everyone can read it."))
    if not DocumentVersion.objects.filter(pk=version.pk, held_sentence="").update(held_sentence=told):
        return False
    _tell(DOCUMENT_HELD, version, by, at, {"version": version.version})
    return True


@transaction.atomic
def release_document(*, version: DocumentVersion, by: User, at: datetime) -> bool:
    """Let everyone who sees the consultation open the file again; answer False when it was not held back."""
    require("consultations.edit_consultation", by, version.document.consultation)
    if not DocumentVersion.objects.filter(pk=version.pk).exclude(held_sentence="").update(held_sentence=""):
        return False
    _tell(DOCUMENT_RELEASED, version, by, at, {"version": version.version})
    return True


def _tell(kind: Kind, version: DocumentVersion, by: User, at: datetime, facts: dict[str, Fact]) -> None:
    document, actor = version.document, as_official(by)
    record(kind, subject=document, by=actor, at=at, consultation_id=document.consultation_id, facts=facts)
