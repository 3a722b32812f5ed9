"""Who writes recommendations and decisions, and what has to be there before one is published."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_official
from apps.common.calendar import local
from apps.common.permissions import Sentence, permission
from apps.consultations.enums import ConsultationKind
from apps.consultations.models import Consultation
from apps.consultations.rules import why_not_edit
from apps.publications.enums.decisions import ENDS, DecisionOutcome
from apps.publications.models.decisions import CaseMeeting, CaseMeetingWords

# How long one can complain about a decision by the laws that hearings are held by.
COMPLAINT_LASTS: Final = timedelta(days=28)
# What the guidance begins with where a law of planning gives one; the official writes on in it.
GUIDANCE: Final = _(
    "You can complain about legal questions of the decision to Planklagenævnet. Send the complaint through the "
    "complaints portal at https://naevneneshus.dk. The board takes a fee, which you get back if you are right."
)


@permission("publications.write_decision")
def why_not_write_decision(viewer: Any, consultation: Consultation) -> Sentence | None:
    """Those who edit the hearing write what is recommended and decided, from its publication on."""
    if not is_official(viewer):
        return _("Only officials of the municipality write how the case was decided.")
    refused = why_not_edit(viewer, consultation)
    if refused is not None:
        return refused
    if consultation.kind != ConsultationKind.HEARING:
        return _("Only a hearing ends with a decision.")
    if not consultation.is_published or consultation.is_cancelled:
        return _("There is nothing to decide: the hearing is not published, or it was cancelled.")
    return None


def default_last_day(consultation: Consultation, *, at: datetime) -> date | None:
    """Return the last day to complain about what is published now, where the law of the hearing gives one."""
    return local(at).date() + COMPLAINT_LASTS if consultation.legal_basis_id else None


def what_is_missing(
    meeting: CaseMeetingWords, consultation: Consultation, *, at: datetime
) -> tuple[str, Sentence] | None:
    """Return the field and the sentence of the first thing that a meeting needs before it is published, or None."""
    if not meeting.outcome:
        return None
    if meeting.held_on > local(at).date():
        return "held_on", _("The meeting is still to come, so it has no outcome yet. Check its day.")
    if not meeting.decided:
        return "decided", _("Write in one or two sentences what was decided.")
    return _what_is_missing_at_the_end(meeting, consultation, at=at) if meeting.is_final else None


def _what_is_missing_at_the_end(
    meeting: CaseMeetingWords, consultation: Consultation, *, at: datetime
) -> tuple[str, Sentence] | None:
    if meeting.outcome not in ENDS:
        return "outcome", _("What is sent back is treated again, so the case does not end with it.")
    if meeting.outcome == DecisionOutcome.ADOPTED_WITH_CHANGES and not meeting.changes:
        return "changes", _("It was adopted with changes: write what changed because of the hearing.")
    if not meeting.guidance:
        return "guidance", _("Write how one can complain, or that one cannot.")
    if meeting.complain_until is None:
        needed = _("Write the last day on which one can complain: the law of the hearing gives four weeks.")
        return ("complain_until", needed) if consultation.legal_basis_id else None
    if meeting.complain_until < local(at).date():
        return "complain_until", _("This day is over. Write the last day on which one can still complain.")
    return None


def needs_note(meeting: CaseMeeting, published: CaseMeetingWords | None) -> bool:
    """Tell whether publishing again corrects something that was decided, so that everyone is told what."""
    return meeting.version > 0 and published is not None and bool(published.outcome)
