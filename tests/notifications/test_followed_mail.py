"""Mails to those who follow a consultation: another version of the proposal, a meeting, and why they have longer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from apps.accounts.actions import change_language
from apps.accounts.models import User
from apps.consultations import actions
from apps.consultations.models import Consultation
from apps.ledger.models import Entry
from apps.notifications import handlers, tasks
from apps.notifications.actions import follow_consultation, tell_followers, unfollow_consultation
from apps.notifications.audiences.followed import followed_news_in
from apps.notifications.models import OutgoingMail
from tests import factories, personas
from tests.consultations.test_meetings import a_revised
from tests.factories.standing import a_box
from tests.notifications.test_meeting_mail import comes, told

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FIE = "fie@example.org"


@pytest.fixture
def follower(at: datetime, settings: Any) -> User:
    settings.SITE_URL = "https://dialog.example"
    person = personas.unverified(at=at, email=FIE, display_name="Fie Frost")
    change_language(person=person, language="en")
    return person


@pytest.fixture
def hearing(at: datetime, follower: User) -> Consultation:
    made = factories.a_hearing(at=at, title="Eight turbines")
    follow_consultation(person=follower, consultation=made, at=at)
    told(at)
    return made


def changed(hearing: Consultation, at: datetime, words: str = "Six turbines.") -> None:
    hearing.refresh_from_db()
    text = actions.ConsultationText(title=hearing.title, lede=hearing.lede, body=words)
    actions.revise_consultation(
        consultation=hearing, text=text, what_changed="Two are left out.", by=factories.an_official(at), at=at
    )


def test_followers_are_told_of_another_version(hearing: Consultation, at: datetime) -> None:
    changed(hearing, at + HOUR)

    assert told(at + HOUR) == [(FIE, "Changed: Eight turbines")]
    mail = OutgoingMail.objects.get()
    for words in ("Hello Fie Frost,", "version 2", "Two are left out.", f"/en/consultations/{hearing.slug}/versions/"):
        assert words in mail.body
    assert mail.stop_link in mail.body


def test_of_several_versions_the_last_is_told(hearing: Consultation, at: datetime) -> None:
    changed(hearing, at + HOUR)
    changed(hearing, at + HOUR, "Five turbines.")

    assert told(at + HOUR) == [(FIE, "Changed: Eight turbines")]
    assert "version 3" in OutgoingMail.objects.get().body


def test_followers_are_told_of_a_meeting_of_another_time_and_of_its_end(hearing: Consultation, at: datetime) -> None:
    official = factories.an_official(at)
    meeting = factories.a_meeting(hearing, at=at + HOUR, starts_at=at + 5 * DAY)
    assert told(at + HOUR) == [(FIE, "Meeting: Citizens' meeting")]
    assert f"/en/consultations/{hearing.slug}/meetings/1/" in OutgoingMail.objects.get().body

    a_revised(meeting, at + HOUR, about="Mills.")
    assert told(at + HOUR) == []
    a_revised(meeting, at + HOUR, place="The school")
    assert told(at + HOUR) == [(FIE, "Another time or place: Citizens' meeting")]
    assert "The school" in OutgoingMail.objects.order_by("-pk")[0].body
    actions.call_off_meeting(meeting=meeting, reason="The hall has burnt down.", by=official, at=at + HOUR)
    assert told(at + HOUR) == [(FIE, "Called off: Citizens' meeting")]
    assert "The hall has burnt down." in OutgoingMail.objects.order_by("-pk")[0].body


def test_who_signed_up_too_is_told_once(hearing: Consultation, follower: User, at: datetime) -> None:
    meeting = factories.a_meeting(hearing, at=at + HOUR, starts_at=at + 5 * DAY)
    comes(meeting, follower, at + HOUR)
    told(at + HOUR)

    a_revised(meeting, at + HOUR, place="The school")

    assert told(at + HOUR) == [(FIE, "Another time or place: Citizens' meeting")]
    assert "You have signed up for it" in OutgoingMail.objects.order_by("-pk")[0].body


def no_more(follower: User, hearing: Consultation) -> None:
    unfollow_consultation(person_id=follower.pk, consultation_id=hearing.pk)


def may_not_sign_in(follower: User, _hearing: Consultation) -> None:
    User.objects.filter(pk=follower.pk).update(is_active=False)


def hidden(_follower: User, hearing: Consultation) -> None:
    Consultation.objects.filter(pk=hearing.pk).update(published_at=None, status="draft")


@pytest.mark.parametrize("change", [no_more, may_not_sign_in, hidden])
def test_nobody_is_told_who_does_not_follow_or_may_not_see(
    change: Callable[[User, Consultation], None], hearing: Consultation, follower: User, at: datetime
) -> None:
    factories.a_meeting(hearing, at=at + HOUR, starts_at=at + 5 * DAY)
    changed(hearing, at + HOUR)
    change(follower, hearing)

    assert told(at + HOUR) == []


def test_what_stood_there_before_is_no_news(follower: User, at: datetime) -> None:
    other = factories.a_hearing(at=at, title="A path")
    factories.a_meeting(other, at=at, starts_at=at + 5 * DAY)
    changed(other, at)
    follow_consultation(person=follower, consultation=other, at=at + HOUR)

    assert told(at + HOUR) == []


def test_who_stops_following_is_not_sent_what_waits(hearing: Consultation, follower: User, at: datetime) -> None:
    changed(hearing, at + HOUR)
    told(at + HOUR)

    no_more(follower, hearing)

    assert OutgoingMail.objects.get().status == "refused"


@pytest.mark.parametrize("count", [1, 3])
def test_telling_costs_the_same_for_one_and_three(
    count: int, hearing: Consultation, at: datetime, django_assert_num_queries: Any
) -> None:
    for name in "abc"[:count]:
        person = personas.unverified(at=at, email=f"{name}@example.org", display_name=name)
        follow_consultation(person=person, consultation=hearing, at=at)
        factories.a_meeting(hearing, at=at + HOUR, starts_at=at + 5 * DAY)
    changed(hearing, at + HOUR)
    entries = list(Entry.objects.order_by("pk"))

    with django_assert_num_queries(4):
        news = followed_news_in(entries)

    assert len(news) == (count + 1) * (count + 1)  # a version and the meetings, to each follower


def test_a_longer_time_is_told_with_its_cause(hearing: Consultation, at: datetime) -> None:
    actions.extend_deadline(
        consultation=hearing,
        last_day=(at + 60 * DAY).date(),
        cause="A report came late.",
        by=factories.an_official(at),
        at=at + HOUR,
    )

    tell_followers(at=at + HOUR)

    assert "Why: A report came late." in OutgoingMail.objects.get().body


@pytest.mark.parametrize("name", ["meeting.announced", "proposal.published"])
def test_an_entry_nudges_the_writer(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    nudged: list[object] = []
    monkeypatch.setattr(handlers, "nudge", nudged.append)

    handlers._nudge_writer(kinds=[name])

    assert nudged == [tasks.write_mail]


def test_other_words_of_the_suggestion_box_are_no_new_proposal(follower: User, at: datetime) -> None:
    box = a_box(at=at)
    follow_consultation(person=follower, consultation=box, at=at)
    told(at)

    changed(box, at + HOUR, "Write in.")

    assert box.proposal_version == 2
    assert told(at + HOUR) == []
