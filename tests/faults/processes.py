"""Demos in processes of their own, and people who use them over HTTP."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from pathlib import Path
from typing import IO
from urllib.error import HTTPError

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

DATABASE = "civic.sqlite3"
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
# Of the tests' own environment nothing reaches a demo: it has its database and its secrets in its folder.
NOT_OURS = ("CIVIC_DATA", "SECRET_KEY", "PERSON_KEY", "DATABASE_URL", "REDIS_URL", "SITE_URL", "DEBUG")


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    return kept | {"CIVIC_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "civic_forum.settings", "PYTHONWARNINGS": ""}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run Python to its end."""
    return subprocess.run(  # noqa: S603 - our own
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.fixture(scope="session")
def migrated(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An empty database as migrations leave it, for starts that are about something else; for `django_db` tests."""
    file = tmp_path_factory.mktemp("migrated") / DATABASE
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        assert "ledger_entry" in connection.introspection.table_names(cursor), "mark the test with django_db"
        cursor.execute("VACUUM INTO %s", [str(file)])
    return file


@dataclass
class Demo:
    """A demo that was started."""

    folder: Path
    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def site(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def said(self) -> str:
        return (self.folder / "said").read_text()

    def until_ready(self) -> "Demo":
        """Wait for its first answer."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.site}/healthz", timeout=PATIENCE):  # noqa: S310 - this machine
                    return self
            except OSError:
                time.sleep(0.05)
        raise AssertionError(self.said)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal, and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@contextmanager
def a_demo(folder: Path, *more: str, port: int | None = None, mitid: bool = False) -> Iterator[Demo]:
    """Start a demo; whatever happens, it does not outlive the test. Without `mitid` it asks nothing of npm."""
    more += () if mitid else ("--no-mitid",)
    port = port or free_port()
    command = [sys.executable, "manage.py", "demo", "--port", str(port), "--data", str(folder), *more]
    with (folder / "said").open("w") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=environment(folder), stdout=said, stderr=said)  # noqa: S603
        try:
            yield Demo(folder, port, process)
        finally:
            process.kill()
            process.wait(PATIENCE)


class _Still(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: where it leads is the answer."""

    def redirect_request(  # noqa: PLR0917
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class Person:
    """Somebody at a browser without pictures."""

    def __init__(self, site: str) -> None:
        self.site = site
        self._cookies = CookieJar()
        self._open = urllib.request.build_opener(_Still, urllib.request.HTTPCookieProcessor(self._cookies)).open

    def get(self, path: str) -> str:
        with self._open(self.site + path, timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **fields: str) -> str:
        """Send a form, and return where it leads; a form that is shown again leads nowhere."""
        token = next(cookie.value or "" for cookie in self._cookies if cookie.name == "csrf")
        data = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token}).encode()
        try:
            with self._open(self.site + path, data=data, timeout=PATIENCE) as answer:
                return f"nowhere: {answer.status}"
        except HTTPError as answer:
            with answer:
                return answer.headers.get("Location") or f"nowhere: {answer.code} {_words(answer.read().decode())}"

    def log_in(self, email: str, password: str) -> None:
        self.get("/en/accounts/login/")
        led = self.post("/en/accounts/login/", login=email, password=password)
        assert not led.startswith("nowhere"), led


def _words(page: str) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", page)[:2000]
