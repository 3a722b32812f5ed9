"""A running demo and a real browser, for journeys. Nothing here touches the tests' own database."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from apps.portal.demo.content.people import DEMO_PASSWORD

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 120
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _own_services() -> dict[str, str]:
    """Return an environment with databases of this worker's own, where the run has PostgreSQL and Redis.

    Two demos on one queue would take each other's sweeps.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    own: dict[str, str] = {}
    if address := os.environ.get("REDIS_URL", ""):
        own["REDIS_URL"] = f"{address.rsplit('/', 1)[0]}/{int(worker.removeprefix('gw')) + 8}"
    if address := os.environ.get("DATABASE_URL", ""):
        import psycopg  # noqa: PLC0415 - only where there is PostgreSQL

        name = f"journey_{worker}_{os.getpid()}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        own["DATABASE_URL"] = urlsplit(address)._replace(path=f"/{name}").geturl()
    return own


@pytest.fixture(scope="session")
def demo_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a process needs to know to work on the demo's database."""
    environment = {**os.environ, **_own_services(), "DJANGO_SETTINGS_MODULE": "civic_forum.settings"}
    for name in ("SECRET_KEY", "PERSON_KEY"):
        environment.pop(name, None)
    # Nobody here waits a minute for a mail.
    return environment | {"CIVIC_DATA": str(tmp_path_factory.mktemp("demo")), "UNDO_SECONDS": "3"}


@pytest.fixture(scope="session")
def demo(demo_environment: dict[str, str]) -> Iterator[str]:
    """The address of a demo that runs in a process of its own, with a folder of its own."""
    folder = Path(demo_environment["CIVIC_DATA"])
    address = f"http://localhost:{(port := _free_port())}"
    command = [sys.executable, "manage.py", "demo", "--port", str(port), "--data", str(folder)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=demo_environment, stdout=log, stderr=log)  # noqa: S603 - our own
        try:
            _wait_until_ready(process, f"{address}/en/accounts/login/", folder / "log")
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


def _wait_until_ready(process: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - this machine
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The demo did not start:\n{log.read_text()}")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium, closed before the next module: its loop would be in the way of tests with their own."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def signed_in_before() -> dict[tuple[str, str], Any]:
    """The cookies of people who signed in: a second code holds only half a minute later, and nobody waits for it."""
    return {}


@pytest.fixture
def visitor(browser: Browser, demo: str, signed_in_before: dict[tuple[str, str], Any]) -> Iterator[Callable[..., Page]]:
    """Opens a window of its own for each call: `visitor("mette@vesterhav.example")` is signed in."""
    contexts: list[BrowserContext] = []

    def open_window(email: str = "", *, width: int = 1280, scheme: str = "light", script: bool = True) -> Page:
        context = browser.new_context(
            storage_state=signed_in_before.get((demo, email)),
            base_url=demo,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=script,
            locale="en-GB",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        if email and not _is_signed_in(page):
            sign_in(page, email)
            signed_in_before[demo, email] = context.storage_state()
        return page

    yield open_window
    for context in contexts:
        context.close()


def _is_signed_in(page: Page) -> bool:
    """Tell whether the cookies that the window began with still open somebody's own page."""
    if not page.context.cookies():
        return False
    page.goto("/en/me/")
    # The page of the log-in would end in the same words, as where to go on.
    return "/accounts/" not in page.url


def sign_in(page: Page, email: str, password: str = DEMO_PASSWORD) -> None:
    """Sign in on the login page."""
    page.goto("/en/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url(re.compile(r"^(?!.*/accounts/login/)"))
    if "/second-step/" in page.url:
        give_code(page)


def give_code(page: Page, *, to: str = "") -> None:
    """Type the code that the demo shows to its staff. Each holds once, so one more log-in may wait for the next."""
    for _try in range(70):
        if page.locator("[data-demo-code]").count():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    page.fill("input[name=code]", page.locator("[data-demo-code]").inner_text())
    # Who has a passkey too is offered it in a form of its own.
    page.locator("main form").filter(has=page.locator("input[name=code]")).get_by_role("button").first.click()
    page.wait_for_url(re.compile(to or r"^(?!.*/second-step/)"))
