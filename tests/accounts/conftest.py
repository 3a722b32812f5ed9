"""Pages of accounts are looked at in English, at the moment of the test."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from tests.personas import Viewer

Browser = Callable[[Viewer], Client]


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
