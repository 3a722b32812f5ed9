"""The mails that a person takes along."""

from datetime import datetime
from typing import Any

import pytest
from django.apps import apps

from apps.notifications.actions import queue_letters
from apps.notifications.engine.letters import Letter
from apps.notifications.queries import personal_data_of
from tests import personas

pytestmark = pytest.mark.django_db


def test_the_text_of_a_mail_to_an_unconfirmed_address_is_left_out(at: datetime) -> None:
    """Its link would confirm the address of somebody else."""
    person = personas.unverified(at=at)
    addresses: Any = apps.get_model("account", "EmailAddress")
    addresses.objects.create(user=person, email="stranger@example.org", verified=False, primary=False)
    queue_letters(letters=[Letter(to="Stranger@example.org", subject="Confirm", body="/confirm-email/key/")], at=at)
    queue_letters(letters=[Letter(to=person.email, subject="Told", body="What was told")], at=at)

    mails = {mail["to"].lower(): mail["body"] for mail in personal_data_of(person, at=at)["mails"]}

    assert mails == {"stranger@example.org": "", person.email: "What was told"}
