"""Who may see, write in and run a consultation."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_moderator, is_official, is_person
from apps.common.calendar import end_of_day
from apps.common.permissions import Sentence, permission
from apps.common.wording import day, deadline
from apps.consultations.engine.legal_clock import Period
from apps.consultations.engine.timeline import AnyPhase, last_deadline, next_writing_phase, writing_phase
from apps.consultations.enums import WriteAccess
from apps.consultations.models import Consultation, DocumentVersion, Meeting, Stoppable, Topic
from apps.municipality.queries import the_municipality

REMINDED_BEFORE = timedelta(days=1)


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


@permission("consultations.change_meeting")
def why_not_change(viewer: Any, meeting: Meeting, *, at: datetime) -> Sentence | None:
    """Officials change a meeting and call it off until it is over."""
    if not is_official(viewer):
        return _("Only officials of the municipality can edit consultations.")
    if meeting.is_called_off:
        return _("The meeting is called off, so it can no longer be changed. Announce another one.")
    if meeting.ends_at <= at:
        return _("The meeting has been held, so it can no longer be changed. Tell what came of it in the minutes.")
    return None


@permission("consultations.publish_minutes")
def why_not_publish_minutes(viewer: Any, meeting: Meeting, *, at: datetime) -> Sentence | None:
    """Officials publish the minutes of a meeting that has been held."""
    if not is_official(viewer):
        return _("Only officials of the municipality can edit consultations.")
    if meeting.is_called_off:
        return _("The meeting was called off, so there are no minutes.")
    if at < meeting.ends_at:
        return _("The meeting is not over yet. Publish the minutes when it is.")
    return None


@permission("consultations.see_sign_ups")
def why_not_see_sign_ups(viewer: Any) -> Sentence | None:
    """Officials see who signed up, and everybody themselves. Pair: `queries.visible_sign_ups`."""
    return None if is_official(viewer) else _("Only officials of the municipality see who has signed up.")


@permission("consultations.sign_up")
def why_not_sign_up(viewer: Any, meeting: Meeting, *, at: datetime) -> Sentence | None:
    """Everyone with an account, where it is asked for and until its moment. A full meeting has a waiting list."""
    if not is_person(viewer):
        return _("Log in to sign up.")
    if not meeting.consultation.is_published:
        return _("The hearing is not published yet, so nobody can sign up.")
    return why_no_signing_up(meeting, at=at)


def why_no_signing_up(meeting: Meeting, *, at: datetime) -> Sentence | None:
    """Return why nobody can sign up for the meeting at that moment, or None."""
    if meeting.is_called_off:
        return _("The meeting is called off.")
    if meeting.starts_at <= at:
        return _("The meeting has begun, so nobody can sign up any more.")
    if not meeting.takes_sign_ups:
        return _("You need not sign up for this meeting. Just come.")
    if meeting.closes_at <= at:
        return _("Signing up has ended.")
    return None


def is_soon(meeting: Meeting, *, at: datetime) -> bool:
    """Tell whether it begins within a day: who is told of it now needs no reminder."""
    return meeting.starts_at - at <= REMINDED_BEFORE


class AnyMeeting(Protocol):
    """What is asked about a meeting that an official wants to announce or change."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def takes_sign_ups(self) -> bool: ...
    @property
    def places(self) -> int | None: ...
    @property
    def sign_up_until(self) -> datetime | None: ...


def what_is_unfit(meeting: AnyMeeting, before: Meeting | None) -> tuple[Sentence, str] | None:
    """Return what is wrong with a meeting that an official wants, and in which field; None for one that is fit.

    What people signed up for is not taken from them: `before` is the meeting as it stands.
    """
    if meeting.ends_at <= meeting.starts_at:
        return _("The meeting must end after it starts. Check the times."), "ends"
    if meeting.sign_up_until is not None and meeting.sign_up_until > meeting.starts_at:
        return _("Signing up must end before the meeting begins."), "sign_up_day"
    if before is not None and before.taken + before.waiting and not meeting.takes_sign_ups:
        return (
            _("People have signed up, so this stays. If you need no more, set a day until which one can sign up."),
            "takes_sign_ups",
        )
    if before is not None and meeting.places is not None and meeting.places < before.taken:
        sentence = _("%(taken)s places are taken. Set at least as many, or call the meeting off.")
        return sentence % {"taken": before.taken}, "places"
    return None


def why_no_minutes() -> Sentence:
    """Return what is said when minutes have no text."""
    return _("Write what was said and agreed.")


def why_stopped(*places: Stoppable | None) -> Sentence | None:
    """Return the sentence about the first of these places in which writing is stopped, or None."""
    sentence = next((place.stop_sentence for place in places if place and place.stop_sentence), None)
    return sentence and _("Writing is stopped for now: %(sentence)s") % {"sentence": sentence}


def why_not_open(
    consultation: Consultation, phases: Sequence[AnyPhase], *, at: datetime, topic: Topic | None = None
) -> Sentence | None:
    """Return why nobody can write at that moment, there or in that topic, or None when people can.

    The moment is the server's.
    """
    if not consultation.is_published:
        return _("The consultation is not published yet.")
    if writing_phase(phases, at) is not None:
        return why_stopped(consultation, topic)
    if next_writing_phase(phases, at) is not None:
        return _("Writing has not opened yet. Come back when the hearing opens.")
    if last_deadline(phases, at) is not None:
        return _("The deadline has passed, so nothing more can be sent.")
    return _("Nobody can write here.")


def is_late(consultation: Consultation, phases: Sequence[AnyPhase], *, at: datetime) -> bool:
    """Tell whether what is sent at that moment comes after the deadline as it stands, and is taken all the same."""
    if not (consultation.takes_late and consultation.is_published):
        return False
    is_over = writing_phase(phases, at) is None and next_writing_phase(phases, at) is None
    return is_over and last_deadline(phases, at) is not None


def why_not_receive(
    consultation: Consultation, phases: Sequence[AnyPhase], *, at: datetime, topic: Topic | None = None
) -> Sentence | None:
    """Return why nothing is taken at that moment, on time or late, or None. Who is too late is told how to write."""
    if is_late(consultation, phases, at=at):
        return why_stopped(consultation, topic)
    refused = why_not_open(consultation, phases, at=at, topic=topic)
    is_over = consultation.is_published and writing_phase(phases, at) is None
    if not is_over or next_writing_phase(phases, at) is not None or last_deadline(phases, at) is None:
        return refused
    municipality = the_municipality()
    place = ", ".join(part for part in (municipality.name, municipality.address) if part)
    return _(
        "The deadline has passed, so nothing more can be sent. You can still write by post to %(place)s. Name the "
        "hearing in the letter; it counts as late there too."
    ) % {"place": place}


def why_not_these_phases(
    before: Sequence[AnyPhase], phases: Sequence[AnyPhase], *, is_published: bool, at: datetime
) -> Sentence | None:
    """Return what is wrong with phases that an official wants to set, in this order, or None.

    Time already promised to writers is not taken back: the deadline of a published consultation under way can move,
    but not to a moment that has passed.
    """
    for phase in phases:
        if phase.closes_at is not None and phase.closes_at <= phase.opens_at:
            return _("The phase “%(title)s” ends before it begins. Check its days.") % {"title": phase.title}
    for first, second in pairwise(phases):
        if first.closes_at is None or second.opens_at < first.closes_at:
            return _("“%(second)s” begins before “%(first)s” is over. Let one phase follow the other.") % {
                "first": first.title,
                "second": second.title,
            }
    if is_published and writing_phase(before, at) is not None and writing_phase(phases, at) is None:
        return _(
            "People can write at this moment, and with these days they no longer could. "
            "Let the last day be today or later."
        )
    if is_published and not any(phase.accepts_contributions for phase in phases):
        return _("A published hearing needs a phase in which people can write.")
    return None


def why_too_short(period: Period | None, *, reason: str = "") -> Sentence | None:
    """Return that a hearing would end before the law lets it, with the first lawful last day; None when it does not.

    A reason that everyone reads stands in for the days that are missing (planloven section 24).
    """
    if period is None or not period.is_too_short or reason:
        return None
    return _(
        "The law asks for at least %(minimum)s days, and these dates give %(days)s. Let the last day be %(day)s or "
        "later, or write on the page of the legal basis why the period is shorter."
    ) % {"minimum": period.minimum, "days": max(period.days or 0, 0), "day": day(period.first_lawful_last_day)}


def why_not_cut_short(before: Period | None, after: Period | None) -> Sentence | None:
    """Return that a published hearing would be made shorter than the law lets it be, or None."""
    if before is None or after is None or not after.is_too_short or after.last_day is None:
        return None
    if before.last_day is not None and after.last_day >= before.last_day:
        return None
    return _("The law asks for at least %(minimum)s days: the hearing cannot end before %(day)s.") % {
        "minimum": after.minimum,
        "day": day(after.first_lawful_last_day),
    }


def why_not_extend(
    consultation: Consultation, phases: Sequence[AnyPhase], *, last_day: date, at: datetime
) -> Sentence | None:
    """Return why the deadline cannot be moved to the end of that day, or None.

    Only to a later day, and only before it has passed: afterwards everyone was told that it is over, and people are
    heard again in a phase of its own.
    """
    if not consultation.is_published:
        return _("The consultation is not published yet: set its phases instead.")
    phase = writing_phase(phases, at) or next_writing_phase(phases, at)
    if phase is None:
        return _(
            "The deadline has passed, so it can no longer be extended. Add a phase in which people can write if they "
            "are to be heard again."
        )
    if phase.closes_at is None:
        return _("There is no deadline that could be extended.")
    if end_of_day(last_day) <= phase.closes_at:
        return _("The deadline is %(deadline)s already. It can be extended, never shortened: choose a later day.") % {
            "deadline": deadline(phase.closes_at, at)
        }
    return None


def why_not_of_those_who_write(viewer: Any, consultation: Consultation, *, is_resident: bool) -> Sentence | None:
    """Return why this person does not belong to those who may write here, or None."""
    if not is_person(viewer):
        return _("Log in to send your text. It is kept for you.")
    if consultation.write_access == WriteAccess.RESIDENTS and not is_resident:
        return _("Only verified residents can write here. Show first that you live here; your text is kept.")
    return None
