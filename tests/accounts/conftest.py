"""Pages of accounts are looked at in English, at the moment of the test."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from apps.accounts.engine.second_step import METHODS, SECOND_STEP
from apps.accounts.models import User
from tests.personas import Viewer

Browser = Callable[[Viewer], Client]


def _confirmed_just_now(client: Client) -> None:
    """Let the session be as after a second step that was given once more."""
    session = client.session
    again = {"method": SECOND_STEP, "at": time.time(), "reauthenticated": True}
    if METHODS in session:
        session[METHODS] = [*session[METHODS], again]
        session.save()


@pytest.fixture
def as_seen_by(at: datetime) -> Iterator[Browser]:
    """A browser of somebody, with the clock standing at the moment of the test."""

    def browser(viewer: Viewer) -> Client:
        client = Client()
        if isinstance(viewer, User):
            client.force_login(viewer)
            _confirmed_just_now(client)
        return client

    with time_machine.travel(at, tick=False):
        yield browser
