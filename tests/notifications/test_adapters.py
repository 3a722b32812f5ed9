from datetime import datetime
from typing import Any

import pytest
import time_machine
from allauth.core.context import request_context
from django.core.mail import EmailMessage, send_mail
from django.test import Client, RequestFactory
from django.urls import reverse

from apps.accounts.adapters import AccountAdapter
from apps.notifications import adapters
from apps.notifications.enums import MailStatus
from apps.notifications.models import OutgoingMail
from tests import personas
from tests.personas import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "apps.notifications.adapters.OutboxBackend"


def test_djangos_mail_becomes_a_row_a_recipient() -> None:
    message = EmailMessage("Hello", "Text.", "us@example.org", ["A@Example.org"], cc=["Bo <b@example.org>"])

    assert message.send() == 1

    rows = OutgoingMail.objects.order_by("to").values_list("to", "sender", "subject", "body", "status")
    assert list(rows) == [
        ("a@example.org", "us@example.org", "Hello", "Text.", MailStatus.QUEUED),
        ("b@example.org", "us@example.org", "Hello", "Text.", MailStatus.QUEUED),
    ]


@pytest.mark.parametrize("address", ["", "nobody", "a@b@c", "a@example.org\nBcc: b@example.org"])
def test_what_is_no_address_gets_nothing(address: str) -> None:
    EmailMessage("Hello", "Text.", "us@example.org", [address]).send()

    assert not OutgoingMail.objects.exclude(to="a@example.org").exists()


def test_the_sweep_is_nudged_after_the_commit(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    nudged = []
    monkeypatch.setattr(adapters, "nudge", nudged.append)

    with django_capture_on_commit_callbacks(execute=True):
        send_mail("Hello", "Text.", None, ["a@example.org"])
        assert not nudged

    assert [task.name for task in nudged] == ["notifications.send_mail"]


def test_a_mail_knows_whose_it_is_also_at_the_address_they_left(at: datetime) -> None:
    person = personas.unverified(at=at, email="former@example.org")
    request = RequestFactory().get("/")
    request.user = person
    with time_machine.travel(at, tick=False), request_context(request):
        send_mail("Hello", "Text.", None, ["Former@example.org", "nobodys@example.org"])
        AccountAdapter(request).send_notification_mail("account/email/email_changed", person, email="left@example.org")

    known = dict(OutgoingMail.objects.values_list("to", "person"))
    assert known == {"former@example.org": person.pk, "nobodys@example.org": None, "left@example.org": person.pk}


def test_many_sign_ups_for_one_address_send_three_mails_of_a_kind(at: datetime) -> None:
    form = {"email": "victim@example.org", "display_name": "Vera Vest", "password1": PASSWORD}
    with time_machine.travel(at, tick=False):
        for _turn in range(30):
            Client().post(reverse("account_signup"), form)

    sent = OutgoingMail.objects.exclude(status=MailStatus.REFUSED).values_list("subject", flat=True)
    assert 1 <= len(sent) <= 6
    assert all(list(sent).count(subject) <= 3 for subject in sent)
