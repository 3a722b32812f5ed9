"""A hearing that is cancelled takes its meetings along: one mail tells of all, each reader in their language."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from apps.accounts.models import User
from apps.consultations.actions import call_off_meeting, cancel_consultation
from apps.consultations.models import Consultation, Meeting
from apps.consultations.queries import english_places
from apps.ledger.actions import sequence_entries
from apps.notifications.actions import follow_consultation, tell_followers
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cancelled(at: datetime) -> Consultation:
    """A hearing with two meetings that a resident follows, cancelled by an official who reads English."""
    hearing, official = factories.a_hearing(at=at), factories.an_official(at)
    for days in (2, 3):
        factories.a_meeting(hearing, at=at, starts_at=at + timedelta(days=days))
    write_mail()
    follow_consultation(person=_follower(at), consultation=hearing, at=at)
    with override("en"):
        cancel_consultation(consultation=hearing, reason="Planen er trukket.", by=official, at=at)
    return hearing


def _follower(at: datetime) -> User:
    return factories.a_writer(at)


def _told(at: datetime) -> list[OutgoingMail]:
    sequence_entries()
    write_mail()
    tell_followers(at=at)
    return list(OutgoingMail.objects.filter(to=_follower(at).email).order_by("pk"))


def test_a_follower_gets_one_mail_that_names_every_meeting(cancelled: Consultation, at: datetime) -> None:
    [told] = _told(at)

    for meeting in Meeting.objects.filter(consultation=cancelled):
        assert told.body.count(f"- {meeting.title}, ") >= 1
    assert told.body.count(Meeting.objects.all()[0].place) == 2


def test_one_that_was_called_off_before_is_not_named_with_it(at: datetime) -> None:
    hearing, official = factories.a_hearing(at=at), factories.an_official(at)
    meeting = factories.a_meeting(hearing, at=at, starts_at=at + timedelta(days=2))
    write_mail()
    follow_consultation(person=_follower(at), consultation=hearing, at=at)
    before = at + timedelta(minutes=1)
    call_off_meeting(meeting=meeting, reason="Salen er brændt.", by=official, at=before)
    cancel_consultation(
        consultation=hearing, reason="Planen er trukket.", by=official, at=before + timedelta(minutes=1)
    )

    mails = _told(before + timedelta(minutes=2))

    assert sum("Salen er brændt." in mail.body for mail in mails) == 1
    assert sum(meeting.place in mail.body for mail in mails) == 1


def test_each_reads_in_their_language_why_a_meeting_is_not_held(cancelled: Consultation, at: datetime) -> None:
    page = f"/consultations/{cancelled.slug}/meetings/1/"

    assert "The hearing was cancelled." in Client().get(f"/en{page}").content.decode()
    danish = Client().get(page).content.decode()
    assert "Høringen er aflyst." in danish
    assert "The hearing was cancelled." not in danish
    assert not [place for place in english_places(cancelled) if place.name.endswith("call_off_reason")]
