"""What the tests of this folder start from: files of their own, letters on offer, no log lines of their refusals."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

REGISTER = """street,house_number,floor,door,postal_code,city,district
Klintevej,90,,,6990,Ulfborg,Klintmose
"""


@pytest.fixture(autouse=True)
def _services_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the queue and the layer answer in time on a machine under load is for tests/portal/test_health.py."""
    for check in ("_broker", "_layer"):
        monkeypatch.setattr(f"apps.portal.views.health.{check}", lambda: None)
    monkeypatch.setattr("apps.portal.views.health.CHECK_SECONDS", 30)


@pytest.fixture(autouse=True)
def _a_place_of_its_own(settings: Any, tmp_path: Path) -> Iterator[None]:
    register = tmp_path / "addresses.csv"
    register.write_text(REGISTER)
    settings.DATA_DIR, settings.MEDIA_ROOT, settings.ADDRESS_REGISTER = tmp_path, tmp_path / "media", register
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)
