"""A meeting as a file for calendars."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.common.richtext import plain
from apps.consultations.engine.calendar_files import CalendarEvent, calendar_file
from apps.consultations.models import Meeting

LONGEST_TEXT = 1_000


def calendar_file_of(meeting: Meeting) -> bytes:
    """Return the meeting's file in the language in force. Its sign and count of changes are those of the meeting."""
    place = {"slug": meeting.consultation.slug, "meeting": meeting.number}
    address = f"{settings.SITE_URL}{reverse('consultations:meeting', kwargs=place)}"
    event = CalendarEvent(
        uid=str(meeting.uid),
        sequence=meeting.sequence,
        written_at=meeting.changed_at or meeting.starts_at,
        title=_("Called off: %(title)s") % {"title": meeting.title} if meeting.is_called_off else meeting.title,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        description="\n\n".join(part for part in _parts(meeting, address) if part),
        address=address,
        is_called_off=meeting.is_called_off,
    )
    return calendar_file(event)


def _parts(meeting: Meeting, address: str) -> list[str]:
    return [
        meeting.call_off_reason,
        meeting.consultation.title,
        plain(meeting.about, LONGEST_TEXT),
        meeting.access,
        meeting.online_link,
        address,
    ]
