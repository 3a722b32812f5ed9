from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from tests.notifications.post import PostOffice
from tests.personas import Viewer


@pytest.fixture
def post(settings: Any) -> Iterator[type[PostOffice]]:
    """The mail server of the tests, open."""
    settings.MAIL_TRANSPORT = "tests.notifications.post.PostOffice"
    PostOffice.opens()
    yield PostOffice
    PostOffice.opens()


@pytest.fixture
def as_seen_by(at: datetime) -> Iterator[Callable[[Viewer], Client]]:
    """A browser of somebody, with the clock standing at the moment of the test."""

    def browser(viewer: Viewer) -> Client:
        client = Client()
        if isinstance(viewer, User):
            client.force_login(viewer)
        return client

    with time_machine.travel(at, tick=False):
        yield browser
