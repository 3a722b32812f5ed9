"""Public meetings: announcing, changing and calling them off, and their minutes."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.common.richtext import clean, one_line, to_html
from apps.consultations.actions.english import note_danish
from apps.consultations.actions.meanwhile import made_before
from apps.consultations.actions.places import fill_places, the_locked
from apps.consultations.engine.fingerprints import sending
from apps.consultations.enums import (
    MEETING_ANNOUNCED,
    MEETING_CALLED_OFF,
    MEETING_REVISED,
    MINUTES_PUBLISHED,
    MeetingStatus,
)
from apps.consultations.errors import ReasonMissing, UnfitMeeting
from apps.consultations.models import Consultation, Meeting, Topic
from apps.consultations.rules import what_is_unfit, why_no_minutes
from apps.ledger.actions import Fact, record
from apps.ledger.enums import Kind


@dataclass(frozen=True, kw_only=True)
class MeetingText:
    """What an official says about a meeting.

    Without `places` there is no limit; without `sign_up_until` one can sign up until it begins.
    """

    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    access: str = ""
    about: str = ""
    online_link: str = ""
    takes_sign_ups: bool = False
    places: int | None = None
    sign_up_until: datetime | None = None


@transaction.atomic
def announce_meeting(
    *, consultation: Consultation, text: MeetingText, key: UUID | None = None, by: User, at: datetime
) -> Meeting:
    """Announce a public meeting under the next number of its consultation.

    The same text with the same `key`, as with a second click, is the meeting that was announced then. Raises
    NotAllowed, and UnfitMeeting, also where the consultation was cancelled.
    """
    require("consultations.edit_consultation", by, consultation)
    written = _cleaned(text)
    _refuse_unfit(written)
    standing = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if standing.is_cancelled:
        raise UnfitMeeting(_("The hearing was cancelled, so no meeting about it can be announced."), "title")
    form_key = sending(key, asdict(written))
    made = made_before(consultation.meetings.all(), form_key)
    if made is not None:
        return made
    last = Meeting.objects.filter(consultation=consultation).aggregate(last=Max("number"))["last"] or 0
    meeting = Meeting.objects.create(
        consultation=consultation,
        number=last + 1,
        form_key=form_key,
        about_html=to_html(written.about),
        announced_at=at,
        changed_at=at,
        **asdict(written),
    )
    _tell(MEETING_ANNOUNCED, meeting, by, at)
    return meeting


@transaction.atomic
def revise_meeting(*, meeting: Meeting, text: MeetingText, by: User, at: datetime) -> bool:
    """Change a meeting; answer False when nothing differs. More places go to those who wait, in their order.

    Raises NotAllowed, also when it was called off or has been held, and UnfitMeeting when it makes no sense or would
    take from people the places they have.
    """
    require("consultations.edit_consultation", by, meeting.consultation)
    now_here = the_locked(meeting)
    require("consultations.change_meeting", by, now_here, at=at)
    written = _cleaned(text)
    _refuse_unfit(written, now_here)
    changes = {name: value for name, value in asdict(written).items() if getattr(now_here, name) != value}
    if not changes:
        return False
    more = {"sequence": now_here.sequence + 1, "changed_at": at}
    if "about" in changes:
        more["about_html"] = to_html(written.about)
    Meeting.objects.filter(pk=meeting.pk).update(**changes, **more)
    note_danish(consultation=meeting.consultation, at=at)
    moved_up = fill_places(the_locked(meeting), at=at)
    meeting.refresh_from_db()
    _tell(MEETING_REVISED, meeting, by, at, changed=",".join(sorted(changes)), moved_up=moved_up)
    return True


@transaction.atomic
def call_off_meeting(*, meeting: Meeting, reason: str, by: User, at: datetime) -> bool:
    """Call the meeting off, with a reason that everyone reads; answer False when it was called off, which then stays.

    Raises NotAllowed, also when it has been held, and ReasonMissing.
    """
    require("consultations.edit_consultation", by, meeting.consultation)
    now_here = the_locked(meeting)
    if now_here.is_called_off:
        return False
    require("consultations.change_meeting", by, now_here, at=at)
    told = one_line(reason)
    if not told:
        raise ReasonMissing(_("Write one sentence that tells everyone why the meeting is called off."))
    Meeting.objects.filter(pk=meeting.pk).update(
        status=MeetingStatus.CALLED_OFF,
        call_off_reason=told,
        called_off_at=at,
        changed_at=at,
        sequence=now_here.sequence + 1,
    )
    meeting.refresh_from_db()
    _tell(MEETING_CALLED_OFF, meeting, by, at)
    return True


@transaction.atomic
def publish_minutes(  # noqa: PLR0913 - what minutes are made of
    *, meeting: Meeting, text: str, topics: Collection[Topic], attended: int | None, by: User, at: datetime
) -> bool:
    """Show the minutes on the meeting's page and at these topics; answer False when they stand there so already.

    Minutes that were published can be mended in the same way; each time leaves an entry. Raises NotAllowed before the
    meeting is over, and UnfitMeeting when there is no text or a topic is of another consultation.
    """
    require("consultations.publish_minutes", by, the_locked(meeting), at=at)
    written = clean(text).strip()
    if not written:
        raise UnfitMeeting(why_no_minutes(), "minutes")
    wanted = sorted(topic.pk for topic in topics if topic.consultation_id == meeting.consultation_id)
    before = sorted(meeting.minutes_topics.values_list("pk", flat=True))
    now_here = the_locked(meeting)
    if (now_here.minutes, now_here.attended, before) == (written, attended, wanted):
        return False
    Meeting.objects.filter(pk=meeting.pk).update(
        minutes=written,
        minutes_html=to_html(written),
        attended=attended,
        minutes_published_at=now_here.minutes_published_at or at,
    )
    meeting.minutes_topics.set(wanted)
    note_danish(consultation=meeting.consultation, at=at)
    meeting.refresh_from_db()
    _tell(MINUTES_PUBLISHED, meeting, by, at, topics=wanted)
    return True


def _cleaned(text: MeetingText) -> MeetingText:
    return replace(
        text,
        title=one_line(text.title),
        place=one_line(text.place),
        access=one_line(text.access),
        about=clean(text.about).strip(),
        places=text.places if text.takes_sign_ups else None,
        sign_up_until=text.sign_up_until if text.takes_sign_ups else None,
    )


def _refuse_unfit(text: MeetingText, before: Meeting | None = None) -> None:
    unfit = what_is_unfit(text, before)
    if unfit is not None:
        raise UnfitMeeting(*unfit)


def _tell(kind: Kind, meeting: Meeting, by: User, at: datetime, **facts: Fact) -> None:
    record(
        kind,
        subject=meeting,
        by=as_official(by),
        at=at,
        consultation_id=meeting.consultation_id,
        facts={"meeting": meeting.number} | facts,
    )
