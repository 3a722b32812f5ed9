"""Refused, told why, appealed, refused to the same moderator, reversed by another, shown in its place, seen by all."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.journey

HEARING = "/en/consultations/vindmoeller-ved-klintmose/"
TOPIC = f"{HEARING}topics/groen-pulje/"
TEXT = "Whoever drew this plan has never stood in the lee of a turbine."
RULE = "The text is about a person and not about the plan."
APPEAL = "I wrote about the plan. I do not know who drew it."
REASONS = "The text is about the plan, sharply, as one may."

Window = Callable[..., Page]


def test_from_a_refusal_to_a_text_shown_after_an_appeal(visitor: Window) -> None:
    author = visitor("peter@borger.example")
    number = _send(author)
    first = visitor("sofie@vesterhav.example")
    _refuse(first, number)
    _appeal(author, number, by=_read_the_reasons_by_mail(author, number))
    _be_refused(first, number)
    _reverse(visitor("anders@vesterhav.example"), number)
    reader = visitor()
    reader.goto(f"{HEARING}c/{number}/")
    article = reader.locator(f"#c{number}")
    expect(article).to_contain_text(TEXT)
    expect(article).to_contain_text("Shown after an appeal")
    reader.goto(f"{HEARING}ledger/")
    expect(reader.locator("main")).to_contain_text("the decision was reversed")
    reader.goto(f"{HEARING}moderation/")
    expect(reader.locator("main")).to_contain_text(f"No. {number} is shown after all.")
    author.goto(f"{HEARING}c/{number}/receipt/")
    expect(author.locator("main")).to_contain_text(REASONS)


def _send(page: Page) -> int:
    """Return the receipt number of a text that somebody sent."""
    page.goto(TOPIC)
    page.fill("textarea[name=body]", TEXT)
    page.get_by_role("button", name="Send contribution").click()
    page.wait_for_url(re.compile("/receipt/"))
    return int(re.findall(r"/c/(\d+)/receipt/", page.url)[0])


def _refuse(page: Page, number: int) -> None:
    page.goto("/en/moderation/")
    page.get_by_role("link", name=re.compile(rf"No\. {number}\b")).first.click()
    page.locator("input[name=outcome][value=refuse]").check()
    page.select_option("select[name=reason]", "personal_attack")
    page.fill("textarea[name=sentence]", RULE)
    page.locator("form.decide").get_by_role("button").last.click()
    expect(page.locator(".messages")).to_contain_text(f"No. {number} was not published")


def _read_the_reasons_by_mail(page: Page, number: int) -> str:
    """Return where the mail leads to appeal."""
    for _try in range(60):
        page.goto("/en/demo/mail/")
        mail = page.locator("main li, main tr").filter(has_text="peter@borger.example").filter(has_text=f"nr. {number}")
        if mail.filter(has_text="ikke").count():
            mail.filter(has_text="ikke").first.get_by_role("link").first.click()
            expect(page.locator("main")).to_contain_text(RULE)
            # The mail is in Danish; the author goes on in English.
            found = re.findall(
                rf"/consultations/\S+/c/{number}/appeal/\?statement=\w+", page.locator("main").inner_text()
            )
            return f"/en{found[0]}"
        page.wait_for_timeout(1_000)
    return pytest.fail("No mail told the reasons")


def _appeal(page: Page, number: int, *, by: str) -> None:
    page.goto(f"{HEARING}c/{number}/receipt/")
    expect(page.get_by_role("link", name="Appeal").first).to_be_visible()
    page.goto(by)
    expect(page.locator("main")).to_contain_text(RULE)
    page.fill("textarea[name=text]", APPEAL)
    page.get_by_role("button", name="Send the appeal").click()
    page.wait_for_url(re.compile("/receipt/"))
    expect(page.locator("main")).to_contain_text("You appealed against the decision.")


def _be_refused(page: Page, number: int) -> None:
    """There is no form for who decided first, and one that is sent all the same is refused."""
    line = _open_appeal(page, number)
    expect(line).to_contain_text("You decided first")
    line.get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("You made the decision that this appeal is about.")
    expect(page.locator("input[name=outcome]")).to_have_count(0)
    expect(page.locator("[data-claim]")).to_have_count(0)
    sent = page.evaluate(
        """async () => {
            const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
            const typed = {csrfmiddlewaretoken: token, outcome: "reversed", sentence: "I was wrong."};
            return (await fetch(location.href, {method: "POST", body: new URLSearchParams(typed)})).status;
        }"""
    )
    assert sent == 403


def _open_appeal(page: Page, number: int) -> Locator:
    """Return the line of the appeal in the queue of appeals."""
    page.goto("/en/moderation/?thing=appeals")
    return page.locator(".qitem").filter(has=page.get_by_role("link", name=f"No. {number} "))


def _reverse(page: Page, number: int) -> None:
    _open_appeal(page, number).get_by_role("link").click()
    expect(page.locator("main")).to_contain_text(APPEAL)
    page.keyboard.press("c")
    expect(page.locator(".modcard")).to_contain_text("Taken by you until")
    page.get_by_label("Reversed: the text is shown at its place").check()
    page.fill("textarea[name=sentence]", REASONS)
    page.get_by_role("button", name="Send the decision").click()
    expect(page.locator(".messages")).to_contain_text(f"No. {number} is shown at its place")
    assert "thing=appeals" in page.url
