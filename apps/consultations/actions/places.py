"""The places of a meeting under its lock: who has one, and who gets one that becomes free."""

from datetime import datetime

from django.db.models import F, Sum

from apps.consultations.engine.waiting_list import moving_up
from apps.consultations.enums import SignUpStatus
from apps.consultations.models import Meeting, MeetingSignUp
from apps.consultations.rules import is_soon


def the_locked(meeting: Meeting) -> Meeting:
    """Return the meeting as it stands, locked until the caller's transaction ends."""
    return Meeting.objects.select_related("consultation").select_for_update(of=("self",)).get(pk=meeting.pk)


def count_places(meeting: Meeting) -> None:
    """Keep how many people have a place and how many wait, of a locked meeting."""
    rows = MeetingSignUp.objects.filter(meeting=meeting).values_list("status")
    people: dict[str, int] = dict(rows.annotate(count=Sum(F("companions") + 1)))
    counts = {"taken": people.get(SignUpStatus.PLACED, 0), "waiting": people.get(SignUpStatus.WAITING, 0)}
    Meeting.objects.filter(pk=meeting.pk).update(**counts)
    meeting.taken, meeting.waiting = counts["taken"], counts["waiting"]


def fill_places(meeting: Meeting, *, at: datetime) -> list[int]:
    """Give the free places of a locked meeting to those who wait, in the order of signing up; return their ids.

    Nobody moves up when the meeting has begun or is called off.
    """
    if meeting.is_called_off or at >= meeting.starts_at or not meeting.waiting:
        return []
    waiting = MeetingSignUp.objects.filter(meeting=meeting, status=SignUpStatus.WAITING).order_by("pk")
    parties = [(row.pk, row.people) for row in waiting]
    got = moving_up(parties, places=meeting.places, taken=meeting.taken)
    if got:
        reminded_of = meeting.starts_at if is_soon(meeting, at=at) else None
        rows = MeetingSignUp.objects.filter(pk__in=got)
        rows.update(status=SignUpStatus.PLACED, reminded_of=reminded_of)
        count_places(meeting)
    return got
