"""Papers of the case."""

import hashlib
from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.common.slugs import danish_slug
from apps.consultations.enums import DOCUMENT_ADDED
from apps.consultations.models import Consultation, Document
from apps.ledger.actions import record


@transaction.atomic
def add_document(*, consultation: Consultation, title: str, file: "File[bytes]", by: User, at: datetime) -> Document:
    """Add a PDF at the end of the documents. The form has checked what it is; its own file name is not kept."""
    require("consultations.edit_consultation", by)
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    digest = hashlib.file_digest(file.open("rb"), "sha256").hexdigest()
    document = Document(
        consultation=consultation,
        position=consultation.documents.count() + 1,
        title=title,
        size=file.size,
        sha256=digest,
    )
    file.seek(0)
    document.file.save(f"{danish_slug(title) or 'document'}.pdf", file, save=False)
    document.save()
    record(
        DOCUMENT_ADDED,
        subject=document,
        by=as_official(by),
        at=at,
        consultation_id=consultation.pk,
        facts={"sha256": digest},
    )
    return document
