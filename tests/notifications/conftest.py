from collections.abc import Iterator
from typing import Any

import pytest

from tests.notifications.post import PostOffice


@pytest.fixture
def post(settings: Any) -> Iterator[type[PostOffice]]:
    """The mail server of the tests, open."""
    settings.MAIL_TRANSPORT = "tests.notifications.post.PostOffice"
    PostOffice.opens()
    yield PostOffice
    PostOffice.opens()
