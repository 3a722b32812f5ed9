from datetime import datetime, timedelta

import pytest

from apps.notifications.actions import (
    claim_mail,
    forget_old_bodies,
    queue_letter_with_limit,
    queue_letters,
    settle_mail,
)
from apps.notifications.engine.delivery import SENT, Delivery
from apps.notifications.engine.letters import Letter
from apps.notifications.enums import MailStatus, Verdict
from apps.notifications.models import OutgoingMail

pytestmark = pytest.mark.django_db

LATER = Delivery(Verdict.LATER, "busy")


def _letter(key: str = "", *, to: str = "una@example.org", subject: str = "Hello") -> Letter:
    return Letter(to=to, subject=subject, body="Text.", key=key)


def _queued(at: datetime, *keys: str) -> None:
    queue_letters(letters=[_letter(key) for key in keys], at=at)


def test_a_letter_is_written_once_however_often_it_is_asked_for(at: datetime) -> None:
    _queued(at, "a:1", "a:2")
    _queued(at, "a:2", "a:3")

    assert sorted(OutgoingMail.objects.values_list("key", flat=True)) == ["a:1", "a:2", "a:3"]


def test_one_key_goes_to_several_people(at: datetime) -> None:
    queue_letters(letters=[_letter("a:1", to="a@example.org"), _letter("a:1", to="b@example.org")], at=at)

    assert OutgoingMail.objects.count() == 2


def test_a_subject_is_one_line_and_no_header(at: datetime) -> None:
    queue_letters(letters=[_letter("a:1", subject="Hello\r\nBcc: all@example.org" + "x" * 400)], at=at)

    subject = OutgoingMail.objects.get().subject
    assert subject.startswith("Hello Bcc: all@example.org")
    assert len(subject) == 300


def test_message_ids_name_the_site_and_differ(at: datetime, settings) -> None:
    settings.SITE_URL = "https://dialog.example"
    _queued(at, "a:1", "a:2")

    ids = set(OutgoingMail.objects.values_list("message_id", flat=True))
    assert len(ids) == 2
    assert all(message_id.endswith("@dialog.example>") for message_id in ids)


def test_an_address_gets_three_of_the_same_in_an_hour(at: datetime) -> None:
    answers = [queue_letter_with_limit(letter=_letter(), at=at + timedelta(seconds=turn)) for turn in range(50)]

    assert answers == [True] * 3 + [False] * 47
    assert OutgoingMail.objects.filter(status=MailStatus.QUEUED).count() == 3
    refused = OutgoingMail.objects.get(status=MailStatus.REFUSED)
    assert (refused.body, refused.problem) == ("", "too many of the same to one address")


def test_the_hour_is_any_hour_not_one_of_the_clock(at: datetime) -> None:
    start = at.replace(minute=50)
    answers = [queue_letter_with_limit(letter=_letter(), at=start + timedelta(minutes=5 * turn)) for turn in range(14)]

    assert answers == [True] * 3 + [False] * 9 + [True, True]


def test_the_limit_is_for_each_address_and_subject(at: datetime) -> None:
    for _turn in range(4):
        queue_letter_with_limit(letter=_letter(), at=at)

    assert queue_letter_with_limit(letter=_letter(to="other@example.org"), at=at)
    assert queue_letter_with_limit(letter=_letter(subject="Your password was changed"), at=at)


def test_a_claimed_mail_is_nobody_elses_for_ten_minutes(at: datetime) -> None:
    _queued(at, "a:1")

    mine = claim_mail(at=at)

    assert mine is not None
    assert mine.status == MailStatus.IN_FLIGHT
    assert claim_mail(at=at + timedelta(minutes=9, seconds=59)) is None
    again = claim_mail(at=at + timedelta(minutes=10))
    assert again is not None
    assert (again.pk, again.attempts, again.message_id) == (mine.pk, 2, mine.message_id)


def test_two_claims_on_one_reading_give_it_to_one(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    _queued(at, "a:1")
    read = type(OutgoingMail.objects.all()).first
    taken = []

    def slow_first(rows):
        found = read(rows)
        if found is not None and not taken:  # a second sweep passes between reading and claiming
            taken.append(None)
            taken.append(claim_mail(at=at))
        return found

    monkeypatch.setattr(type(OutgoingMail.objects.all()), "first", slow_first)

    assert claim_mail(at=at) is None
    assert taken[1] is not None


def test_what_is_due_first_is_claimed_first(at: datetime) -> None:
    _queued(at, "late")
    _queued(at - timedelta(minutes=1), "early")
    _queued(at + timedelta(minutes=1), "not yet")

    claimed = [mail.key for mail in (claim_mail(at=at), claim_mail(at=at)) if mail]

    assert claimed == ["early", "late"]
    assert claim_mail(at=at) is None


def test_failures_wait_longer_each_time_and_end_after_twelve(at: datetime) -> None:
    _queued(at, "a:1")
    waits = []
    while mail := claim_mail(at=at):
        settle_mail(mail=mail, delivery=LATER, at=at)
        mail.refresh_from_db()
        waits.append(int((mail.due_at - at) / timedelta(minutes=1)))
        at = max(at, mail.due_at)

    mail = OutgoingMail.objects.get()
    assert waits[:11] == [1, 5, 30, 120, 120, 120, 120, 120, 120, 120, 120]
    assert (mail.status, mail.attempts, mail.problem) == (MailStatus.REFUSED, 12, "busy")


def test_workers_that_die_every_time_end_after_twelve_too(at: datetime) -> None:
    _queued(at, "a:1")
    turns = 0
    while claim_mail(at=at + turns * timedelta(minutes=10)):
        turns += 1

    assert turns == 12
    assert OutgoingMail.objects.get().status == MailStatus.REFUSED


def test_what_was_sent_is_sent_even_when_the_claim_had_lapsed(at: datetime) -> None:
    _queued(at, "a:1")
    slow = claim_mail(at=at)
    assert slow is not None
    quick = claim_mail(at=at + timedelta(minutes=11))
    assert quick is not None
    settle_mail(mail=quick, delivery=LATER, at=at + timedelta(minutes=11))

    settle_mail(mail=slow, delivery=SENT, at=at + timedelta(minutes=12))

    assert OutgoingMail.objects.get().status == MailStatus.SENT
    assert claim_mail(at=at + timedelta(days=1)) is None


def test_a_lapsed_claim_cannot_put_back_what_another_sweep_holds(at: datetime) -> None:
    _queued(at, "a:1")
    slow = claim_mail(at=at)
    claim_mail(at=at + timedelta(minutes=11))
    assert slow is not None

    settle_mail(mail=slow, delivery=LATER, at=at + timedelta(minutes=12))

    assert OutgoingMail.objects.get().status == MailStatus.IN_FLIGHT


def test_texts_are_forgotten_after_thirty_days_unless_still_to_be_sent(at: datetime) -> None:
    _queued(at, "sent", "refused", "queued")
    for verdict in (Verdict.SENT, Verdict.REFUSED):
        mail = claim_mail(at=at)
        assert mail is not None
        settle_mail(mail=mail, delivery=Delivery(verdict), at=at)

    assert forget_old_bodies(at=at + timedelta(days=30) - timedelta(seconds=1)) == 0
    assert forget_old_bodies(at=at + timedelta(days=30)) == 2
    assert forget_old_bodies(at=at + timedelta(days=31)) == 0
    bodies = OutgoingMail.objects.order_by("pk").values_list("key", "body")
    assert dict(bodies) == {"sent": "", "refused": "", "queued": "Text."}
