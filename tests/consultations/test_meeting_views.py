"""Pages of meetings: what everyone reads, signing up and off, and the officials' desk. Nothing typed is lost."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from apps.consultations import actions
from apps.consultations.models import Consultation, Meeting, MeetingSignUp
from tests import factories, personas
from tests.consultations.test_signing_up import who
from tests.personas import Viewer

pytestmark = pytest.mark.django_db

Browser = Callable[[Viewer], Client]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NOBODY = AnonymousUser()


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return factories.a_hearing(at=at, title="Eight turbines")


@pytest.fixture
def meeting(hearing: Consultation, at: datetime) -> Meeting:
    return factories.a_meeting(hearing, at=at, places=2, access="Hearing loop.", online_link="https://meet.example/1")


def english(name: str, meeting: Meeting) -> str:
    parts = {"slug": meeting.consultation.slug, "meeting": meeting.number}
    place = reverse(f"consultations:{name}", kwargs=parts)
    return place if place.startswith("/en/") else f"/en{place}"


def page_of(browser: Client, meeting: Meeting, name: str = "meeting") -> str:
    return browser.get(english(name, meeting)).content.decode()


def the_hall_fills(meeting: Meeting, at: datetime, *names: str) -> None:
    for name in names:
        actions.sign_up(meeting=meeting, companions=0, by=who(name, at), at=at)


# ------------------------------------------------------------ what everyone reads


def test_the_page_tells_when_where_how_to_get_in_and_what_is_left(
    meeting: Meeting, as_seen_by: Browser, at: datetime
) -> None:
    the_hall_fills(meeting, at, "Ann")

    page = page_of(as_seen_by(NOBODY), meeting)

    for words in ("The hall", "Hearing loop.", "https://meet.example/1", "1 of 2 places is left", "Log in to sign up"):
        assert words in page
    assert "Ann" not in page


def test_nobody_but_officials_reads_a_name(meeting: Meeting, as_seen_by: Browser, at: datetime) -> None:
    the_hall_fills(meeting, at, "Annabella", "Bo", "Cyrilla")
    official = as_seen_by(factories.an_official(at))

    for viewer in (NOBODY, personas.moderator(at=at), personas.resident(at=at), who("Bo", at)):
        assert "Annabella" not in page_of(as_seen_by(viewer), meeting)
        assert "Annabella" not in page_of(as_seen_by(viewer), meeting, "meeting-people")
    assert "Annabella" not in page_of(official, meeting)
    people = page_of(official, meeting, "meeting-people")
    assert people.index("Annabella") < people.index("On the waiting list") < people.index("Cyrilla")


def test_a_full_meeting_says_so_and_has_a_waiting_list(meeting: Meeting, as_seen_by: Browser, at: datetime) -> None:
    the_hall_fills(meeting, at, "Ann", "Bo", "Cy")

    page = page_of(as_seen_by(personas.resident(at=at)), meeting)

    assert "Full: all 2 places are taken." in page
    assert "1 person waits." in page
    assert "Sign up for the waiting list" in page


def test_a_meeting_called_off_says_why_and_takes_nobody(meeting: Meeting, as_seen_by: Browser, at: datetime) -> None:
    actions.call_off_meeting(meeting=meeting, reason="The hall burnt down.", by=factories.an_official(at), at=at)
    browser = as_seen_by(personas.resident(at=at))

    page = page_of(browser, meeting)
    refused = browser.post(english("meeting-sign-up", meeting), {"companions": "0"})

    assert "The hall burnt down." in page
    assert "meeting-sign-up" not in page
    assert english("meeting-sign-up", meeting) not in page
    assert refused.status_code == 403
    assert "The meeting is called off." in refused.content.decode()
    hearing = browser.get(f"/en/consultations/{meeting.consultation.slug}/")
    assert "The hall burnt down." in hearing.content.decode()


def test_a_meeting_that_was_held_waits_for_its_minutes_and_shows_them(
    hearing: Consultation, as_seen_by: Browser, at: datetime
) -> None:
    held, topic = factories.a_meeting(hearing, at=at, starts_at=at - DAY), factories.the_topic(hearing)
    browser = as_seen_by(NOBODY)
    assert "The minutes are not published yet" in page_of(browser, held)
    topic_page = f"/en/consultations/{hearing.slug}/topics/{topic.slug}/"
    assert english("meeting", held) not in browser.get(topic_page).content.decode()

    words = {"text": "**Noise** was said.", "topics": [topic], "attended": 80}
    actions.publish_minutes(meeting=held, by=factories.an_official(at), at=at, **words)

    page = page_of(browser, held)
    assert "<strong>Noise</strong> was said." in page
    assert "<dd>80</dd>" in page
    assert topic_page in page
    assert english("meeting", held) in browser.get(topic_page).content.decode()


def test_a_draft_has_no_page_but_for_officials(as_seen_by: Browser, at: datetime) -> None:
    meeting = factories.a_meeting(factories.a_draft(at=at), at=at)

    assert as_seen_by(NOBODY).get(english("meeting", meeting)).status_code == 404
    assert as_seen_by(NOBODY).get(english("meeting-calendar", meeting)).status_code == 404
    assert "This is a draft." in page_of(as_seen_by(factories.an_official(at)), meeting)


def test_the_calendar_file_is_a_calendar(meeting: Meeting, as_seen_by: Browser) -> None:
    answer = as_seen_by(NOBODY).get(english("meeting-calendar", meeting))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["DTSTART"].dt == meeting.starts_at
    assert english("meeting", meeting) in str(event["URL"])


@pytest.mark.parametrize("count", [1, 3])
def test_a_hearing_costs_the_same_for_one_and_three_meetings(
    count: int,
    hearing: Consultation,
    as_seen_by: Browser,
    at: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _turn in range(count):
        factories.a_meeting(hearing, at=at, places=2)
    browser = as_seen_by(NOBODY)
    browser.get(f"/en/consultations/{hearing.slug}/")

    with django_assert_num_queries(16):
        browser.get(f"/en/consultations/{hearing.slug}/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_people_costs_the_same_for_one_and_three(
    count: int, meeting: Meeting, desk: Client, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    the_hall_fills(meeting, at, *("Ann", "Bo", "Cy")[:count])
    page_of(desk, meeting, "meeting-people")

    with django_assert_num_queries(7):
        page_of(desk, meeting, "meeting-people")


# ------------------------------------------------------------ signing up and off


def test_signing_up_and_off_stands_on_the_page_and_on_ones_own(
    meeting: Meeting, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(who("Ann", at))

    answer = browser.post(english("meeting-sign-up", meeting), {"companions": "1"}, follow=True)
    assert "You have a place. We have sent you a mail" in answer.content.decode()
    assert "You have 2 places" in page_of(browser, meeting)
    assert english("meeting", meeting) in browser.get("/en/me/").content.decode()

    answer = browser.post(english("meeting-sign-off", meeting), follow=True)
    assert "You are signed off." in answer.content.decode()
    assert english("meeting", meeting) not in browser.get("/en/me/").content.decode()


def test_who_waits_reads_how_many_stand_before(meeting: Meeting, as_seen_by: Browser, at: datetime) -> None:
    the_hall_fills(meeting, at, "Ann", "Bo", "Cy", "Di", "Ed")

    assert "You are the first on the list" in page_of(as_seen_by(who("Cy", at)), meeting)
    assert "2 people stand before you" in page_of(as_seen_by(who("Ed", at)), meeting)


def test_signing_up_twice_and_off_twice_says_so(meeting: Meeting, as_seen_by: Browser, at: datetime) -> None:
    browser = as_seen_by(who("Ann", at))

    said = [
        browser.post(english(name, meeting), {"companions": "0"}, follow=True).content.decode()
        for name in ("meeting-sign-up", "meeting-sign-up", "meeting-sign-off", "meeting-sign-off")
    ]

    assert "You are signed up already." in said[1]
    assert "You were not signed up." in said[3]


@pytest.mark.parametrize("typed", ["5", "-1", "", "many"])
def test_more_companions_than_there_may_be_are_refused(
    typed: str, meeting: Meeting, as_seen_by: Browser, at: datetime
) -> None:
    answer = as_seen_by(who("Ann", at)).post(english("meeting-sign-up", meeting), {"companions": typed})

    assert answer.status_code == 422
    assert not MeetingSignUp.objects.exists()


def test_a_party_larger_than_the_hall_is_told_how_many_there_is_room_for(
    meeting: Meeting, as_seen_by: Browser, at: datetime
) -> None:
    answer = as_seen_by(who("Ann", at)).post(english("meeting-sign-up", meeting), {"companions": "3"})

    assert answer.status_code == 422
    assert "There are only 2 places in all." in answer.content.decode()
    assert '<option value="3" selected>' in answer.content.decode()


def test_who_is_not_logged_in_comes_back_to_the_meeting(meeting: Meeting, as_seen_by: Browser) -> None:
    answer = as_seen_by(NOBODY).post(english("meeting-sign-up", meeting), {"companions": "0"})

    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?next={english('meeting', meeting)}")


# ------------------------------------------------------------ the desk

TYPED = {
    "title": "Meeting",
    "day": "2026-10-02",
    "starts": "19:00",
    "ends": "21:00",
    "place": "Hall",
    "access": "Ramp at the back.",
    "about": "What you think.",
    "online_link": "https://meet.example/2",
    "takes_sign_ups": "on",
    "places": "80",
    "sign_up_day": "2026-10-01",
    "sign_up_time": "",
}


def test_what_an_official_types_is_the_meeting(desk: Client, at: datetime) -> None:
    draft = factories.a_draft(at=at)

    desk.post(f"/en/desk/consultations/{draft.slug}/meetings/new/", TYPED)

    meeting = Meeting.objects.get()
    assert meeting.starts_at.isoformat() == "2026-10-02T17:00:00+00:00"
    assert meeting.closes_at.isoformat() == "2026-10-01T22:00:00+00:00"  # the whole day
    assert (meeting.places, meeting.access, meeting.online_link) == (80, "Ramp at the back.", "https://meet.example/2")
    shown = page_of(desk, meeting, "meeting-edit")
    assert all(f'value="{TYPED[name]}"' in shown for name in ("title", "day", "starts", "ends", "place", "places"))
    assert desk.post(english("meeting-edit", meeting), TYPED | {"sign_up_time": "12:30"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.closes_at.isoformat() == "2026-10-01T10:30:00+00:00"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends": "19:00"}, "The meeting must end after it starts."),
        ({"day": "2027-03-28", "starts": "02:30"}, "there is no such time"),
        ({"sign_up_day": "2026-10-03"}, "Signing up must end before the meeting begins."),
        ({"sign_up_day": "", "sign_up_time": "12:00"}, "Say on which day, too."),
        ({"takes_sign_ups": ""}, "Tick this too"),
        ({"places": "0"}, "greater than or equal to 1"),
        ({"online_link": "javascript:alert(1)"}, "valid URL"),
        ({"online_link": "ftp://meet.example/"}, "valid URL"),
        ({"access": "Ring 010203-1234"}, "identity number"),
        ({"place": ""}, "required"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(
    changes: dict[str, str], words: str, desk: Client, at: datetime
) -> None:
    draft = factories.a_draft(at=at)

    answer = desk.post(f"/en/desk/consultations/{draft.slug}/meetings/new/", TYPED | changes)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "What you think." in page
    assert not Meeting.objects.exists()


def test_the_last_day_to_sign_up_can_be_the_day_of_the_meeting(desk: Client, at: datetime) -> None:
    draft = factories.a_draft(at=at)

    desk.post(f"/en/desk/consultations/{draft.slug}/meetings/new/", TYPED | {"sign_up_day": TYPED["day"]})

    meeting = Meeting.objects.get()
    assert meeting.closes_at == meeting.starts_at


def test_calling_off_asks_for_a_reason(meeting: Meeting, desk: Client) -> None:
    assert desk.post(english("meeting-call-off", meeting), {"reason": ""}).status_code == 422
    answer = desk.post(english("meeting-call-off", meeting), {"reason": "Storm."}, follow=True)
    assert "The meeting is called off. Those who signed up get a mail." in answer.content.decode()
    again = desk.post(english("meeting-call-off", meeting), {"reason": "Other."}, follow=True)
    assert "The meeting was called off already." in again.content.decode()


def test_a_change_refused_by_what_people_signed_up_for_stands_at_its_field(
    meeting: Meeting, desk: Client, at: datetime
) -> None:
    the_hall_fills(meeting, at, "Ann", "Bo")

    answer = desk.post(english("meeting-edit", meeting), TYPED | {"places": "1", "sign_up_day": ""})

    assert answer.status_code == 422
    assert "2 places are taken." in answer.content.decode()


def test_minutes_are_written_at_the_desk_and_mended_there(hearing: Consultation, desk: Client, at: datetime) -> None:
    held, topic = factories.a_meeting(hearing, at=at, starts_at=at - DAY), factories.the_topic(hearing)
    typed: dict[str, Any] = {"minutes": "Many came.", "topics": [topic.slug], "attended": "80"}

    assert desk.post(english("minutes-edit", held), typed | {"minutes": ""}).status_code == 422
    assert desk.post(english("minutes-edit", held), typed | {"topics": ["another"]}).status_code == 422
    assert desk.post(english("minutes-edit", held), typed | {"attended": "-1"}).status_code == 422
    assert desk.post(english("minutes-edit", held), typed).status_code == 302

    shown = page_of(desk, held, "minutes-edit")
    assert "Many came." in shown
    assert 'value="80"' in shown
    assert Meeting.objects.get(pk=held.pk).attended == 80
    assert f'value="{topic.slug}" ' in shown
    assert "checked" in shown


def test_there_is_no_page_for_minutes_of_what_is_to_come(meeting: Meeting, desk: Client) -> None:
    assert desk.get(english("minutes-edit", meeting)).status_code == 403
