"""Who may see and run a consultation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_moderator, is_official, is_person
from apps.common.permissions import Sentence, permission
from apps.consultations.enums import WriteAccess
from apps.consultations.models import Consultation, DocumentVersion


@permission("consultations.view_consultation")
def why_not_view(viewer: Any, consultation: Consultation) -> Sentence | None:
    """Everyone sees what is published; drafts are for officials. Pair: `queries.visible_consultations`."""
    if consultation.is_published or is_official(viewer):
        return None
    return _("This page is not public.")


@permission("consultations.edit_consultation")
def why_not_edit(viewer: Any) -> Sentence | None:
    """Officials write consultations."""
    return None if is_official(viewer) else _("Only officials of the municipality can edit consultations.")


@permission("consultations.read_document")
def why_not_read(viewer: Any, version: DocumentVersion) -> Sentence | None:
    """Whoever sees the consultation opens its papers; one held back only officials. Pair: `queries.readable_files`."""
    if version.is_held and not is_official(viewer):
        return _("This file is held back.")
    return why_not_view(viewer, version.document.consultation)


@permission("consultations.stop_writing")
def why_not_stop(viewer: Any, consultation: Consultation) -> Sentence | None:
    """Stop writing and open it again: moderators and officials, where everyone can see it."""
    if not (is_moderator(viewer) or is_official(viewer)):
        return _("Only moderators and officials can stop writing.")
    return None if consultation.is_published else _("The consultation is not published yet.")


def why_not_of_those_who_write(viewer: Any, consultation: Consultation, *, is_resident: bool) -> Sentence | None:
    """Return why this person does not belong to those who may write here, or None."""
    if not is_person(viewer):
        return _("Log in to send your text. It is kept for you.")
    if consultation.write_access == WriteAccess.RESIDENTS and not is_resident:
        return _("Only verified residents can write here. Show first that you live here; your text is kept.")
    return None
