"""Pages of discussions are looked at in English, at the moment of the test."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.consultations.models import Topic
from apps.discussions.actions import move_to_consultation
from apps.discussions.models import Contribution
from tests import factories
from tests.discussions.moving import Move
from tests.personas import Viewer

Browser = Callable[[Viewer], Client]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def topic(db: None, at: datetime) -> Topic:
    """The topic of a hearing that is open to all."""
    return factories.the_topic(factories.a_hearing(at=at))


@pytest.fixture
def as_seen_by(at: datetime) -> Iterator[Browser]:
    """A browser of somebody, with the clock standing at the moment of the test."""

    def browser(viewer: Viewer) -> Client:
        client = Client()
        if isinstance(viewer, User):
            client.force_login(viewer)
        return client

    with time_machine.travel(at, tick=False):
        yield browser


def address_of(name: str, **parts: object) -> str:
    """Return the English address of a page."""
    with override("en"):
        return reverse(name, kwargs=parts)


@pytest.fixture
def here(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at, title="Wind"))


@pytest.fixture
def there(at: datetime) -> Topic:
    """The topic of another hearing, which has received one text already."""
    topic = factories.the_topic(factories.a_hearing(at=at, title="Forest"))
    factories.a_published(topic, at=at)
    return topic


@pytest.fixture
def move(at: datetime) -> Move:
    def moved(row: Contribution, to: Topic, **more: object) -> Contribution:
        by = as_moderator(factories.a_moderator(at))
        moment = at + timedelta(minutes=1)
        return move_to_consultation(
            **{"contribution": row, "to": to, "with_replies": False, "by": by, "at": moment} | more
        )

    return moved
