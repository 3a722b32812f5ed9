"""The main job from end to end, in real windows: written signed out, verified, approved, seen live, answered, cited."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey

HEARING = "/en/consultations/vindmoeller-ved-klintmose/"
TOPIC = f"{HEARING}topics/groen-pulje/"
TEXT = "Give half of the green fund to the path along the dunes, and light it with lamps that dim."
ANSWER = "Yes. The path is among the projects that can apply, and the lamps are too."
STATEMENT = "The path along the dunes"

Window = Callable[..., Page]


def test_from_a_text_written_signed_out_to_a_citation_in_the_summary(visitor: Window) -> None:
    reader = visitor()
    reader.goto(TOPIC)
    number = _write_sign_up_and_send(visitor)
    _approve(visitor("sofie@vesterhav.example"), number)
    _see_it_arrive(reader, number)
    official = visitor("mette@vesterhav.example")
    _answer(official, number)
    _cite(official, number)
    reader.goto(f"{HEARING}summary/")
    expect(reader.get_by_role("heading", name=STATEMENT)).to_be_visible()
    reader.locator("a.cite", has_text=f"#{number}").first.click()
    article = reader.locator(f"#c{number}")
    expect(article).to_contain_text("light it with lamps")
    expect(article.get_by_role("link", name=STATEMENT)).to_be_visible()


def _write_sign_up_and_send(visitor: Window) -> int:
    """Return the receipt number of a text that was written before there was an account."""
    page = visitor()
    page.goto(TOPIC)
    page.get_by_label("Proposal").check()
    page.fill("textarea[name=body]", TEXT)
    page.get_by_role("button", name="Send contribution").click()
    page.wait_for_url(re.compile("/accounts/login/"))
    expect(page.locator("main")).to_contain_text("Give half of the green fund")
    page.locator("main").get_by_role("link", name="Create an account").first.click()
    page.fill("input[name=display_name]", "Astrid Holm")
    page.fill("input[name=email]", "astrid@borger.example")
    page.fill("input[name=password1]", "a path along the dunes")
    page.get_by_role("button", name="Create an account", exact=True).click()
    page.wait_for_url(re.compile("confirm-email"))
    _confirm_by_mail(page)
    _verify_at_the_desk(visitor("rasmus@vesterhav.example"), "astrid@borger.example", "Astrid Holm")
    page.goto(TOPIC)
    expect(page.locator("textarea[name=body]")).to_have_value(TEXT)
    page.get_by_role("button", name="Send contribution").click()
    page.wait_for_url(re.compile("/receipt/"))
    expect(page.locator("main")).to_contain_text(TEXT)
    number = int(re.findall(r"/c/(\d+)/receipt/", page.url)[0])
    _wait_for_mail(page, "astrid@borger.example", f"{number}")
    return number


def _confirm_by_mail(page: Page) -> None:
    _wait_for_mail(page, "astrid@borger.example", "")
    page.locator('a[href*="/confirm-email/"]').first.click()
    page.get_by_role("button", name="Yes, confirm").click()
    page.wait_for_url(re.compile("/topics/groen-pulje/"))
    expect(page.locator("textarea[name=body]")).to_have_value(TEXT)


def _wait_for_mail(page: Page, address: str, words: str) -> None:
    """Open the newest mail to an address, waiting for it as long as a receipt may take."""
    for _try in range(60):
        page.goto("/en/demo/mail/")
        mail = page.locator("main li, main tr").filter(has_text=address).filter(has_text=words)
        if mail.count():
            mail.first.get_by_role("link").first.click()
            return
        page.wait_for_timeout(1_000)
    pytest.fail(f"No mail to {address} within a minute")


def _verify_at_the_desk(page: Page, address: str, name: str) -> None:
    page.goto("/en/desk/residents/")
    page.fill("input[name=email]", address)
    page.get_by_role("button", name="Find the account").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.get_by_label("Passport and health card").check()
    page.fill("input[name=name]", name)
    page.fill("input[name=address]", "Havnegade 12, 7999 Havby")
    page.locator("select[name=district]").select_option(label="Havby")
    page.get_by_role("button", name="Verify as resident").click()
    expect(page.get_by_role("row", name=re.compile(name))).to_contain_text("Havby")


def _approve(page: Page, number: int) -> None:
    page.goto("/en/moderation/")
    page.get_by_role("link", name=re.compile(rf"No\. {number}\b.*Astrid Holm")).click()
    expect(page.locator("main")).to_contain_text("light it with lamps")
    page.locator("input[name=outcome][value=publish]").check()
    page.locator("form.decide").get_by_role("button").last.click()
    expect(page.locator(".flash, .notice").first).to_be_visible()


def _see_it_arrive(page: Page, number: int) -> None:
    """The window that was open all the time offers the new contribution and shows it at its place."""
    offer = page.locator(".live[data-live^='topic:']")
    expect(offer).to_contain_text(re.compile("1 new contribution"), timeout=20_000)
    expect(page.locator(f"#c{number}")).to_have_count(0)
    offer.get_by_role("link").or_(offer.get_by_role("button")).first.click()
    article = page.locator(f"#c{number}")
    expect(article).to_contain_text("light it with lamps")
    expect(article).to_contain_text("Verified resident")


def _answer(page: Page, number: int) -> None:
    page.goto(f"{HEARING}c/{number}/answer/")
    page.fill("textarea[name=body]", ANSWER)
    page.get_by_role("button", name=re.compile("Publish")).first.click()
    expect(page.locator(f'article[data-parent="{number}"]')).to_contain_text(ANSWER)


def _cite(page: Page, number: int) -> None:
    """Write one more statement into the summary and publish it."""
    page.goto("/en/desk/consultations/vindmoeller-ved-klintmose/summary/")
    empty = page.locator("input[name$=title]").last
    empty.fill(STATEMENT)
    page.locator("textarea[name$=body]").last.fill("Half of the fund should go to the path.")
    page.locator("[name$=cites]").last.fill(f"#{number}")
    page.get_by_role("button", name="Save and go on to publishing").click()
    page.get_by_role("button", name="Publish in place of the last version").click()
    expect(page.locator(".flash, .notice").first).to_be_visible()
