from collections.abc import Iterator

import pytest
from django.utils.translation import override


@pytest.fixture
def in_english() -> Iterator[None]:
    """Let refusals be said in English, as a test writes them down."""
    with override("en"):
        yield
