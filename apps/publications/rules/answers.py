"""Who answers people, who is given what to answer, and who reads an answer before it is published."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_official
from apps.common.permissions import Sentence, permission, why_not
from apps.consultations.rules import why_not_answer_in
from apps.discussions.models import Contribution
from apps.municipality.queries import the_municipality
from apps.publications.models import AnswerDraft


@permission("publications.write_answer")
def why_not_write_answer(viewer: Any) -> Sentence | None:
    """Officials do. Who answers where, and what, is the rule `discussions.answer_contribution`."""
    return None if is_official(viewer) else _("Only officials answer for the municipality.")


@permission("publications.answer_at_once")
def why_not_answer_at_once(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Publish an answer without a second reader: who may answer it, where the municipality does not ask for one."""
    refused = why_not("discussions.answer_contribution", viewer, contribution)
    return refused or why_reader_needed()


def why_reader_needed() -> Sentence | None:
    """Return why nobody publishes an answer alone, or None where the municipality does not ask for a reader."""
    if not the_municipality().answers_need_reader:
        return None
    return _("Here a second official reads each answer before it is published. Save it, and send it to a colleague.")


@permission("publications.assign_answer")
def why_not_assign(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Give somebody something to answer: who may answer it, as long as nobody has."""
    refused = why_not("discussions.answer_contribution", viewer, contribution)
    if refused is None and contribution.answered_at is not None:
        return _("It has an answer already, so there is nothing left to give to anybody.")
    return refused


@permission("publications.see_answer_draft")
def why_not_see_answer_draft(viewer: Any, draft: AnswerDraft) -> Sentence | None:
    """Read an answer while it is written: whoever may answer in that consultation."""
    return why_not_answer_in(viewer, draft.consultation)


@permission("publications.write_answer_draft")
def why_not_write_answer_draft(viewer: Any, draft: AnswerDraft) -> Sentence | None:
    """Change it, send it to a reader or throw it away: whoever may answer there, while nobody reads it."""
    refused = why_not_see_answer_draft(viewer, draft)
    if refused is not None:
        return refused
    if draft.is_published:
        return _("This answer is published, so it can no longer be changed. Correct it with a new one.")
    if draft.is_with_reader:
        return _("A second official reads it now. Take it back first, then change it.")
    return None


@permission("publications.take_back_answer")
def why_not_take_back(viewer: Any, draft: AnswerDraft) -> Sentence | None:
    """Take it back from its reader: whoever may answer there."""
    refused = why_not_see_answer_draft(viewer, draft)
    return refused or (None if draft.is_with_reader else _("Nobody reads it now. You can change it."))


@permission("publications.read_answer_draft")
def why_not_read_answer_draft(viewer: Any, draft: AnswerDraft) -> Sentence | None:
    """Judge it as the second reader: whoever it was sent to, and nobody else."""
    refused = why_not_see_answer_draft(viewer, draft)
    if refused is not None:
        return refused
    if not draft.is_with_reader:
        return _("It is not with a reader any more. See below where it stands now.")
    if draft.reader_id != viewer.pk:
        return _("It was sent to a different official to read.")
    return None


@permission("publications.publish_answer_draft")
def why_not_publish_answer_draft(viewer: Any, draft: AnswerDraft) -> Sentence | None:
    """Publish it: its reader, and while it has none whoever may change it, unless each answer needs a reader here."""
    if draft.is_with_reader:
        return why_not_read_answer_draft(viewer, draft)
    return why_not_write_answer_draft(viewer, draft) or why_reader_needed()
