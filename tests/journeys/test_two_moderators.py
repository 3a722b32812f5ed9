"""Two moderators at one queue, with the keyboard alone: taking, in each other's way, lapsing, undoing, keys off."""

import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import ROOT

pytestmark = pytest.mark.journey

SOFIE, ANDERS = "sofie@vesterhav.example", "anders@vesterhav.example"
QUEUE = "/en/moderation/"
LIVE = 15_000
LAPSE = (
    "from datetime import timedelta; from django.db.models import F; from apps.moderation.models import Case; "
    "Case.objects.filter(claimed_at__isnull=False).update(claimed_at=F('claimed_at') - timedelta(minutes=16))"
)


def line(page: Page, number: int) -> Locator:
    return page.locator(".qitem").filter(has=page.get_by_role("link", name=re.compile(rf"^No\. {number} ")))


def numbers(page: Page) -> list[int]:
    """Return the numbers of what the viewer can decide, in order."""
    mine = page.locator(".qitem").filter(has=page.locator("input[name=id]")).locator("h3 a")
    return [int(re.findall(r"\d+", text)[0]) for text in mine.all_inner_texts()]


def open_item(page: Page, number: int, key: str = "Enter") -> None:
    """Go down the list with J until the line is in focus, and press the key there."""
    page.goto(QUEUE)
    _listens(page)
    for _step in range(30):
        page.keyboard.press("j")
        if page.evaluate("document.activeElement.textContent").strip().startswith(f"No. {number} "):
            break
    page.keyboard.press(key)
    expect(page.locator("#item-h")).to_have_text(f"No. {number}", timeout=LIVE)


def refuse(page: Page, sentence: str) -> None:
    """R chooses and goes to the reason; Tab leads on to the sentence."""
    _listens(page)
    page.keyboard.press("r")
    page.keyboard.press("ArrowDown")
    for _step in range(5):
        if page.evaluate("document.activeElement.name") == "sentence":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type(sentence)
    page.keyboard.press("Control+Enter")


def test_two_moderators_by_keyboard(visitor: Callable[..., Page], demo_environment: dict[str, str]) -> None:
    sofie, anders = visitor(SOFIE), visitor(ANDERS)
    sofie.goto(QUEUE)
    anders.goto(QUEUE)
    both = [number for number in numbers(sofie) if number in numbers(anders)]
    first, second, third = both[:3]

    # Taking shows at the colleague's, who did nothing; so does looking.
    open_item(sofie, first, key="c")
    expect(sofie.locator(".modcard")).to_contain_text("Taken by you until")
    expect(line(anders, first)).to_contain_text("Taken by Sofie", timeout=LIVE)
    open_item(anders, second)
    expect(line(sofie, second)).to_contain_text("Anders", timeout=LIVE)

    # Both want the second one: the later one is told, and nothing that was typed is lost.
    open_item(sofie, second, key="c")
    expect(sofie.locator(".modcard")).to_contain_text("Taken by you until")
    expect(anders.locator(".modcard")).to_contain_text("has taken this contribution", timeout=LIVE)
    refuse(anders, "It attacks somebody.")
    expect(anders.get_by_role("alert")).to_contain_text("has taken this contribution")
    expect(anders.locator("main")).to_contain_text("It attacks somebody.")

    # A claim that lapses goes back: the colleague takes it, and whoever had it is told.
    anders.goto(QUEUE)
    expect(line(anders, second)).to_contain_text("Taken by Sofie")
    command = [sys.executable, "manage.py", "shell", "-c", LAPSE]
    subprocess.run(command, cwd=ROOT, env=demo_environment, check=True, capture_output=True)  # noqa: S603 - our own
    expect(line(anders, second)).not_to_contain_text("Taken by Sofie", timeout=LIVE)
    open_item(anders, second, key="c")
    expect(anders.locator(".modcard")).to_contain_text("Taken by you until")
    refuse(sofie, "Nothing of this is lost.")
    expect(sofie.get_by_role("alert")).to_contain_text("What you take yourself goes back after 15 minutes.")
    expect(sofie.locator("main")).to_contain_text("Nothing of this is lost.")

    _publish_and_undo(sofie, third)
    _switch_keys_off(sofie)


def _listens(page: Page) -> None:
    """Wait until the page offers its keys: one pressed before goes nowhere."""
    expect(page.locator("[data-keys-help]").first).to_be_visible()


def _publish_and_undo(page: Page, number: int) -> None:
    open_item(page, number)
    _listens(page)
    page.keyboard.press("a")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-undo]")).to_contain_text(f"No. {number}")
    _listens(page)
    page.keyboard.press("u")
    expect(page.locator("body")).to_contain_text(f"The decision on no. {number} is undone.")
    expect(page.locator("#item-h")).to_have_text(f"No. {number}")
    expect(page.locator(".modcard")).to_contain_text("Taken by you until")


def _switch_keys_off(page: Page) -> None:
    """WCAG 2.1.4: single letters can be switched off, and stay so."""
    page.keyboard.press("?")
    switch = page.locator("#keys-on")
    expect(switch).to_be_visible()
    switch.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    page.reload()
    _listens(page)
    page.keyboard.press("r")
    expect(page.locator("[name=outcome][value=refuse]")).not_to_be_checked()
    page.keyboard.press("?")
    expect(switch).to_be_hidden()
