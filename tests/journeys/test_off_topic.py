"""A complaint below a greeting: two key presses move it to the suggestion box, where it lives on and is answered."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey

Window = Callable[..., Page]
COMPLAINT = "The bus to the station has been late every morning this month."
ANSWER = "The operator has put one more bus on the line from Monday."


def test_the_complaint_lives_on_and_the_greeting_stays_a_greeting(visitor: Window) -> None:
    author = visitor("lise@borger.example")
    greeting, number = _complain(author)

    moderator = visitor("anders@vesterhav.example")
    moderator.goto("/en/moderation/")
    _move_in_two_keys(moderator, number)
    item = moderator.url
    expect(moderator.locator(".modcard")).to_contain_text(COMPLAINT)
    moderator.keyboard.press("a")
    moderator.keyboard.press("Control+Enter")
    expect(moderator.locator(".messages")).to_contain_text("was published")
    assert "/moderation/items/" in item

    there = _receipt_in_the_box(author, greeting, number)
    _answer(visitor("rasmus@vesterhav.example"), there)
    reader = visitor()
    reader.goto("/en/suggestions/")
    expect(reader.locator("main")).to_contain_text(COMPLAINT)
    reader.get_by_role("link", name=COMPLAINT).click()
    expect(reader.locator("main")).to_contain_text(ANSWER)

    reader.goto(greeting)
    expect(reader.locator("main")).not_to_contain_text(COMPLAINT)
    expect(reader.locator(f"#c{number}")).to_contain_text("was moved to:")
    expect(reader.locator("#c1")).to_contain_text("Dejlig er jorden")
    reader.locator(f"#c{number}").get_by_role("link").click()
    expect(reader.locator("main")).to_contain_text(COMPLAINT)


def _complain(page: Page) -> tuple[str, int]:
    """Return the greeting's address and the number of a complaint that was sent below it."""
    page.goto("/en/news/")
    page.locator(".post h3 a").first.click()
    page.wait_for_url(re.compile("/topics/thread/"))
    greeting = page.url
    page.fill("textarea[name=body]", COMPLAINT)
    page.get_by_role("button", name="Send contribution").click()
    page.wait_for_url(re.compile("/receipt/"))
    return greeting, int(re.findall(r"/c/(\d+)/receipt/", page.url)[0])


def _move_in_two_keys(page: Page, number: int) -> None:
    """M opens the item with the suggestion box in focus, Enter sends it there."""
    page.locator(".qitem").filter(has_text="Juletræet").locator("h3 a").first.focus()
    page.keyboard.press("m")
    page.wait_for_url(re.compile("/moderation/items/"))
    expect(page.locator("[data-box]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text(f"No. {number} of")
    expect(page.locator(".messages")).to_contain_text("“Forslagskassen” now")


def _receipt_in_the_box(page: Page, greeting: str, number: int) -> str:
    """By the old receipt to the new one; return its address."""
    page.goto(f"{greeting.partition('topics/')[0]}c/{number}/receipt/")
    expect(page.locator("main")).to_contain_text("moved your contribution to the suggestion box")
    page.get_by_role("link", name=re.compile("^Receipt for no")).click()
    page.wait_for_url(re.compile(r"/consultations/suggestions/c/\d+/receipt/"))
    expect(page.locator("main")).to_contain_text(COMPLAINT)
    return page.url


def _answer(page: Page, receipt: str) -> None:
    page.goto(receipt.replace("/receipt/", "/answer/"))
    page.fill("textarea[name=body]", ANSWER)
    page.get_by_role("button", name="Publish the answer").click()
    expect(page.locator(".messages")).to_contain_text("is published as no.")
    page.goto(receipt.replace("/receipt/", "/status/"))
    page.get_by_label("Being looked at").check()
    page.get_by_role("button", name="Publish the status").click()
    expect(page.locator(".messages")).to_contain_text("Everyone can read it now")
