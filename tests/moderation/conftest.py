"""What most tests of moderation begin with."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.utils.translation import override

from apps.accounts.models import User
from apps.consultations.models import Topic
from tests import factories


@pytest.fixture
def in_english_at_that_moment(at: datetime) -> Iterator[None]:
    """Pages are in English, and it is the moment of the test."""
    with override("en"), time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def topic(at: datetime) -> Topic:
    """The topic of a hearing that is open."""
    return factories.the_topic(factories.a_hearing(at=at))


@pytest.fixture
def colleague(at: datetime) -> User:
    """A moderator besides the one who decides first."""
    return factories.another_moderator(at)
