"""What a run of the tests needs of its machine, and what every test may use.

- Tests marked `service` need PostgreSQL and Redis: they are chosen when DATABASE_URL and REDIS_URL are set.
- Tests marked `embedded` are about SQLite and one process: they are chosen when DATABASE_URL is not set.
- Tests marked `journey` take longest. Those that need Chromium are skipped with a sentence without it.
- Tests marked `benchmark` have figures to reach, which need a quiet machine: they are chosen by `-m benchmark`, alone.
- Tests that ask for `real_data` are chosen where that folder lies beside the checkout.
- With CI set, whatever is missing fails instead: there a skipped test is a failed run.
"""

import gc
import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError, connection, transaction
from django.test import Client, TransactionTestCase
from django.utils import translation
from hypothesis import settings as settings_of_examples
from xdist.scheduler import LoadScopeScheduling

from apps.accounts.engine.second_step import METHODS, SECOND_STEP, WHOSE_METHODS

# The same examples in every run; `tests/long/run` looks for others, and for more.
settings_of_examples.register_profile("steady", derandomize=True, deadline=None)
settings_of_examples.register_profile("long", max_examples=2_000, derandomize=False, deadline=None)
settings_of_examples.load_profile("long" if os.environ.get("LONG") else "steady")

IN_CI = bool(os.environ.get("CI"))
WITH_POSTGRESQL = bool(os.environ.get("DATABASE_URL"))
WITH_SERVICES = WITH_POSTGRESQL and bool(os.environ.get("REDIS_URL"))
# The one without windows needs a quarter less of the processor.
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))), None
)
# Redis has 16 databases, and a worker needs one of its own.
MOST_WORKERS = 8
# Tests that share something dear, or would get in each other's way, keep to one worker, and begin first.
# (xdist's own groups, --dist=loadgroup, have no effect with pytest 9.2.)
TOGETHER = {
    "tests/faults/test_kill.py": "demos",
    "tests/portal/test_demo_command.py": "demos",
    "tests/portal/test_demo_mitid.py": "demos",
    "tests/exchange/test_engine_published_sets.py": "published sets",
    "tests/live/test_script.py": "the script in a browser",
}
REAL_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return a worker for each processor for folders of tests; less is done before workers are up."""
    asked = config.option.file_or_dir or ["."]
    is_large = any(Path(place).is_dir() for place in asked) and not config.option.keyword
    return min(os.cpu_count() or 1, MOST_WORKERS) if is_large and not _asks_for_benchmarks(config) else 0


class Scheduling(LoadScopeScheduling):
    """Hands out tests one by one, and those that belong together together."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", maxsplit=1)[0]
        return file if file.startswith("tests/journeys/") else TOGETHER.get(file, nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling | None:
    """Return our way of handing out, unless another one is asked for by --dist."""
    return Scheduling(config, log) if config.option.dist == "load" else None


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
    """Take away the data folder that the test settings made; workers share it, so it goes with the last process."""
    if "PYTEST_XDIST_WORKER" not in os.environ and settings.DATA_DIR.name.startswith("civic-test-"):
        shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to the other kind of run."""
    elsewhere = {"embedded"} if WITH_POSTGRESQL else set()
    elsewhere |= set() if WITH_SERVICES else {"service"}
    elsewhere |= set() if _asks_for_benchmarks(config) else {"benchmark"}
    left_out = [item for item in items if any(map(item.get_closest_marker, elsewhere)) or _lacks_data(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what stays until the end: it would look through all of it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _asks_for_benchmarks(config: pytest.Config) -> bool:
    asked = str(config.option.markexpr)
    return "benchmark" in asked and "not benchmark" not in asked


def _lacks_data(item: pytest.Item) -> bool:
    return "real_data" in getattr(item, "fixturenames", ()) and not REAL_DATA.is_dir()


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
    """The folder of published consultations; tests that ask for it are left out where there is none."""
    return REAL_DATA


@pytest.fixture
def services_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the queue and the layer answer in time on a machine under load is for tests/portal/test_health.py."""
    for check in ("_broker", "_layer"):
        monkeypatch.setattr(f"apps.portal.views.health.{check}", lambda: None)
    monkeypatch.setattr("apps.portal.views.health.CHECK_SECONDS", 30)


@pytest.fixture(scope="session")
def at() -> datetime:
    """The moment of a test: a Tuesday morning in summer time."""
    return datetime(2026, 9, 15, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def _a_ledger_can_be_flushed() -> Iterator[None]:
    """End a test with real commits by emptying the tables that it wrote to, with the ledger's triggers lifted.

    This is the one place where the ledger can be emptied. Django's own flush empties all tables, whether anything
    stands in them or not, and makes all permissions anew. What migrations wrote is written again.
    """
    triggers = import_module("apps.ledger.migrations.0002_refuse_changes")
    reasons = import_module("apps.municipality.migrations.0002_refusal_reasons")
    rules = import_module("apps.municipality.migrations.0009_accessibility_brand_and_house_rules")
    bases = import_module("apps.municipality.migrations.0008_legal_bases_of_planning")
    words = import_module("apps.screening.migrations.0002_coarse_words")

    def flush_all(_case: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            editor = SimpleNamespace(connection=connection, execute=cursor.execute)
            _once_others_have_read(lambda: triggers.allow_changes(apps, editor))
            try:
                _once_others_have_read(_empty_all_tables)
            finally:
                _once_others_have_read(lambda: triggers.refuse_changes(apps, editor))
        reasons.write_reasons(apps, None)
        bases.write_bases(apps, None)
        rules.write_rules(apps, None)
        words.write_words(apps, None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_all)
        yield


# What Django writes after migrating; nothing else may write there.
WRITTEN_BY_MIGRATE = {"django_migrations", "django_content_type", "auth_permission"}


def _empty_all_tables() -> None:
    """Leave no row in any table but those that Django fills. DELETE, because TRUNCATE would ask for all tables."""
    tables = sorted(set(connection.introspection.table_names()) - WRITTEN_BY_MIGRATE)
    asked = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in tables)  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        for (name,) in cursor.fetchall():
            cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608 - our own names


def _once_others_have_read(work: Callable[[], object]) -> object:
    """Do the work whole, again if threads that still read were in its way, as those of sockets may be.

    SQLite in memory does not wait for them; PostgreSQL ends one of two that wait for each other.
    """
    until = time.monotonic() + 10
    while True:
        try:
            with transaction.atomic():
                return work()
        except OperationalError as problem:
            in_the_way = any(words in str(problem) for words in ("is locked", "deadlock detected", "lock timeout"))
            if not in_the_way or time.monotonic() > until:
                raise
            time.sleep(0.02)


@pytest.fixture(scope="session", autouse=True)
def _staff_come_with_their_second_step() -> Iterator[None]:
    """Let `client.force_login` open sessions as the log-in page does for staff: with a second step.

    Most tests are about what staff do, not about how they came in. `force_login(person, second_step=False)` leaves it
    out; what the page itself does is tested in tests/accounts/test_second_step.py, where nothing is forced.
    """
    force_login = Client.force_login

    def with_second_step(client: Client, user: Any, backend: str | None = None, *, second_step: bool = True) -> None:
        force_login(client, user, backend)
        if second_step and (user.is_staff or user.is_superuser):
            session = client.session
            session[METHODS], session[WHOSE_METHODS] = [{"method": SECOND_STEP}], str(user.pk)
            session.save()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", with_second_step)
        yield


@pytest.fixture(autouse=True)
def _in_danish() -> None:
    """A page that one test asked for in English leaves that language behind: the next begins in the site's own."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """What one test kept in the cache is not there for the next."""
    yield
    cache.clear()
