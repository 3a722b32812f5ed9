"""Announcing, changing and calling off a meeting, and its minutes: each one entry, and nothing taken from people."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from icalendar import Calendar

from apps.common.calendar import moment_at
from apps.common.errors import NotAllowed
from apps.consultations import actions, queries
from apps.consultations.errors import ReasonMissing, UnfitMeeting
from apps.consultations.models import Meeting
from apps.consultations.rendering import calendar_file_of
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from tests import factories, personas

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def told(meeting: Meeting) -> list[str]:
    about = Entry.objects.filter(consultation_id=meeting.consultation_id, kind__startswith="meeting.")
    return list(about.order_by("pk").values_list("kind", flat=True))


def text_of(meeting: Meeting, **changes: object) -> actions.MeetingText:
    names = actions.MeetingText.__dataclass_fields__
    return replace(actions.MeetingText(**{name: getattr(meeting, name) for name in names}), **changes)


def a_revised(meeting: Meeting, at: datetime, **changes: object) -> bool:
    text = text_of(meeting, **changes)
    return actions.revise_meeting(meeting=meeting, text=text, by=factories.an_official(at), at=at)


def visitors(meeting: Meeting, count: int, at: datetime) -> None:
    for turn in range(count):
        person = personas.unverified(at=at, email=f"v{turn}@example.org", display_name=f"Visitor {turn}")
        actions.sign_up(meeting=meeting, companions=0, by=person, at=at)


def test_meetings_are_numbered_within_their_hearing_also_in_a_draft(at: datetime) -> None:
    draft, other = factories.a_draft(at=at), factories.a_draft(at=at)

    made = [factories.a_meeting(where, at=at) for where in (draft, draft, other)]

    assert [meeting.number for meeting in made] == [1, 2, 1]
    assert told(made[0]) == ["meeting.announced", "meeting.announced"]
    assert len({meeting.uid for meeting in made}) == 3


def test_what_a_meeting_is_about_is_sanitised_when_it_is_written(at: datetime) -> None:
    meeting = factories.a_meeting(factories.a_draft(at=at), at=at, about="**Noise** <script>alert(1)</script>")

    assert "<strong>Noise</strong>" in meeting.about_html
    assert "<script>" not in meeting.about_html


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends": timedelta()}, "ends"),
        ({"ends": -HOUR}, "ends"),
        ({"until": timedelta(minutes=1)}, "sign_up_day"),
    ],
)
def test_a_meeting_that_makes_no_sense_is_refused(changes: dict[str, timedelta], field: str, at: datetime) -> None:
    starts_at = at + DAY
    text = actions.MeetingText(
        title="Meeting",
        place="Hall",
        starts_at=starts_at,
        ends_at=starts_at + changes.get("ends", HOUR),
        takes_sign_ups=True,
        sign_up_until=starts_at + changes.get("until", timedelta()),
    )

    with pytest.raises(UnfitMeeting) as refused:
        actions.announce_meeting(consultation=factories.a_draft(at=at), text=text, by=factories.an_official(at), at=at)

    assert refused.value.field == field
    assert not Meeting.objects.exists()


def test_changing_a_meeting_says_what_was_changed_and_counts_for_calendars(at: datetime) -> None:
    meeting = factories.a_meeting(factories.a_hearing(at=at), at=at)

    assert a_revised(meeting, at, place="The library", title="A walk")
    assert not a_revised(meeting, at)

    assert (meeting.sequence, meeting.place) == (1, "The library")
    assert facts_of(Entry.objects.get(kind="meeting.revised")) == {
        "meeting": 1,
        "changed": "place,title",
        "moved_up": [],
    }


def test_places_that_are_taken_are_not_taken_away(at: datetime) -> None:
    meeting = factories.a_meeting(factories.a_hearing(at=at), at=at, places=3)
    visitors(meeting, 2, at)

    for changes, field in (({"places": 1}, "places"), ({"takes_sign_ups": False}, "takes_sign_ups")):
        with pytest.raises(UnfitMeeting) as refused:
            a_revised(meeting, at, **changes)
        assert refused.value.field == field

    assert a_revised(meeting, at, places=2)


def test_what_has_been_held_or_called_off_is_not_changed(at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    held = factories.a_meeting(hearing, at=at, starts_at=at - DAY)
    called_off = factories.a_meeting(hearing, at=at)
    actions.call_off_meeting(meeting=called_off, reason="Storm.", by=factories.an_official(at), at=at)

    for meeting in (held, called_off):
        with pytest.raises(NotAllowed):
            a_revised(meeting, at, place="Elsewhere")


@pytest.mark.parametrize("minutes", [119, 120])
def test_a_meeting_can_be_changed_until_it_is_over(minutes: int, at: datetime) -> None:
    meeting = factories.a_meeting(factories.a_hearing(at=at), at=at, starts_at=at)
    later = at + timedelta(minutes=minutes)

    if minutes < 120:
        assert a_revised(meeting, later, place="Next door")
    else:
        with pytest.raises(NotAllowed):
            a_revised(meeting, later, place="Next door")


def test_calling_off_needs_a_reason_and_is_done_once(at: datetime) -> None:
    meeting, by = factories.a_meeting(factories.a_draft(at=at), at=at), factories.an_official(at)

    with pytest.raises(ReasonMissing):
        actions.call_off_meeting(meeting=meeting, reason=" \u202e\n", by=by, at=at)
    assert actions.call_off_meeting(meeting=meeting, reason="The hall  has\nburnt down.", by=by, at=at)
    assert not actions.call_off_meeting(meeting=meeting, reason="Another reason.", by=by, at=at)

    assert (meeting.call_off_reason, meeting.called_off_at, meeting.sequence) == ("The hall has burnt down.", at, 1)
    assert told(meeting) == ["meeting.announced", "meeting.called_off"]


def test_minutes_come_after_the_meeting_and_not_for_one_that_was_called_off(at: datetime) -> None:
    hearing, by = factories.a_hearing(at=at), factories.an_official(at)
    meeting, called_off = factories.a_meeting(hearing, at=at), factories.a_meeting(hearing, at=at)
    actions.call_off_meeting(meeting=called_off, reason="Storm.", by=by, at=at)
    words = {"text": "Many came.", "topics": [], "attended": 80, "by": by}

    for early, when in ((meeting, meeting.ends_at - HOUR), (called_off, called_off.ends_at)):
        with pytest.raises(NotAllowed):
            actions.publish_minutes(meeting=early, at=when, **words)
    with pytest.raises(UnfitMeeting):
        actions.publish_minutes(meeting=meeting, at=meeting.ends_at, **words | {"text": " \n"})

    assert actions.publish_minutes(meeting=meeting, at=meeting.ends_at, **words)


def test_minutes_are_sanitised_linked_from_their_topics_and_can_be_mended(at: datetime) -> None:
    hearing, by = factories.a_hearing(at=at), factories.an_official(at)
    topic, other = factories.the_topic(hearing), factories.a_topic(hearing, at=at)
    elsewhere = factories.the_topic(factories.a_hearing(at=at))
    meeting = factories.a_meeting(hearing, at=at, starts_at=at - DAY)
    words = {"topics": [topic, elsewhere], "attended": 80, "by": by}

    assert actions.publish_minutes(meeting=meeting, text="*Said.* <img src=x onerror=y>", at=at, **words)
    assert not actions.publish_minutes(meeting=meeting, text="*Said.* <img src=x onerror=y>", at=at, **words)
    assert actions.publish_minutes(meeting=meeting, text="Said better.", at=at + DAY, **words)

    assert "<img" not in meeting.minutes_html
    assert meeting.minutes_published_at == at
    assert queries.minutes_about(topic) == [meeting]
    assert queries.minutes_about(other) == queries.minutes_about(elsewhere) == []
    assert facts_of(Entry.objects.filter(kind="meeting.minutes_published")[0]) == {"meeting": 1, "topics": [topic.pk]}
    assert told(meeting) == ["meeting.announced", "meeting.minutes_published", "meeting.minutes_published"]


@pytest.mark.parametrize("persona", ["unverified", "resident", "moderator", "administrator"])
def test_only_officials_do_any_of_it(persona: str, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    meeting, held = factories.a_meeting(hearing, at=at), factories.a_meeting(hearing, at=at, starts_at=at - DAY)
    by, before = getattr(personas, persona)(at=at), Entry.objects.count()

    for attempt in (
        lambda: actions.announce_meeting(consultation=hearing, text=text_of(meeting), by=by, at=at),
        lambda: actions.revise_meeting(meeting=meeting, text=text_of(meeting, place="X"), by=by, at=at),
        lambda: actions.call_off_meeting(meeting=meeting, reason="No.", by=by, at=at),
        lambda: actions.publish_minutes(meeting=held, text="No.", topics=[], attended=None, by=by, at=at),
    ):
        with pytest.raises(NotAllowed):
            attempt()

    told_since = Entry.objects.exclude(kind__startswith="residency").exclude(kind__startswith="role").count()
    assert told_since <= before


# ------------------------------------------------------------ the clock and the calendar


@pytest.mark.parametrize(
    ("day", "clock", "hour"),
    [
        ("2027-03-27", time(2, 30), 1),  # winter time
        ("2027-03-28", time(2, 30), None),  # left out
        ("2027-03-28", time(3, 30), 1),  # summer time
        ("2027-10-31", time(2, 30), 0),  # twice; the first is meant
        ("2027-10-31", time(3, 30), 2),
    ],
)
def test_a_local_time_is_a_moment_unless_the_clock_leaves_it_out(day: str, clock: time, hour: int | None) -> None:
    moment = moment_at(datetime.fromisoformat(day).date(), clock)

    assert moment is None if hour is None else moment is not None and (moment.hour, moment.tzinfo) == (hour, UTC)


def event_of(meeting: Meeting) -> dict[str, object]:
    (event,) = Calendar.from_ical(calendar_file_of(meeting)).walk("VEVENT")
    return dict(event.items())


def test_the_calendar_file_has_one_sign_for_ever_and_counts_changes(at: datetime) -> None:
    meeting = factories.a_meeting(factories.a_hearing(at=at), at=at, title="Mills, and æøå; more")
    first = event_of(meeting)
    a_revised(meeting, at + HOUR, starts_at=meeting.starts_at + HOUR, ends_at=meeting.ends_at + HOUR)
    second = event_of(meeting)
    actions.call_off_meeting(meeting=meeting, reason="Storm.", by=factories.an_official(at), at=at + DAY)
    third = event_of(meeting)

    assert [str(event["UID"]) for event in (first, second, third)] == [str(meeting.uid)] * 3
    assert [event["SEQUENCE"] for event in (first, second, third)] == [0, 1, 2]
    assert [str(event["STATUS"]) for event in (first, second, third)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert str(first["SUMMARY"]) == "Mills, and æøå; more"
    assert second["DTSTART"].dt - first["DTSTART"].dt == HOUR  # type: ignore[attr-defined]
    assert third["DTSTAMP"].dt == at + DAY  # type: ignore[attr-defined]


def test_the_calendar_file_is_the_same_whenever_it_is_asked_for(at: datetime) -> None:
    meeting = factories.a_meeting(factories.a_hearing(at=at), at=at, about="**Noise**")

    with time_machine.travel(at + DAY):
        once = calendar_file_of(meeting)

    assert once == calendar_file_of(Meeting.objects.get())
    assert b"Noise" in once
    assert b"**" not in once
