"""Files for calendars: of one meeting, and of all that an official plans by."""

from collections.abc import Iterable
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.common.richtext import plain
from apps.consultations.engine.calendar_files import CalendarDay, CalendarEvent, calendar_file
from apps.consultations.models import Meeting
from apps.consultations.queries import CalendarItem, said

LONGEST_TEXT = 1_000


def calendar_file_of(meeting: Meeting) -> bytes:
    """Return the meeting's file in the language in force."""
    return calendar_file(_event_of(meeting))


def calendar_file_of_items(items: Iterable[CalendarItem], *, at: datetime) -> bytes:
    """Return the file of a calendar's items. An item keeps its sign, so that a calendar knows it again in the next."""
    return calendar_file(*(_event_of(item.meeting) if item.meeting else _day_of(item, at) for item in items))


def _day_of(item: CalendarItem, at: datetime) -> CalendarDay:
    page = reverse("portal:consultation", kwargs={"slug": item.consultation.slug})
    address = f"{settings.SITE_URL}{page}"
    parts = [item.kind.label, *(said(one, "title").text for one in (item.thing, item.consultation) if one)]
    sign = f"{settings.SITE_URL}/{item.kind}/{item.consultation.pk}/{item.number}"
    return CalendarDay(
        uid=str(uuid5(NAMESPACE_URL, sign)),
        written_at=at,
        day=item.day,
        title=": ".join(str(part) for part in parts),
        description=address,
        address=address,
    )


def _event_of(meeting: Meeting) -> CalendarEvent:
    """Return a meeting for a calendar. Its sign and count of changes are those of the meeting."""
    place = {"slug": meeting.consultation.slug, "meeting": meeting.number}
    address = f"{settings.SITE_URL}{reverse('consultations:meeting', kwargs=place)}"
    title = said(meeting, "title").text
    return CalendarEvent(
        uid=str(meeting.uid),
        sequence=meeting.sequence,
        written_at=meeting.changed_at or meeting.starts_at,
        title=_("Called off: %(title)s") % {"title": title} if meeting.is_called_off else title,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        description="\n\n".join(part for part in _parts(meeting, address) if part),
        address=address,
        is_called_off=meeting.is_called_off,
    )


def _parts(meeting: Meeting, address: str) -> list[str]:
    return [
        said(meeting, "call_off_reason").text,
        said(meeting.consultation, "title").text,
        plain(said(meeting, "about").text, LONGEST_TEXT),
        said(meeting, "access").text,
        meeting.online_link,
        address,
    ]
