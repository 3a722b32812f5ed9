"""Who answers contributions for the municipality, and who corrects what it answered."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.common.permissions import Sentence, permission
from apps.consultations.rules import why_not_answer_in
from apps.discussions.models import Contribution


@permission("discussions.answer_contribution")
def why_not_answer(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Answer for the municipality: the consultation's team, what people wrote and everyone can read."""
    refused = why_not_answer_in(viewer, contribution.consultation)
    if refused is not None:
        return refused
    if not contribution.is_published or not contribution.consultation.is_published:
        return _("This contribution is not published, so it cannot be answered yet.")
    if contribution.is_answer:
        return _("This is the municipality's own answer. Open what it answers, and answer that again.")
    return None


@permission("discussions.correct_answer")
def why_not_correct(viewer: Any, answer: Contribution) -> Sentence | None:
    """Correct an answer of the municipality's: the consultation's team, one that everyone can read.

    That no other answer corrects it yet is asked by the action.
    """
    refused = why_not_answer_in(viewer, answer.consultation)
    if refused is not None:
        return refused
    if not answer.is_answer:
        return _("Only an answer of the municipality's can be corrected here.")
    if not answer.is_published or not answer.consultation.is_published:
        return _("Nobody can read this answer any more, so there is nothing to correct.")
    return None
