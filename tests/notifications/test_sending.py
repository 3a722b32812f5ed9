"""Sending: each mail once, whatever the mail server does and whoever is killed when."""

import smtplib
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMessage

from apps.notifications import tasks
from apps.notifications.actions import queue_letters
from apps.notifications.engine.letters import Letter
from apps.notifications.enums import MailStatus
from apps.notifications.models import OutgoingMail
from tests.notifications.post import PostOffice

pytestmark = pytest.mark.django_db

Office = type[PostOffice]
REFUSAL = smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such user")})
GREYLISTING = smtplib.SMTPRecipientsRefused({"a@example.org": (451, b"come again")})


def _queued(at: datetime, *names: str, **changes: Any) -> None:
    letters = [
        Letter(to=f"{name}@example.org", subject=f"For {name}", body=f"Hello {name}.\nÆøå.", key=name, **changes)
        for name in names
    ]
    queue_letters(letters=letters, at=at)


def _sweep(at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        tasks.send_mail()


def _states() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("status", flat=True))


def test_a_second_run_sends_nothing_again(at: datetime, post: Office) -> None:
    _queued(at, "a", "b")

    _sweep(at)
    _sweep(at + timedelta(hours=1))

    assert post.addresses() == ["a@example.org", "b@example.org"]
    assert _states() == [MailStatus.SENT] * 2


def test_what_is_sent_is_what_was_written(at: datetime, post: Office) -> None:
    _queued(at, "a", sender="Dialog <dialog@example.org>")

    _sweep(at)

    message = post.taken[0]
    assert (message.subject, message.body, message.from_email) == (
        "For a",
        "Hello a.\nÆøå.",
        "Dialog <dialog@example.org>",
    )
    assert message.message()["Message-ID"] == OutgoingMail.objects.get().message_id
    assert message.message()["Auto-Submitted"] == "auto-generated"


def test_killed_between_claim_and_send_it_is_sent_later(at: datetime, post: Office) -> None:
    _queued(at, "a")
    post.complains(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        _sweep(at)
    post.opens()

    _sweep(at + timedelta(minutes=9))
    assert post.addresses() == []
    _sweep(at + timedelta(minutes=10))

    assert post.addresses() == ["a@example.org"]
    assert _states() == [MailStatus.SENT]


def test_killed_between_send_and_note_it_comes_again_under_the_same_id(
    at: datetime, post: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    _queued(at, "a")
    with monkeypatch.context() as killed:
        killed.setattr(tasks, "settle_mail", _killed)
        with pytest.raises(KeyboardInterrupt):
            _sweep(at)

    _sweep(at + timedelta(minutes=10))

    assert len({message.message()["Message-ID"] for message in post.taken}) == 1
    assert len(post.taken) == 2


def test_a_sweep_inside_a_sweep_sends_none_of_it_twice(at: datetime, post: Office) -> None:
    _queued(at, "a", "b", "c")
    post.says(lambda message: _sweep(at) if message.to == ["a@example.org"] else None)

    _sweep(at)

    assert sorted(post.addresses()) == ["a@example.org", "b@example.org", "c@example.org"]


def test_an_address_that_is_refused_is_not_tried_again(at: datetime, post: Office) -> None:
    _queued(at, "a", "b")
    _answer_for(post, "a", REFUSAL)

    _sweep(at)
    _sweep(at + timedelta(days=1))

    assert post.addresses() == ["b@example.org"]
    assert _states() == [MailStatus.REFUSED, MailStatus.SENT]
    assert "no such user" in OutgoingMail.objects.get(key="a").problem


def test_greylisting_delays_one_mail_and_no_other(at: datetime, post: Office) -> None:
    _queued(at, "a", "b")
    _answer_for(post, "a", GREYLISTING)
    _sweep(at)
    assert post.addresses() == ["b@example.org"]
    post.opens()

    _sweep(at + timedelta(seconds=59))
    assert post.addresses() == []
    _sweep(at + timedelta(minutes=1))

    assert post.addresses() == ["a@example.org"]


@pytest.mark.parametrize(
    "trouble",
    [
        ConnectionRefusedError("nobody home"),
        TimeoutError("stalled"),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPAuthenticationError(535, b"wrong password"),
    ],
)
def test_a_server_in_trouble_is_asked_once_a_sweep_and_loses_nothing(
    at: datetime, post: Office, trouble: Exception
) -> None:
    _queued(at, "a", "b", "c")
    asked = []

    def answer(message: EmailMessage) -> None:
        asked.append(message.to)
        raise trouble

    post.says(answer)
    _sweep(at)
    assert len(asked) == 1
    assert _states() == [MailStatus.QUEUED] * 3
    post.opens()

    _sweep(at + timedelta(minutes=1))

    assert sorted(post.addresses()) == ["a@example.org", "b@example.org", "c@example.org"]


def test_a_mail_that_cannot_be_written_as_one_is_refused(at: datetime, post: Office) -> None:
    _queued(at, "a", "b")
    OutgoingMail.objects.filter(key="a").update(subject="Hello\nBcc: all@example.org")

    _sweep(at)

    assert post.addresses() == ["b@example.org"]
    assert _states() == [MailStatus.REFUSED, MailStatus.SENT]


def test_a_sweep_forgets_old_texts(at: datetime, post: Office) -> None:
    _queued(at, "a")
    _sweep(at)

    _sweep(at + timedelta(days=30))

    assert OutgoingMail.objects.get().body == ""


def _killed(**_: Any) -> None:
    raise KeyboardInterrupt


def _answer_for(post: Office, name: str, problem: Exception) -> None:
    def answer(message: EmailMessage) -> None:
        if message.to == [f"{name}@example.org"]:
            raise problem

    post.says(answer)
