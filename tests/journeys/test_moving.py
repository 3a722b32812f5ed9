"""Moved to another hearing without script: the old address shows where to; mail and receipts tell both numbers."""

import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ROOT
from tests.journeys.moving import TITLE

pytestmark = pytest.mark.journey

HEARING = "/en/consultations/vindmoeller-ved-klintmose/"
TOPIC = f"{HEARING}topics/groen-pulje/"
TEXT = "The way to school is dark from October on."

Window = Callable[..., Page]


def test_from_the_wrong_hearing_to_the_right_one(visitor: Window, demo_environment: dict[str, str]) -> None:
    there = f"/en/consultations/{_another_hearing(demo_environment)}/"
    author, moderator = visitor("peter@borger.example"), visitor("sofie@vesterhav.example", width=390, script=False)
    number = _send(author)
    _publish(moderator, number)
    _move(moderator, number)

    reader = visitor()
    reader.goto(f"{HEARING}c/{number}/")
    signpost = reader.locator(f"#c{number}")
    expect(signpost).to_contain_text(f"No. {number} was moved to another hearing:")
    expect(reader.locator("main")).not_to_contain_text(TEXT)
    signpost.get_by_role("link", name=f"“{TITLE}”, no. 1").click()
    expect(reader).to_have_url(re.compile(rf"{there}topics/skoleveje/#c1$"))
    expect(reader.locator("#c1")).to_contain_text(TEXT)
    reader.locator("#c1").get_by_role("link", name=re.compile("moved here from")).click()
    expect(reader.locator(f"#c{number}")).to_be_visible()

    _read_both_receipts(author, number, there)
    _read_the_mail(author, number)
    for place, words in ((HEARING, f"No. {number} was moved to"), (there, "No. 1 was moved here from")):
        reader.goto(f"{place}moderation/")
        expect(reader.locator("main")).to_contain_text(words)


def _another_hearing(environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "tests.journeys.moving"]
    made = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)  # noqa: S603 - our own
    return made.stdout.split()[-1]


def _send(page: Page) -> int:
    """Return the receipt number of a text that somebody sent."""
    page.goto(TOPIC)
    page.fill("textarea[name=body]", TEXT)
    page.get_by_role("button", name="Send contribution").click()
    page.wait_for_url(re.compile("/receipt/"))
    return int(re.findall(r"/c/(\d+)/receipt/", page.url)[0])


def _publish(page: Page, number: int) -> None:
    page.goto("/en/moderation/")
    page.get_by_role("link", name=re.compile(rf"^No\. {number}\b")).first.click()
    page.locator("input[name=outcome][value=publish]").check()
    page.locator("form.decide").get_by_role("button").last.click()
    expect(page.locator(".messages")).to_contain_text(f"No. {number} was published")


def _move(page: Page, number: int) -> None:
    """By the log to the text again, and by its form to the other hearing."""
    page.goto("/en/moderation/log/")
    page.get_by_role("link", name=re.compile(rf"^No\. {number}\b")).first.click()
    page.locator("input[name=outcome][value=move]").check()
    page.select_option("select[name=to]", label="Skoleveje")
    page.locator("form.decide").get_by_role("button").last.click()
    expect(page.locator(".messages")).to_contain_text(f"is no. 1 of “{TITLE}” now")
    expect(page.locator("#item-h")).to_have_text("No. 1")


def _read_both_receipts(page: Page, number: int, there: str) -> None:
    page.goto(f"{HEARING}c/{number}/receipt/")
    expect(page.locator("main")).to_contain_text(f"It is no. 1 of “{TITLE}” now.")
    expect(page.locator("main")).not_to_contain_text(TEXT)
    page.get_by_role("link", name="Receipt for no. 1").click()
    expect(page).to_have_url(re.compile(f"{there}c/1/receipt/$"))
    expect(page.locator("main")).to_contain_text(TEXT)
    expect(page.locator(".receipt")).to_contain_text(f"No. {number} of")


def _read_the_mail(page: Page, number: int) -> None:
    for _try in range(60):
        page.goto("/en/demo/mail/")
        mail = page.locator("main li, main tr").filter(has_text=f"nr. {number} er flyttet og er nu nr. 1")
        if mail.count():
            mail.first.get_by_role("link").first.click()
            expect(page.locator("main")).to_contain_text(f"til »{TITLE}«")
            expect(page.locator("main")).to_contain_text("/c/1/")
            return
        page.wait_for_timeout(1_000)
    pytest.fail("No mail told of the move")
