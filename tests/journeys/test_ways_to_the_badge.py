"""The three ways to the badge in a real browser: MitID, a letter with a code, the desk. And what gives none."""

import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from apps.residency.engine.codes import ALPHABET
from tests.journeys.faults import faults_of
from tests.journeys.mitid import come_back_from_mitid, log_in_with_mitid, show_it_again

pytestmark = pytest.mark.journey

PASSWORD = "a lighthouse in the dunes"
CODE = re.compile(f"[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}")

Window = Callable[..., Page]


def test_mitid_gives_the_badge_and_a_second_account_of_the_same_person_does_not_get_one(visitor: Window) -> None:
    first = _signed_up(visitor, "asta@borger.example", "Asta Andersen")
    come_back_from_mitid(first, "Asta Testesen")
    expect(first.locator("main")).to_contain_text("Klintmose")
    first.get_by_role("button", name="Get the badge").click()
    _has_badge(first, "Klintmose")

    second = _signed_up(visitor, "asta-again@borger.example", "Another Asta")
    come_back_from_mitid(second, "Asta Testesen")
    expect(second.get_by_role("heading", name=re.compile("already have a verified residency"))).to_be_visible()
    expect(second.locator("main")).not_to_contain_text("asta@borger.example")
    second.get_by_role("button", name="Change nothing").click()
    _has_no_badge(second)
    _has_badge(first, "Klintmose")

    come_back_from_mitid(second, "Asta Testesen")
    second.get_by_role("button", name="Move it to this account").click()
    _has_badge(second, "Klintmose")
    _has_no_badge(first)


def test_who_lives_elsewhere_gets_a_sentence_and_no_badge(visitor: Window) -> None:
    page = _signed_up(visitor, "clara@borger.example", "Clara Clausen")
    come_back_from_mitid(page, "Clara Testesen")

    expect(page.get_by_role("alert")).to_contain_text("you do not live in Vesterhav Kommune")
    _has_no_badge(page)


def test_who_turns_back_at_mitid_can_choose_another_way(visitor: Window) -> None:
    page = _signed_up(visitor, "elin@borger.example", "Elin Eriksen")
    come_back_from_mitid(page, "Afbryd")

    expect(page.locator("main")).to_contain_text(re.compile("letter", re.IGNORECASE))
    _has_no_badge(page)


def test_mitid_opens_an_account_and_logs_in_to_it(visitor: Window) -> None:
    page = visitor()
    log_in_with_mitid(page, "Elin Testesen")
    page.fill("input[name=email]", "elin.n@borger.example")
    page.fill("input[name=display_name]", "Elin Nielsen")
    page.get_by_role("button", name="Create an account", exact=True).click()
    _confirm(page, "elin.n@borger.example")
    page.goto("/en/me/verify/")
    page.get_by_role("button", name="Get the badge").click()
    _has_badge(page, "Havby")

    again = visitor()
    log_in_with_mitid(again, "Elin Testesen")
    _has_badge(again, "Havby")

    again.goto("/en/accounts/reauthenticate/")
    assert faults_of(again, "asking once more") == []
    show_it_again(again, "Elin Testesen", to="/en/me/data/")
    expect(again).to_have_url(re.compile(r"/en/me/data/$"))


def test_a_letter_with_a_code_gives_the_badge(visitor: Window) -> None:
    page = _signed_up(visitor, "lars@borger.example", "Lars Lund")
    page.goto("/en/me/verify/")
    page.get_by_role("link", name="Ask for a letter").click()
    page.fill("input[name=name]", "Lars Lund")
    page.fill("input[name=street]", "klintvej 7")
    page.fill("input[name=postal_code]", "9981")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("main")).to_contain_text("Klintvej 7")
    page.get_by_role("button", name="Send the letter").click()

    code = _post_the_letter(visitor("mette@vesterhav.example"), "Lars Lund")
    page.goto("/en/me/verify/code/")
    page.fill("input[name=code]", "AAAAA-AAAAA")
    page.get_by_role("button", name="Verify me").click()
    expect(page.locator("main")).to_contain_text(re.compile("tries left|4 tries|four", re.IGNORECASE))
    page.fill("input[name=code]", code.lower().replace("-", " "))
    page.get_by_role("button", name="Verify me").click()
    _has_badge(page, "Klintmose")


def test_the_desk_gives_the_badge(visitor: Window) -> None:
    page = _signed_up(visitor, "dorte@borger.example", "Dorte Dam")
    desk = visitor("rasmus@vesterhav.example")
    desk.goto("/en/desk/residents/")
    desk.fill("input[name=email]", "dorte@borger.example")
    desk.get_by_role("button", name="Find the account").click()
    desk.get_by_label("Passport and health card").check()
    desk.fill("input[name=name]", "Dorte Dam")
    desk.fill("input[name=address]", "Havnegade 14, 9982 Havby")
    desk.locator("select[name=district]").select_option(label="Havby")
    desk.get_by_role("button", name="Verify as resident").click()

    _has_badge(page, "Havby")
    page.goto("/en/me/data/")
    expect(page.locator("main")).to_contain_text(re.compile("verification at the desk", re.IGNORECASE))


def _signed_up(visitor: Window, email: str, name: str) -> Page:
    """Return a window in which somebody with a new, confirmed account is signed in."""
    page = visitor()
    page.goto("/en/accounts/signup/")
    page.fill("input[name=display_name]", name)
    page.fill("input[name=email]", email)
    page.fill("input[name=password1]", PASSWORD)
    page.get_by_role("button", name="Create an account", exact=True).click()
    page.wait_for_url(re.compile("confirm-email"))
    _confirm(page, email)
    return page


def _confirm(page: Page, email: str) -> None:
    for _try in range(60):
        page.goto("/en/demo/mail/")
        mail = page.locator("main li, main tr").filter(has_text=email)
        if mail.count():
            break
        page.wait_for_timeout(500)
    mail.first.get_by_role("link").first.click()
    page.locator('a[href*="/confirm-email/"]').first.click()
    page.get_by_role("button", name="Yes, confirm").click()
    page.wait_for_url(re.compile(r"^(?!.*confirm-email)"))


def _post_the_letter(desk: Page, name: str) -> str:
    """Return the code in the PDF of the letter, after it is said to be posted."""
    desk.goto("/en/desk/residents/letters/")
    expect(desk.locator("main")).to_contain_text(name)
    desk.get_by_role("button", name="Put the chosen letters together").click()
    with desk.expect_download() as started:
        desk.get_by_role("button", name="Letters (PDF)").click()
    pages = PdfReader(io.BytesIO(started.value.path().read_bytes())).pages
    text = next(text for text in (page.extract_text() for page in pages) if name in text)
    assert "Klintvej 7" in text
    desk.reload()
    desk.get_by_role("link", name="These letters are posted").click()
    desk.get_by_role("button", name="Yes, they are posted").click()
    expect(desk.locator("main")).not_to_contain_text("Klintvej 7")
    return CODE.findall(text)[0]


def _has_badge(page: Page, district: str) -> None:
    page.goto("/en/me/")
    expect(page.locator("main, aside").filter(has_text="Verified resident").first).to_be_visible()
    expect(page.locator("#residency-h").locator("..")).to_contain_text(district)


def _has_no_badge(page: Page) -> None:
    page.goto("/en/me/")
    expect(page.locator("#residency-h").locator("..")).to_contain_text("not verified")
