"""Going through the pages of the demo's MitID, which are in English."""

import re

import pytest
from playwright.sync_api import Page, expect


def come_back_from_mitid(page: Page, who: str) -> None:
    """Start from the page that leads to the badge, which offers MitID once its provider is up."""
    _until_offered(page, "/en/me/verify/", "Show it with MitID")
    _be(page, who)


def log_in_with_mitid(page: Page, who: str) -> None:
    """Log in, or begin an account, as that test person."""
    _until_offered(page, "/en/accounts/login/", "Log in with MitID")
    _be(page, who)


def show_it_again(page: Page, who: str, *, to: str) -> None:
    """Show on the page that asks once more that it is still that test person, and go on to an address of the site."""
    _until_offered(page, f"/en/accounts/reauthenticate/?next={to}", "Show it with MitID")
    _be(page, who)


def _until_offered(page: Page, address: str, words: str) -> None:
    for _try in range(90):
        page.goto(address)
        button = page.get_by_role("button", name=re.compile(words))
        if button.count():
            button.click()
            return
        page.wait_for_timeout(1_000)
    pytest.fail("The demo did not offer MitID within a minute and a half: are node and npm installed?")


def _be(page: Page, who: str) -> None:
    expect(page.locator("main")).to_contain_text("This is not MitID")
    page.get_by_role("button", name=re.compile(who)).click()
    page.wait_for_url(re.compile(r"^http://localhost:\d+/en/"))
