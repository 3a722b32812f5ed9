"""What tests of leaks use together."""

from pathlib import Path

import pytest

from tests.mitid.fixtures import mitid, mitid_folder, mitid_provider

__all__ = ["mitid", "mitid_folder", "mitid_provider"]


HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks for everybody at every address."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.wide)
