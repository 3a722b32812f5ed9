"""Who may change meetings and sign up for them."""

from datetime import datetime, timedelta
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_official, is_person
from apps.common.permissions import Sentence, permission
from apps.consultations.models import Meeting
from apps.consultations.rules.roles import why_not_edit

REMINDED_BEFORE = timedelta(days=1)


@permission("consultations.change_meeting")
def why_not_change(viewer: Any, meeting: Meeting, *, at: datetime) -> Sentence | None:
    """Whoever edits the consultation changes a meeting and calls it off until it is over."""
    refused = why_not_edit(viewer, meeting.consultation)
    if refused is not None:
        return refused
    if meeting.is_called_off:
        return _("The meeting is called off, so it can no longer be changed. Announce another one.")
    if meeting.ends_at <= at:
        return _("The meeting has been held, so it can no longer be changed. Tell what came of it in the minutes.")
    return None


@permission("consultations.publish_minutes")
def why_not_publish_minutes(viewer: Any, meeting: Meeting, *, at: datetime) -> Sentence | None:
    """Whoever edits the consultation publishes the minutes of a meeting that has been held."""
    refused = why_not_edit(viewer, meeting.consultation)
    if refused is not None:
        return refused
    if meeting.is_called_off:
        return _("The meeting was called off, so there are no minutes.")
    if at < meeting.ends_at:
        return _("The meeting is not over yet. Publish the minutes when it is.")
    return None


@permission("consultations.see_sign_ups")
def why_not_see_sign_ups(viewer: Any, meeting: Meeting) -> Sentence | None:
    """Whoever edits the consultation sees who signed up, and everybody themselves. Pair: `queries.visible_sign_ups`."""
    if not is_official(viewer):
        return _("Only officials of the municipality see who has signed up.")
    return why_not_edit(viewer, meeting.consultation)


@permission("consultations.sign_up")
def why_not_sign_up(viewer: Any, meeting: Meeting, *, at: datetime) -> Sentence | None:
    """Everyone with an account, where it is asked for and until its moment. A full meeting has a waiting list."""
    if not is_person(viewer):
        return _("Log in to sign up.")
    if not meeting.consultation.is_published:
        return _("The hearing is not published yet, so nobody can sign up.")
    if meeting.consultation.is_cancelled:
        return _("The hearing was cancelled, and its meetings with it.")
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
