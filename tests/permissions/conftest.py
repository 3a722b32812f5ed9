"""What the tests of this folder start from: files of their own, letters on offer, no log lines of their refusals."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

REGISTER = """street,house_number,floor,door,postal_code,city,district
Klintevej,90,,,6990,Ulfborg,Klintmose
"""
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks for everybody at every address."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.wide)


@pytest.fixture(autouse=True)
def _a_place_of_its_own(settings: Any, tmp_path: Path, services_answer: None) -> Iterator[None]:
    register = tmp_path / "addresses.csv"
    register.write_text(REGISTER)
    settings.DATA_DIR, settings.MEDIA_ROOT, settings.ADDRESS_REGISTER = tmp_path, tmp_path / "media", register
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)
