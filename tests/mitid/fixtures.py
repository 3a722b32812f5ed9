"""Fixtures with a running test provider. A folder's conftest.py takes them in by importing them."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from apps.portal.management.mitid import NotInPlace, Provider, put_in_place
from tests.conftest import missing
from tests.mitid.walk import Desk

SITE = "http://testserver"


def cache_folder() -> Path:
    """Return where packages of npm are kept between runs, outside the checkout."""
    base = os.environ.get("XDG_CACHE_HOME") or Path(tempfile.gettempdir()) / f"cache-{os.getuid()}"
    return Path(base) / "civic-forum"


@pytest.fixture(scope="session")
def mitid_folder() -> Path:
    """The provider with its packages; without Node the test is skipped with a sentence."""
    try:
        return put_in_place(cache_folder())
    except NotInPlace as problem:
        missing(f"The test provider of MitID is not there: {problem}.")
        raise


@pytest.fixture(scope="session")
def mitid_provider(mitid_folder: Path) -> Iterator[Provider]:
    """One provider for all tests of this worker that go through Django's test client."""
    with Provider(mitid_folder, sites=[SITE], faults=True) as provider:
        yield provider


@pytest.fixture
def mitid(mitid_provider: Provider, settings: Any) -> Iterator[Desk]:
    """MitID is offered here, and nothing is wrong with it."""
    settings.MITID = replace(settings.MITID_OF_DEMO, issuer=mitid_provider.issuer)
    desk = Desk(mitid_provider.issuer)
    desk.fault("")
    yield desk
    desk.fault("")
