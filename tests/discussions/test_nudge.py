"""One question before a text is sent that may hurt somebody or tell too much; the author may still send it."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from apps.screening.models import ProtectedEmployee
from tests import factories
from tests.moderation.desk import shown

pytestmark = pytest.mark.django_db

CALM = "The turbines stand too close to the houses."
NAMED = "Ask Bodil Brandtoft why she said yes to it."


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def writer(at: datetime) -> User:
    ProtectedEmployee.objects.create(name="Bodil Brandtoft", title="Sagsbehandler", active_from=at, added_at=at)
    return factories.a_writer(at)


@pytest.fixture
def address(topic: Topic) -> str:
    return f"/en/consultations/{topic.consultation.slug}/topics/{topic.slug}/write/"


def send(client: Client, address: str, body: str, **more: str) -> str:
    typed = {"body": body, "kind": "view", "key": str(UUID(int=7)), "action": "send"} | more
    return shown(client.post(address, typed, follow=True))


def test_a_calm_text_is_received_at_once(client: Client, writer: User, address: str) -> None:
    client.force_login(writer)

    assert "Before you send" not in send(client, address, CALM)
    assert Contribution.stored.get().body == CALM


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (NAMED, "“Bodil Brandtoft” looks like the name of an employee."),
        ("Call me on 21 43 65 87 about it.", "looks like a telephone number"),
        ("Write to nina@example.org about it.", "looks like an e-mail address"),
    ],
)
def test_a_text_that_may_hurt_is_asked_about_once_and_then_received(
    client: Client, writer: User, address: str, body: str, told: str
) -> None:
    client.force_login(writer)

    page = send(client, address, body)
    assert told in page
    assert "You can change your text, or send it as it is." in page
    assert not Contribution.stored.exists()

    send(client, address, body, asked="once")
    assert Contribution.stored.get().body == body


def test_who_is_not_logged_in_is_led_there_first_and_the_text_is_kept(
    client: Client, writer: User, address: str
) -> None:
    page = send(client, address, NAMED)

    assert "Before you send" not in page
    assert not Contribution.stored.exists()


def test_moderators_read_what_was_noticed_and_nobody_else_does(
    client: Client, writer: User, address: str, at: datetime
) -> None:
    client.force_login(writer)
    send(client, address, NAMED, asked="once")
    row = Contribution.stored.get()
    client.force_login(factories.a_moderator(at))

    page = shown(client.get(f"/en/moderation/items/{row.pk}/"))
    assert "What a program noticed" in page
    assert "on the list of protected names: “Bodil Brandtoft”" in page

    client.force_login(writer)
    own = shown(client.get(f"/en/consultations/{row.consultation.slug}/c/{row.number}/receipt/"))
    assert "protected names" not in own
