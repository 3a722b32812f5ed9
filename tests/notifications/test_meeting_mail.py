"""Mails to those who sign up for a meeting: a place or the waiting list, moving up, another time, called off, soon."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from apps.accounts.actions import change_language
from apps.accounts.models import User
from apps.consultations import actions
from apps.consultations.models import Meeting
from apps.notifications import handlers, tasks
from apps.notifications.actions import remind_of_meetings
from apps.notifications.models import OutgoingMail
from tests import factories, personas
from tests.consultations.test_meetings import a_revised

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
Told = Callable[[], list[tuple[str, str]]]


@pytest.fixture
def meeting(at: datetime, settings: Any) -> Meeting:
    settings.SITE_URL = "https://dialog.example"
    hearing = factories.a_hearing(at=at, title="Eight turbines")
    return factories.a_meeting(hearing, at=at, starts_at=at + 5 * DAY, places=1, access="Hearing loop.")


def visitor(name: str, at: datetime) -> User:
    person = personas.unverified(at=at, email=f"{name}@example.org", display_name=name.title())
    change_language(person=person, language="en")
    return person


def comes(meeting: Meeting, person: User, at: datetime) -> None:
    actions.sign_up(meeting=meeting, companions=0, by=person, at=at)


def told(at: datetime) -> list[tuple[str, str]]:
    """Return to whom mails were written since the last look, and their subjects; a second sweep writes none."""
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    with time_machine.travel(at, tick=False):
        tasks.write_mail()
        written = OutgoingMail.objects.count()
        tasks.write_mail()
    assert OutgoingMail.objects.count() == written
    mails = OutgoingMail.objects.exclude(pk__in=before).order_by("pk")
    return list(mails.values_list("to", "subject"))


def test_who_signs_up_is_told_of_the_place_or_of_the_waiting_list(meeting: Meeting, at: datetime) -> None:
    for name in ("ann", "bo"):
        comes(meeting, visitor(name, at), at)

    assert told(at) == [
        ("ann@example.org", "You have a place: Citizens' meeting"),
        ("bo@example.org", "On the waiting list: Citizens' meeting"),
    ]
    body = OutgoingMail.objects.order_by("pk")[0].body
    address = f"https://dialog.example/en/consultations/{meeting.consultation.slug}/meetings/1/"
    for words in ("Hello Ann,", "Eight turbines", "The hall", "Hearing loop.", address, f"{address}meeting.ics"):
        assert words in body


def test_who_moves_up_is_told_and_who_signed_off_is_not(meeting: Meeting, at: datetime) -> None:
    ann, bo = visitor("ann", at), visitor("bo", at)
    comes(meeting, ann, at)
    comes(meeting, bo, at)
    told(at)

    actions.sign_off(meeting=meeting, by=ann, at=at)

    assert told(at) == [("bo@example.org", "There is a place for you: Citizens' meeting")]


def test_what_is_no_longer_so_is_not_told(meeting: Meeting, at: datetime) -> None:
    ann, bo = visitor("ann", at), visitor("bo", at)
    comes(meeting, ann, at)
    comes(meeting, bo, at)
    actions.sign_off(meeting=meeting, by=ann, at=at)
    actions.sign_off(meeting=meeting, by=bo, at=at)

    assert told(at) == []


def test_everyone_who_signed_up_is_told_of_another_time_and_not_of_another_title(
    meeting: Meeting, at: datetime
) -> None:
    for name in ("ann", "bo"):
        comes(meeting, visitor(name, at), at)
    told(at)

    a_revised(meeting, at, title="A walk", about="Mills.")
    assert told(at) == []
    a_revised(meeting, at, starts_at=meeting.starts_at + HOUR, ends_at=meeting.ends_at + HOUR)
    assert told(at) == [
        ("ann@example.org", "Another time or place: A walk"),
        ("bo@example.org", "Another time or place: A walk"),
    ]


def test_who_moves_up_by_a_change_is_told_once(meeting: Meeting, at: datetime) -> None:
    for name in ("ann", "bo"):
        comes(meeting, visitor(name, at), at)
    told(at)

    a_revised(meeting, at, places=2, place="The large hall")

    assert sorted(told(at)) == [
        ("ann@example.org", "Another time or place: Citizens' meeting"),
        ("bo@example.org", "There is a place for you: Citizens' meeting"),
    ]


def test_everyone_is_told_that_it_is_called_off_and_of_nothing_else(meeting: Meeting, at: datetime) -> None:
    for name in ("ann", "bo"):
        comes(meeting, visitor(name, at), at)
    actions.call_off_meeting(meeting=meeting, reason="The hall has burnt down.", by=factories.an_official(at), at=at)

    assert told(at) == [
        ("ann@example.org", "Called off: Citizens' meeting"),
        ("bo@example.org", "Called off: Citizens' meeting"),
    ]
    assert "The hall has burnt down." in OutgoingMail.objects.order_by("-pk")[0].body


def test_mails_are_in_the_language_of_their_reader(meeting: Meeting, at: datetime) -> None:
    person = visitor("ann", at)
    change_language(person=person, language="da")
    comes(meeting, person, at)

    assert told(at) == [("ann@example.org", "Du har en plads: Citizens' meeting")]
    assert "/en/" not in OutgoingMail.objects.get().body


@pytest.mark.parametrize("name", ["meeting.signed_up", "meeting.signed_off", "meeting.revised", "meeting.called_off"])
def test_an_entry_nudges_the_writer(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    nudged: list[object] = []
    monkeypatch.setattr(handlers, "nudge", nudged.append)

    handlers._nudge_writer(kinds=[name])

    assert nudged == [tasks.write_mail]


# ------------------------------------------------------------ the day before


def reminded(at: datetime) -> list[str]:
    """Return who is reminded by a sweep at that moment; a second one reminds nobody."""
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    count = remind_of_meetings(at=at)
    assert remind_of_meetings(at=at) == 0
    mails = list(OutgoingMail.objects.exclude(pk__in=before).order_by("pk"))
    assert len(mails) == count
    assert all(mail.subject.startswith("Soon: ") for mail in mails)
    return [mail.to for mail in mails]


def test_who_has_a_place_is_reminded_the_day_before_and_once(meeting: Meeting, at: datetime) -> None:
    for name in ("ann", "bo"):
        comes(meeting, visitor(name, at), at)

    assert reminded(meeting.starts_at - DAY - timedelta(seconds=1)) == []
    assert reminded(meeting.starts_at - DAY) == ["ann@example.org"]
    assert reminded(meeting.starts_at - HOUR) == []


def test_nobody_is_reminded_of_what_has_begun(meeting: Meeting, at: datetime) -> None:
    comes(meeting, visitor("ann", at), at)

    assert reminded(meeting.starts_at) == []


def test_who_signed_off_or_whose_meeting_is_called_off_is_not_reminded(meeting: Meeting, at: datetime) -> None:
    ann = visitor("ann", at)
    other = factories.a_meeting(meeting.consultation, at=at, starts_at=meeting.starts_at)
    comes(meeting, ann, at)
    comes(other, ann, at)
    actions.sign_off(meeting=meeting, by=ann, at=at)
    actions.call_off_meeting(meeting=other, reason="Storm.", by=factories.an_official(at), at=at)

    assert reminded(meeting.starts_at - HOUR) == []


def test_who_was_told_within_the_day_needs_no_reminder(meeting: Meeting, at: datetime) -> None:
    ann, bo = visitor("ann", at), visitor("bo", at)
    late = meeting.starts_at - HOUR
    comes(meeting, ann, late)
    comes(meeting, bo, late)
    actions.sign_off(meeting=meeting, by=ann, at=late)

    assert reminded(late) == []


def test_another_day_is_reminded_of_again(meeting: Meeting, at: datetime) -> None:
    comes(meeting, visitor("ann", at), at)
    first = meeting.starts_at - HOUR
    assert reminded(first) == ["ann@example.org"]

    a_revised(meeting, first, starts_at=meeting.starts_at + 3 * DAY, ends_at=meeting.ends_at + 3 * DAY)

    assert reminded(first + HOUR) == []
    assert reminded(meeting.starts_at - HOUR) == ["ann@example.org"]
