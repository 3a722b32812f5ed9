"""What a run of the tests needs of its machine, and what every test may use.

- Tests marked `service` need PostgreSQL and Redis: they are chosen when DATABASE_URL and REDIS_URL are set.
- Tests marked `embedded` are about SQLite and one process: they are chosen when DATABASE_URL is not set.
- Tests marked `journey` need Chromium: without it they are skipped with a sentence.
- With CI set, whatever is missing fails instead: there a skipped test is a failed run.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache

IN_CI = bool(os.environ.get("CI"))
WITH_POSTGRESQL = bool(os.environ.get("DATABASE_URL"))
WITH_SERVICES = WITH_POSTGRESQL and bool(os.environ.get("REDIS_URL"))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
REAL_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_configure() -> None:
    """Give every worker of pytest-xdist a Redis database and a live layer of its own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    if not os.environ.get("REDIS_URL"):
        return
    address = f"{os.environ['REDIS_URL'].rsplit('/', 1)[0]}/{int(worker.removeprefix('gw')) + 1}"
    settings.CELERY_BROKER_URL = address
    settings.CACHES["default"]["LOCATION"] = address
    settings.CHANNEL_LAYERS["default"]["CONFIG"] |= {"hosts": [address], "prefix": worker}


def pytest_unconfigure() -> None:
    """Take away the data folder that the test settings made."""
    if settings.DATA_DIR.name.startswith("civic-test-"):
        shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to the other kind of run."""
    elsewhere = {"embedded"} if WITH_POSTGRESQL else set()
    elsewhere |= set() if WITH_SERVICES else {"service"}
    left_out = [item for item in items if any(item.get_closest_marker(marker) for marker in elsewhere)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("journey") and not CHROMIUM:
        missing("Chromium is not installed (README names the package), so this journey cannot be walked.")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failed run: nothing may quietly not be tested."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and reporter and reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if IN_CI and (skipped := terminalreporter.stats.get("skipped")):
        terminalreporter.write_line(f"In CI nothing may be skipped, but {len(skipped)} tests were; -rs says why.")


def missing(sentence: str) -> None:
    """Skip the test with the sentence; in CI fail with it."""
    if IN_CI:
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser for journeys."""
    if not CHROMIUM:
        missing("Chromium is not installed (README names the package).")
    return str(CHROMIUM)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of published consultations that lies beside a checkout where it is present."""
    if not REAL_DATA.is_dir():
        pytest.skip("No folder of published consultations lies beside this checkout.")
    return REAL_DATA


@pytest.fixture
def at() -> datetime:
    """The moment of a test: a Tuesday morning in summer time."""
    return datetime(2026, 9, 15, 8, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """What one test kept in the cache is not there for the next."""
    yield
    cache.clear()
