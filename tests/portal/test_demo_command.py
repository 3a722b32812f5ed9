"""`manage.py demo`: what it refuses before it begins, that it fills the house once, serves, and stops when told."""

import json
import signal
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copy

import pytest
from django.core.management import CommandError

from apps.portal.demo.content.people import DEMO_PASSWORD
from apps.portal.management.commands.demo import format_of, hold, listen
from apps.portal.management.tour import ROLES, welcome
from tests.faults.processes import PATIENCE, Demo, Person, a_demo, free_port, migrated, run

__all__ = ["migrated"]

pytestmark = [pytest.mark.journey, pytest.mark.embedded]

# A second or two, on a machine that does nothing else.
STOPPED_WITHIN = 10


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo that was started for the first time; read only, and not stopped by a test."""
    with a_demo(tmp_path_factory.mktemp("demo")) as demo:
        yield demo.until_ready()


def held(folder: Path) -> dict[str, int]:
    """Return how many rows of each kind the database holds."""
    tables = ["accounts_user", "consultations_consultation", "discussions_contribution", "ledger_entry"]
    with closing(sqlite3.connect(folder / "civic.sqlite3", timeout=20)) as database:
        return {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608


def test_a_port_in_use_is_one_line(first: Demo, tmp_path: Path) -> None:
    refused = run(tmp_path, "manage.py", "demo", "--port", str(first.port), "--data", str(tmp_path / "other"))

    assert refused.returncode == 1
    assert refused.stderr.startswith(f"Port {first.port} cannot be used")
    assert refused.stderr.count("\n") == 1
    assert refused.stdout == ""
    assert not (tmp_path / "other" / "civic.sqlite3").exists()


def test_a_folder_in_use_is_one_line(first: Demo) -> None:
    refused = run(first.folder, "manage.py", "demo", "--port", str(free_port()), "--data", str(first.folder))

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("Another demo runs on")
    assert refused.stderr.count("\n") == 1


def test_a_folder_that_is_no_consultation_is_one_line(tmp_path: Path) -> None:
    port = str(free_port())
    refused = run(tmp_path, "manage.py", "demo", "--port", port, "--data", str(tmp_path), "--import", str(tmp_path))

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "holds no published consultation" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_it_says_where_it_is_and_who_can_sign_in(first: Demo) -> None:
    assert first.site in first.said
    assert "Ready in" in first.said
    assert DEMO_PASSWORD in first.said
    for _danish, _english, person in ROLES:
        assert person.email in first.said


@pytest.mark.parametrize("email", [person.email for _danish, _english, person in ROLES])
def test_everybody_it_names_can_sign_in(email: str, first: Demo) -> None:
    Person(first.site).log_in(email, DEMO_PASSWORD)


@pytest.mark.parametrize("path", ["/", "/en/", "/consultations/", "/demo/mail/", "/static/css/tokens.css", "/healthz"])
def test_it_serves_pages_and_files(path: str, first: Demo) -> None:
    assert Person(first.site).get(path)


def test_all_its_parts_answer(first: Demo) -> None:
    assert set(json.loads(Person(first.site).get("/readyz")).values()) == {"ok"}


def test_it_does_not_show_its_insides(first: Demo) -> None:
    led = Person(first.site)
    led.get("/en/accounts/login/")

    assert "Traceback" not in led.post("/nowhere/", a="b")
    assert "DEBUG" not in led.post("/nowhere/", a="b")


@pytest.mark.django_db
def test_it_is_filled_once_whatever_happens_and_stops_when_told(tmp_path: Path, first: Demo, migrated: Path) -> None:
    """Killed while it makes the municipality it begins anew; later starts make nothing anew; imports come once."""
    copy(migrated, tmp_path)
    folder = a_published_consultation(tmp_path)
    with a_demo(tmp_path) as killed:
        while "Making the municipality" not in killed.said:
            assert killed.process.poll() is None, killed.said
        killed.process.send_signal(signal.SIGKILL)
        killed.process.wait(PATIENCE)
    assert held(tmp_path)["consultations_consultation"] == 0

    made = _started_and_stopped(tmp_path, signal.SIGINT)
    assert held(tmp_path) == held(first.folder)
    imported = _started_and_stopped(tmp_path, signal.SIGTERM, "--import", str(folder))
    with_import = held(tmp_path)
    again = _started_and_stopped(tmp_path, signal.SIGTERM, "--import", str(folder))

    assert held(tmp_path) == with_import
    assert with_import["discussions_contribution"] == held(first.folder)["discussions_contribution"] + 2
    assert [said.count("Making the municipality") for said in (made, imported, again)] == [1, 0, 0]
    assert [said.count("Importing") for said in (made, imported, again)] == [0, 1, 0]


def a_published_consultation(tmp_path: Path) -> Path:
    folder = tmp_path / "A town's talk"
    folder.mkdir()
    header = "set,id,parent_id,topic_id,topic_title,author_id,author_role,created_at,lang,title,text,moderation"
    row = "t,{n},,h,Harbour,{n},,2025-01-0{n}T10:00:00Z,da,,Text {n},accepted"
    (folder / "contributions.csv").write_text("\n".join([header, row.format(n=1), row.format(n=2), ""]))
    return folder


def _started_and_stopped(folder: Path, number: int, *more: str) -> str:
    """Start, stop by the signal without waiting for work that is not there, and return what was said."""
    with a_demo(folder, *more) as demo:
        demo.until_ready()
        if more:
            assert "/topics/" in Person(demo.site).get("/consultations/a-towns-talk/")
        begun = time.monotonic()
        assert demo.stop(number) == 0
        assert time.monotonic() - begun < STOPPED_WITHIN
    assert "Traceback" not in demo.said
    assert demo.said.rstrip().endswith("Stopped.")
    return demo.said


def test_a_lock_is_gone_with_its_holder(tmp_path: Path) -> None:
    first = hold(tmp_path)
    with pytest.raises(CommandError, match="Another demo"):
        hold(tmp_path)
    first.close()

    hold(tmp_path).close()


def test_it_listens_on_this_machine_only() -> None:
    listeners = listen(free_port())
    try:
        assert {listener.getsockname()[0] for listener in listeners} <= {"127.0.0.1", "::1"}
    finally:
        for listener in listeners:
            listener.close()


@pytest.mark.parametrize("port", [-1, 70_000])
def test_a_port_that_is_none_is_refused(port: int) -> None:
    with pytest.raises(CommandError, match="cannot be used"):
        listen(port)


def test_a_port_that_somebody_listens_on_is_refused() -> None:
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        with pytest.raises(CommandError, match="Try another one"):
            listen(somebody.getsockname()[1])


@pytest.mark.parametrize(
    ("names", "form"), [(["contributions.csv"], "csv"), (["comments.csv", "summary.csv"], "polis")]
)
def test_a_format_is_known_by_its_files(names: list[str], form: str, tmp_path: Path) -> None:
    for name in names:
        (tmp_path / name).touch()

    assert format_of(tmp_path) == form


def test_the_tour_is_plain_and_names_the_address() -> None:
    text = welcome("http://localhost:8123")

    assert "http://localhost:8123/demo/mail/" in text
    assert "{" not in text
    assert max(len(line) for line in text.splitlines()) <= 110
