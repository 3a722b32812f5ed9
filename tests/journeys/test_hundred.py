"""A moderator decides a hundred waiting texts in the demo, by the keyboard alone, and it is told how long that took."""

import re
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median, quantiles

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ROOT
from tests.journeys.hundred import MANY

pytestmark = [pytest.mark.journey, pytest.mark.benchmark]

QUEUE = "/en/moderation/"
EVERY_REFUSED = 5


def test_a_hundred_waiting_texts_are_decided_by_keyboard(
    visitor: Callable[..., Page], demo_environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    command = [sys.executable, "-m", "tests.journeys.hundred"]
    subprocess.run(command, cwd=ROOT, env=demo_environment, check=True, capture_output=True)  # noqa: S603 - our own
    page = visitor("sofie@vesterhav.example")
    page.goto(f"{QUEUE}?q=støjmåling")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#item-h")).to_be_visible()

    taken = [_decide(page, refuses=turn % EVERY_REFUSED == 0) for turn in range(MANY)]

    with capsys.disabled():
        print(  # noqa: T201 - this is the report
            f"\n{MANY} texts read and decided in a browser by keyboard in {sum(taken):.0f} s: from the key to the next "
            f"text median {1000 * median(taken):.0f} ms, 95 % within {1000 * quantiles(taken, n=20)[-1]:.0f} ms"
        )
    page.goto(f"{QUEUE}?q=støjmåling")
    expect(page.locator(".qitem")).to_have_count(0)
    # Two seconds a text are a machine's part; what a person needs to read comes on top.
    assert median(taken) < 2


def _decide(page: Page, *, refuses: bool) -> float:
    """Publish or refuse what is open; return how many seconds passed until the next text stood there."""
    standing = page.locator("#item-h").inner_text()
    # The page offers its keys as soon as it listens to them; one pressed before goes nowhere.
    expect(page.locator("[data-keys-help]").first).to_be_visible()
    begun = time.perf_counter()
    if refuses:
        page.keyboard.press("r")
        page.keyboard.press("ArrowDown")
        page.locator("[name=sentence]:visible").fill("It attacks a person.")
    else:
        page.keyboard.press("a")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#item-h").filter(has_text=re.compile(f"^{re.escape(standing)}$"))).to_have_count(0)
    return time.perf_counter() - begun
