"""The way of a consultation after its publication: which step comes after which."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from apps.common.permissions import Sentence
from apps.consultations.engine.timeline import AnyPhase, next_writing_phase, writing_phase
from apps.consultations.enums import ConsultationKind, ConsultationStatus
from apps.consultations.models import Consultation

STEPS: dict[str, tuple[ConsultationStatus, ...]] = {
    ConsultationStatus.PUBLISHED: (ConsultationStatus.CONSIDERED, ConsultationStatus.ARCHIVED),
    ConsultationStatus.CONSIDERED: (ConsultationStatus.DECIDED, ConsultationStatus.PUBLISHED),
    ConsultationStatus.DECIDED: (ConsultationStatus.FOLLOWED_UP, ConsultationStatus.ARCHIVED),
    ConsultationStatus.FOLLOWED_UP: (ConsultationStatus.ARCHIVED,),
    ConsultationStatus.CANCELLED: (ConsultationStatus.ARCHIVED,),
}


def next_steps(consultation: Consultation) -> tuple[ConsultationStatus, ...]:
    """Return the steps that can follow on where it stands; cancelling is always one beside them."""
    return STEPS.get(consultation.status, ()) if consultation.is_published else ()


def why_not_step(
    consultation: Consultation, phases: Sequence[AnyPhase], *, to: ConsultationStatus, at: datetime
) -> Sentence | None:
    """Return why the consultation cannot go on to that step at that moment, or None."""
    if to not in next_steps(consultation):
        return _("The hearing cannot go there from where it stands now. Load the page again and choose another step.")
    can_write = writing_phase(phases, at) is not None or next_writing_phase(phases, at) is not None
    if consultation.status == ConsultationStatus.PUBLISHED and can_write:
        return _("People can still write. Wait until the deadline has passed, or cancel the hearing.")
    return None


def why_not_cancel(consultation: Consultation) -> Sentence | None:
    """Return why the consultation cannot be cancelled, or None. There is one suggestion box, so that stays."""
    if consultation.kind == ConsultationKind.SUGGESTIONS:
        return _(
            "The suggestion box stays. To close it for a while, open it as a reader does and stop writing there, with "
            "a sentence why."
        )
    if consultation.status in {ConsultationStatus.CANCELLED, ConsultationStatus.ARCHIVED}:
        return _("The hearing is over, so it can no longer be cancelled.")
    return None


def why_over(consultation: Consultation) -> Sentence | None:
    """Return why nobody can write any more where the consultation stands, whatever its phases say, or None."""
    if consultation.is_cancelled:
        return _("The hearing was cancelled, so nothing more can be sent.")
    if consultation.is_published and consultation.status != ConsultationStatus.PUBLISHED:
        return _("People have been heard, so nothing more can be sent.")
    return None
