"""Paused, told why, refused with the text kept, appealed, refused to the same moderator, reversed by another, sent."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey

HEARING = "/en/consultations/vindmoeller-ved-klintmose/"
TOPIC = f"{HEARING}topics/groen-pulje/"
FIRST = "Whoever wrote no. 1 should move away from here."
NEXT = "Let the green fund pay for the path along the dike."
TO_THEM = "You told four neighbours to move away."
AUTHOR = "Birgit Aagaard"
APPEAL = "I wrote that once, and took it back."
REASONS = "It was one text, and it was taken back."

Window = Callable[..., Page]


def test_from_a_pause_to_a_text_that_can_be_sent_again(visitor: Window) -> None:
    author = visitor("birgit@borger.example")
    number = _send(author, FIRST)
    author.goto(TOPIC)
    author.fill("textarea[name=body]", NEXT)  # the form is open while a moderator decides
    first = visitor("sofie@vesterhav.example")
    _pause(first, number)
    author.get_by_role("button", name="Send contribution").click()
    expect(author.locator("main")).to_contain_text("A moderator has paused your writing here until")
    expect(author.locator("textarea[name=body]")).to_have_value(NEXT)
    _read_the_reasons_by_mail(author)
    _appeal(author)
    _be_refused(first)
    _reverse(visitor("anders@vesterhav.example"))
    author.goto(TOPIC)
    expect(author.locator("textarea[name=body]")).to_have_value(NEXT)
    author.get_by_role("button", name="Send contribution").click()
    author.wait_for_url(re.compile("/receipt/"))
    reader = visitor()
    reader.goto(f"{HEARING}moderation/")
    log = reader.locator("main")
    expect(log).to_contain_text("Somebody's writing was paused")
    expect(log).to_contain_text("it was reversed")
    expect(log).not_to_contain_text("Birgit")
    expect(log).not_to_contain_text(TO_THEM)


def _send(page: Page, text: str) -> int:
    page.goto(TOPIC)
    page.fill("textarea[name=body]", text)
    page.get_by_role("button", name="Send contribution").click()
    page.wait_for_url(re.compile("/receipt/"))
    return int(re.findall(r"/c/(\d+)/receipt/", page.url)[0])


def _pause(page: Page, number: int) -> None:
    page.goto("/en/moderation/")
    page.get_by_role("link", name=re.compile(rf"No\. {number}\b")).first.click()
    page.get_by_role("link", name="Pause the author's writing for a while").click()
    page.get_by_label("3 days").check()
    page.select_option("select[name=reason]", "personal_attack")
    page.fill("textarea[name=sentence]", TO_THEM)
    page.get_by_role("button", name="Pause their writing").click()
    expect(page.locator("main")).to_contain_text("confirm that nothing milder helps")
    page.get_by_label("I have read what was decided before").check()
    page.get_by_role("button", name="Pause their writing").click()
    expect(page.locator(".messages")).to_contain_text("Their writing is paused.")


def _read_the_reasons_by_mail(page: Page) -> None:
    for _try in range(60):
        page.goto("/en/demo/mail/")
        mail = page.locator("main li, main tr").filter(has_text="birgit@borger.example").filter(has_text="Du kan ikke")
        if mail.count():
            mail.first.get_by_role("link").first.click()
            expect(page.locator("main")).to_contain_text(TO_THEM)
            return
        page.wait_for_timeout(1_000)
    pytest.fail("No mail told the reasons")


def _appeal(page: Page) -> None:
    page.goto("/en/me/")
    page.get_by_role("link", name="You cannot write until").click()
    expect(page.locator("main")).to_contain_text(TO_THEM)
    page.get_by_role("link", name="Appeal", exact=True).click()
    page.fill("textarea[name=text]", APPEAL)
    page.get_by_role("button", name="Send the appeal").click()
    page.wait_for_url(re.compile(r"/me/pauses/\d+/$"))
    expect(page.locator("main")).to_contain_text("You appealed against the decision.")


def _open_the_appeal(page: Page) -> None:
    page.goto("/en/moderation/pauses/")
    page.locator("section[aria-labelledby=appeals-h]").get_by_role("link", name=AUTHOR).click()
    expect(page.locator("main")).to_contain_text(APPEAL)


def _be_refused(page: Page) -> None:
    _open_the_appeal(page)
    expect(page.locator("main")).to_contain_text("You made the decision that this appeal is about.")
    expect(page.locator("form.card")).to_have_count(0)


def _reverse(page: Page) -> None:
    _open_the_appeal(page)
    page.locator("input[name=outcome][value=reversed]").check()
    page.fill("textarea[name=sentence]", REASONS)
    page.get_by_role("button", name="Send the decision").click()
    expect(page.locator(".messages")).to_contain_text("The pause is reversed.")
