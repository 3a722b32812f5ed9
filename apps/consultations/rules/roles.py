"""Who may see and run a consultation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_moderator, is_official, is_person
from apps.common.permissions import Sentence, permission
from apps.consultations.enums import ConsultationKind, WriteAccess
from apps.consultations.models import Consultation, DocumentVersion, Topic
from apps.consultations.rules.stages import why_over
from apps.consultations.rules.team import EDITING, role_in_team, why_not_of_team


@permission("consultations.view_consultation")
def why_not_view(viewer: Any, consultation: Consultation) -> Sentence | None:
    """Everyone sees what is published; drafts are for the team. Pair: `queries.visible_consultations`."""
    if consultation.is_published or role_in_team(viewer, consultation) is not None:
        return None
    return _("This page is not public.")


@permission("consultations.draft_consultation")
def why_not_draft(viewer: Any) -> Sentence | None:
    """Officials begin consultations. Whoever drafts one owns it."""
    return None if is_official(viewer) else _("Only officials of the municipality can edit consultations.")


@permission("consultations.copy_consultation")
def why_not_copy(viewer: Any, consultation: Consultation) -> Sentence | None:
    """An official begins a hearing as a copy of another that they see; a draft is copied by its team alone."""
    refused = why_not_draft(viewer) or why_not_view(viewer, consultation)
    if refused is None and consultation.kind != ConsultationKind.HEARING:
        return _("Only hearings can be copied.")
    return refused


@permission("consultations.open_calendar")
def why_not_open_calendar(viewer: Any) -> Sentence | None:
    """Officials plan by it. What stands in it is the matter of `queries.calendar_items`."""
    return None if is_official(viewer) else _("The calendar is for officials of the municipality.")


@permission("consultations.edit_consultation")
def why_not_edit(viewer: Any, consultation: Consultation) -> Sentence | None:
    """Owners and editors of the team write it. Pair: `queries.edited_consultations`."""
    refused = why_not_draft(viewer)
    return refused or why_not_of_team(viewer, consultation, *EDITING)


@permission("consultations.answer_in_consultation")
def why_not_answer_in(viewer: Any, consultation: Consultation) -> Sentence | None:
    """The whole team answers in a hearing, and any official in the suggestion box and below news.

    What can be answered is the rule of discussions.
    """
    if not is_official(viewer):
        return _("Only officials answer for the municipality.")
    return why_not_of_team(viewer, consultation) if consultation.kind == ConsultationKind.HEARING else None


@permission("consultations.read_document")
def why_not_read(viewer: Any, version: DocumentVersion) -> Sentence | None:
    """Whoever sees the consultation opens its papers; one held back only the team. Pair: `queries.readable_files`."""
    consultation = version.document.consultation
    if version.is_held and role_in_team(viewer, consultation) is None:
        return _("This file is held back.")
    return why_not_view(viewer, consultation)


@permission("consultations.end_topic")
def why_not_end_topic(viewer: Any, topic: Topic) -> Sentence | None:
    """Merge a topic into another: owners and editors, in hearings and the suggestion box, until people were heard.

    From then on the topics are part of the record, by which the municipality decides.
    """
    refused = why_not_edit(viewer, topic.consultation)
    if refused is not None:
        return refused
    if topic.consultation.kind == ConsultationKind.NEWS:
        return _("The topic of a post belongs to the post. Close its thread instead.")
    if why_over(topic.consultation) is not None:
        return _("The hearing is over, and its topics are part of the record. They can no longer be merged or deleted.")
    if topic.merged_into_id is not None:
        return _("This topic was merged into another one already.")
    return None


@permission("consultations.remove_topic")
def why_not_remove_topic(viewer: Any, topic: Topic) -> Sentence | None:
    """Delete a topic: as it is merged, and never the only one that people have to write in.

    That nobody wrote in it is asked by the action.
    """
    refused = why_not_end_topic(viewer, topic)
    if refused is not None:
        return refused
    consultation = topic.consultation
    if not consultation.is_published:
        return None
    others = Topic.objects.filter(consultation=consultation, merged_into=None).exclude(pk=topic.pk)
    return None if others.exists() else _("It is the only topic, and people need one to write in. Add another first.")


@permission("consultations.stop_writing")
def why_not_stop(viewer: Any, consultation: Consultation) -> Sentence | None:
    """Stop writing and open it again: moderators, owners and editors, where everyone can see it."""
    if not (is_moderator(viewer) or is_official(viewer)):
        return _("Only moderators and officials can stop writing.")
    if not consultation.is_published:
        return _("The consultation is not published yet.")
    return None if is_moderator(viewer) else why_not_edit(viewer, consultation)


def why_not_of_those_who_write(viewer: Any, consultation: Consultation, *, is_resident: bool) -> Sentence | None:
    """Return why this person does not belong to those who may write here, or None."""
    if not is_person(viewer):
        return _("Log in to send your text. It is kept for you.")
    if consultation.write_access == WriteAccess.RESIDENTS and not is_resident:
        return _("Only verified residents can write here. Show first that you live here; your text is kept.")
    return None
