"""What becomes of a consultation: considered, decided, followed up, laid away, cancelled. The clock does the rest."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.common.permissions import require
from apps.common.richtext import one_line
from apps.consultations.actions.meetings import call_off_meeting
from apps.consultations.actions.telling import tell
from apps.consultations.enums import (
    CONSULTATION_CANCELLED,
    NEEDS_SENTENCE,
    PHASE_CLOSED,
    PHASE_OPENED,
    STAGE_REACHED,
    ConsultationStatus,
    PhaseMoment,
)
from apps.consultations.errors import ReasonMissing, UnfitStage
from apps.consultations.models import Consultation, Phase, PhaseNote, StageChange
from apps.consultations.queries import (
    DANISH,
    WITH_THE_HEARING,
    meetings_to_come,
    phases_of,
    phases_to_note,
    words_in,
)
from apps.consultations.rules import why_not_cancel, why_not_step
from apps.ledger.actions import record
from apps.ledger.models import Actor

NOTED_AT_ONCE = 200


@transaction.atomic
def reach_stage(
    *, consultation: Consultation, to: ConsultationStatus, sentence: str = "", by: User, at: datetime
) -> bool:
    """Let the consultation go on to its next step; answer False when it is there already.

    Raises NotAllowed, UnfitStage for a step that cannot follow, ReasonMissing where everyone has to read what came of
    it.
    """
    require("consultations.edit_consultation", by, consultation)
    standing = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    if standing.status == to:
        return False
    refused = why_not_step(standing, phases_of(standing), to=to, at=at)
    if refused is not None:
        raise UnfitStage(refused)
    _move(consultation, to, _told(to, sentence), at)
    tell(kind=STAGE_REACHED, consultation=consultation, by=by, at=at, stage=str(to))
    return True


@transaction.atomic
def cancel_consultation(*, consultation: Consultation, reason: str, by: User, at: datetime) -> bool:
    """End the consultation for good: nothing more can be written, and everyone reads why. False when it was cancelled.

    Its meetings to come are called off. A draft that is cancelled stays with its team. Raises NotAllowed, UnfitStage,
    ReasonMissing.
    """
    require("consultations.edit_consultation", by, consultation)
    standing = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    if standing.status == ConsultationStatus.CANCELLED:
        return False
    refused = why_not_cancel(standing)
    if refused is not None:
        raise UnfitStage(refused)
    told = _told(ConsultationStatus.CANCELLED, reason)
    for meeting in meetings_to_come(standing, at=at):
        call_off_meeting(meeting=meeting, reason=words_in(DANISH, WITH_THE_HEARING), by=by, at=at)
    _move(consultation, ConsultationStatus.CANCELLED, told, at)
    Consultation.objects.filter(pk=consultation.pk).update(cancelled_at=at)
    consultation.cancelled_at = at
    tell(kind=CONSULTATION_CANCELLED, consultation=consultation, by=by, at=at)
    return True


def _told(to: ConsultationStatus, sentence: str) -> str:
    told = one_line(sentence)
    if to in NEEDS_SENTENCE and not told:
        raise ReasonMissing(_("Write one or two sentences that tell everyone what came of it, and why."))
    return told


def _move(consultation: Consultation, to: ConsultationStatus, sentence: str, at: datetime) -> None:
    Consultation.objects.filter(pk=consultation.pk).update(status=to)
    consultation.status = to
    StageChange.objects.create(consultation=consultation, status=to, sentence=sentence, changed_at=at)


def note_phases(*, at: datetime) -> int:
    """Tell of every phase that has begun or ended, once each; return of how many. No rule asks whether it was told."""
    noted = 0
    for kind in PhaseMoment:
        for phase in phases_to_note(kind, at=at).order_by("pk")[:NOTED_AT_ONCE]:
            noted += note_phase(phase=phase, kind=kind, by=THE_SYSTEM, at=at)
    return noted


@transaction.atomic
def note_phase(*, phase: Phase, kind: PhaseMoment, by: Actor, at: datetime) -> bool:
    """Tell that a phase began or ended; answer False when another sweep did. The row says that it was told."""
    moment = phase.opens_at if kind == PhaseMoment.OPENED else phase.closes_at
    assert moment is not None  # noqa: S101 - the query finds no phase without its moment
    _note, made = PhaseNote.objects.get_or_create(
        consultation=phase.consultation, kind=kind, moment=moment, defaults={"noted_at": at}
    )
    if made:
        record(
            PHASE_OPENED if kind == PhaseMoment.OPENED else PHASE_CLOSED,
            subject=phase.consultation,
            by=by,
            at=at,
            consultation_id=phase.consultation_id,
            facts={"phase": phase.position, "moment": moment.astimezone(UTC).isoformat()},
        )
    return made
