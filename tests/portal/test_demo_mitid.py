"""`manage.py demo` with the test provider of MitID beside it: it comes, goes with the demo, and may be missing."""

import re
import shutil
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from apps.portal.management.mitid import ASIDE
from tests.faults.processes import Demo, a_demo, migrated
from tests.mitid.fixtures import mitid_folder

__all__ = ["migrated", "mitid_folder"]

pytestmark = [pytest.mark.journey, pytest.mark.embedded, pytest.mark.django_db]

PATIENCE = 60
OFFERED, NOT_OFFERED = "made-up test identities", "MitID (demo) is not offered"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Path:
    """One folder for all starts, so that municipality and packages are made once."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(migrated, folder)
    return folder


def until(holds: Callable[[], bool], demo: Demo) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, demo.said
        time.sleep(0.05)


def listens(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


def its_port(demo: Demo) -> int:
    """Return the provider's port: the same at every start, for it is part of the name under which people are known."""
    return demo.port + ASIDE if demo.port + ASIDE < 65_536 else demo.port - ASIDE


@pytest.mark.usefixtures("mitid_folder")
def test_it_offers_test_identities_and_goes_with_the_demo(folder: Path) -> None:
    with a_demo(folder, mitid=True) as demo:
        demo.until_ready()
        until(lambda: OFFERED in demo.said, demo)
        assert listens(its_port(demo))
        _log_in_as_a_test_person(demo.site)

        assert demo.stop() == 0

        until(lambda: not listens(its_port(demo)), demo)
        assert "Traceback" not in demo.said


@pytest.mark.usefixtures("mitid_folder")
def test_it_goes_even_if_the_demo_is_killed(folder: Path) -> None:
    with a_demo(folder, mitid=True) as demo:
        until(lambda: OFFERED in demo.said, demo)

        demo.process.send_signal(signal.SIGKILL)
        demo.process.wait(PATIENCE)

        until(lambda: not listens(its_port(demo)), demo)


def test_a_demo_without_node_says_so_in_one_line(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with a_demo(folder, mitid=True) as demo:
        demo.until_ready()
        until(lambda: NOT_OFFERED in demo.said, demo)

        assert "MitID" not in requests.get(f"{demo.site}/accounts/login/", timeout=PATIENCE).text
        assert demo.said.count("MitID") == 1
        assert demo.stop() == 0


def test_a_demo_whose_packages_cannot_be_had_says_so_in_one_line(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(folder / "mitid", ignore_errors=True)
    for name, script in {"node": "exit 0", "npm": "echo 'npm error: no network' >&2; exit 1"}.items():
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin")
    with a_demo(folder, mitid=True) as demo:
        demo.until_ready()
        until(lambda: NOT_OFFERED in demo.said, demo)

        assert "no network" in demo.said
        assert demo.stop() == 0


def _log_in_as_a_test_person(site: str) -> None:
    """Go from the log-in page to the provider and back, as far as the sign-up form."""
    with requests.Session() as browser:
        page = browser.get(f"{site}/en/accounts/login/", timeout=PATIENCE)
        assert "This is not the real MitID" in page.text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token
        form = {"process": "login", "csrfmiddlewaretoken": token[1]}
        page = browser.post(f"{site}/en/accounts/mitid/", data=form, timeout=PATIENCE)
        assert "made-up test identities" in page.text
        page = browser.post(page.url, data={"citizen": "e"}, timeout=PATIENCE)
        assert page.url == f"{site}/en/accounts/mitid/sign-up/", page.text
        assert "We have seen your MitID" in page.text
