"""The desk is looked at in English, at the moment of the test."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from tests import factories
from tests.personas import Viewer


@pytest.fixture
def _stopped_clock(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def as_seen_by(_stopped_clock: None) -> Callable[[Viewer], Client]:
    """A browser of somebody, with the clock standing at the moment of the test."""

    def browser(viewer: Viewer) -> Client:
        client = Client()
        if isinstance(viewer, User):
            client.force_login(viewer)
        return client

    return browser


@pytest.fixture
def desk(as_seen_by: Callable[[Viewer], Client], at: datetime) -> Client:
    """An official's browser."""
    return as_seen_by(factories.an_official(at))
