"""Meetings at which the case is treated: noting them, saying what came of them, and the decision that ends the case."""

from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.common.richtext import clean, one_line, to_html
from apps.consultations.actions import reach_stage
from apps.consultations.enums import ConsultationStatus
from apps.consultations.models import Consultation
from apps.consultations.queries import deadlines_to_come, phases_of
from apps.ledger.actions import Fact, fingerprint, record
from apps.ledger.enums import Kind
from apps.publications.actions.recommendations import WHILE_OPEN, refuse_unfit
from apps.publications.engine.decisions import CaseMeetingText, words_of_meeting
from apps.publications.enums.decisions import (
    CASE_MEETING_ADDED,
    CASE_MEETING_DRAFTED,
    CASE_MEETING_PUBLISHED,
    CASE_MEETING_REMOVED,
    TO_COME,
)
from apps.publications.errors.decisions import DecisionChangedMeanwhile, UnfitDecision
from apps.publications.models.decisions import CaseMeeting, CaseMeetingVersion
from apps.publications.rules.decisions import needs_note, what_is_missing

Made = TypeVar("Made")
LONG = ("minority", "changes", "guidance")
SHORT = ("name", "decided", "agenda_url")


@transaction.atomic
def add_case_meeting(
    *, consultation: Consultation, text: CaseMeetingText, key: UUID | None = None, by: User, at: datetime
) -> CaseMeeting:
    """Note a meeting for the team, under the next number of its hearing; the same `key` makes one.

    Raises NotAllowed, UnfitDecision.
    """
    require("publications.write_decision", by, consultation)
    words = _words(text)
    Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    made = CaseMeeting.objects.filter(consultation=consultation, form_key=key).first() if key else None
    if made is not None:
        return made
    last = CaseMeeting.objects.filter(consultation=consultation).aggregate(last=Max("number"))["last"] or 0
    meeting = _one_end(lambda: _made(consultation, last + 1, key, words))
    _tell(CASE_MEETING_ADDED, meeting, by, at)
    return meeting


def _made(consultation: Consultation, number: int, key: UUID | None, words: dict[str, Any]) -> CaseMeeting:
    return CaseMeeting.objects.create(consultation=consultation, number=number, form_key=key, **words)


@transaction.atomic
def save_case_meeting(*, meeting: CaseMeeting, text: CaseMeetingText, seen: int, by: User, at: datetime) -> bool:
    """Keep what the official wrote; what is published stays as it is. False when nothing differs.

    Raises NotAllowed, UnfitDecision, DecisionChangedMeanwhile when there is a later revision than `seen`.
    """
    require("publications.write_decision", by, meeting.consultation)
    words = _words(text)
    standing = CaseMeeting.objects.select_for_update().get(pk=meeting.pk)
    if all(getattr(standing, name) == value for name, value in words.items()):
        return False
    if standing.revision != seen:
        raise DecisionChangedMeanwhile
    kept = CaseMeeting.objects.filter(pk=standing.pk)
    _one_end(lambda: kept.update(**words, revision=standing.revision + 1))
    _tell(CASE_MEETING_DRAFTED, standing, by, at)
    return True


@transaction.atomic
def remove_case_meeting(*, meeting: CaseMeeting, by: User, at: datetime) -> bool:
    """Take away a meeting that nobody but the team has seen; False when it is gone.

    Raises NotAllowed, UnfitDecision for one that was published.
    """
    require("publications.write_decision", by, meeting.consultation)
    standing = CaseMeeting.objects.select_for_update().filter(pk=meeting.pk).first()
    if standing is None:
        return False
    if standing.version:
        raise UnfitDecision(_("It is published, so it stays. Correct it instead, with a note."))
    _tell(CASE_MEETING_REMOVED, standing, by, at)
    CaseMeeting.objects.filter(pk=standing.pk).delete()
    return True


@transaction.atomic
def publish_case_meeting(
    *, meeting: CaseMeeting, seen: int, note: str = "", by: User, at: datetime
) -> CaseMeetingVersion:
    """Show everyone the meeting as it is written now; its versions before stay readable.

    The outcome that ends the case takes the hearing on to "decided". The version that stands there in the same words is
    given back, as with a second click. Raises NotAllowed, UnfitDecision for what is missing, while people can still
    write, and for a correction without a note; DecisionChangedMeanwhile.
    """
    consultation = meeting.consultation
    require("publications.write_decision", by, consultation)
    standing = CaseMeeting.objects.select_for_update().get(pk=meeting.pk)
    last = CaseMeetingVersion.objects.filter(meeting=standing, version=standing.version).first()
    if last is not None and words_of_meeting(last) == words_of_meeting(standing):
        return last
    if standing.revision != seen:
        raise DecisionChangedMeanwhile
    told = one_line(note)
    _refuse_unready(standing, last, told, consultation, at)
    made = _published(standing, told, by, at)
    if made.has_ended:
        _go_on(consultation, made.decided, by, at)
    _tell(
        CASE_MEETING_PUBLISHED,
        standing,
        by,
        at,
        version=made.version,
        outcome=made.outcome or TO_COME,
        final="yes" if made.has_ended else "no",
        fingerprint=fingerprint(b"", words_of_meeting(made)),
    )
    return made


def _refuse_unready(
    standing: CaseMeeting, last: CaseMeetingVersion | None, note: str, consultation: Consultation, at: datetime
) -> None:
    missing = what_is_missing(standing, consultation, at=at)
    if missing is not None:
        field, sentence = missing
        raise UnfitDecision(sentence, field)
    if standing.outcome and deadlines_to_come(phases_of(consultation), at=at):
        raise UnfitDecision(WHILE_OPEN)
    if last is not None and last.has_ended and not standing.has_ended:
        raise UnfitDecision(_("The case has ended with this meeting. Correct the decision, or add a new meeting."))
    if needs_note(standing, last) and not note:
        raise UnfitDecision(_("Say in one sentence what is corrected. The version before stays readable."), "note")
    refuse_unfit({"note": note})


def _published(standing: CaseMeeting, note: str, by: User, at: datetime) -> CaseMeetingVersion:
    named = [field.name for field in fields(CaseMeetingText)] + [f"{name}_html" for name in LONG]
    made = CaseMeetingVersion.objects.create(
        meeting=standing,
        version=standing.version + 1,
        note=note,
        published_at=at,
        published_by=by,
        **{name: getattr(standing, name) for name in named},
    )
    CaseMeeting.objects.filter(pk=standing.pk).update(version=made.version)
    return made


def _go_on(consultation: Consultation, decided: str, by: User, at: datetime) -> None:
    """Take the hearing on to "decided", by way of "considered"; one that is further on stays where it is."""
    to = {
        ConsultationStatus.PUBLISHED.value: (ConsultationStatus.CONSIDERED, ConsultationStatus.DECIDED),
        ConsultationStatus.CONSIDERED.value: (ConsultationStatus.DECIDED,),
    }
    status = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk).status
    for step in to.get(status, ()):
        sentence = decided if step == ConsultationStatus.DECIDED else ""
        reach_stage(consultation=consultation, to=step, sentence=sentence, by=by, at=at)


def _words(text: CaseMeetingText) -> dict[str, Any]:
    """Return what is stored. Raises UnfitDecision for what no page may show."""
    words = asdict(text)
    words |= {name: one_line(words[name]) for name in SHORT}
    words |= {name: clean(words[name]).strip() for name in LONG}
    refuse_unfit({name: words[name] for name in (*SHORT, *LONG) if name != "agenda_url"})
    return words | {f"{name}_html": to_html(words[name]) for name in LONG}


def _one_end(write: Callable[[], Made]) -> Made:
    """Carry out a write; raises UnfitDecision when another meeting ends the case already."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as taken:
        sentence = _("Another meeting is marked as the one with which the case ends. Take the mark away there first.")
        raise UnfitDecision(sentence, "is_final") from taken


def _tell(kind: Kind, meeting: CaseMeeting, by: User, at: datetime, **facts: Fact) -> None:
    record(
        kind,
        subject=meeting,
        by=as_official(by),
        at=at,
        consultation_id=meeting.consultation_id,
        facts={"meeting": meeting.number, **facts},
    )
