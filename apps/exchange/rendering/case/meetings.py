"""Public meetings and their minutes. Who signed up stays in the system."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.common.richtext import trusted
from apps.consultations.models import Meeting
from apps.consultations.queries import meetings_of, minutes_topics_of
from apps.exchange.engine.case_numbers import Direction, Filed, Piece, of_meeting, of_minutes
from apps.exchange.queries.case_changes import Case
from apps.exchange.rendering.case.shared import day_of, page


def meetings(case: Case) -> Iterator[Piece]:
    """Yield the announcement of each meeting, and its minutes once they are published."""
    for meeting in meetings_of(case.consultation):
        if case.holds(lambda changed, pk=meeting.pk: pk in changed.meetings):  # type: ignore[misc]
            yield _meeting(case, meeting)
        if meeting.minutes_published_at and case.holds(lambda changed, pk=meeting.pk: pk in changed.minutes):  # type: ignore[misc]
            yield _minutes(case, meeting)


def _meeting(case: Case, meeting: Meeting) -> Piece:
    title = _("Meeting: %(title)s") % {"title": meeting.title}
    told = Filed(
        number=of_meeting(meeting.number),
        title=title,
        kind=_("Meeting"),
        on=day_of(meeting.announced_at or meeting.starts_at),
        direction=Direction.OUT,
        state=meeting.get_status_display(),
        reason=meeting.call_off_reason,
    )
    content = page("meeting", case=case, meeting=meeting, html=trusted(meeting.about_html), title=title)
    return Piece(name=f"meetings/{told.number}.pdf", content=content, documents=[told], title=title)


def _minutes(case: Case, meeting: Meeting) -> Piece:
    assert meeting.minutes_published_at is not None  # noqa: S101 - asked by the caller
    title = _("Minutes: %(title)s") % {"title": meeting.title}
    told = Filed(
        number=of_minutes(meeting.number),
        title=title,
        kind=_("Minutes"),
        on=day_of(meeting.minutes_published_at),
        direction=Direction.OUT,
        state=_("Published"),
    )
    topics = minutes_topics_of(meeting)
    html = trusted(meeting.minutes_html)
    content = page("minutes", case=case, meeting=meeting, topics=topics, html=html, title=title)
    return Piece(name=f"meetings/{told.number}.pdf", content=content, documents=[told], title=title)
