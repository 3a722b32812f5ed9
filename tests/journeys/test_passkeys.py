"""A passkey, from the page that adds it to the work that it opens, with a key that Chromium pretends to have."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import give_code

pytestmark = pytest.mark.journey

Window = Callable[..., Page]

A_PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_a_key(page: Page) -> list[str]:
    """Give the window a key, and return the list in which the browser's complaints will stand."""
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None)
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": A_PHONE})
    return complaints


def test_a_passkey_opens_the_work_of_a_moderator(visitor: Window) -> None:
    page = visitor("anders@vesterhav.example")
    complaints = with_a_key(page)
    _add_passkey(page)
    page.goto("/en/accounts/logout/")
    page.locator("main").get_by_role("button", name="Log out").click()

    page.goto("/en/accounts/login/?next=/en/moderation/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url(re.compile(r"/en/moderation/$"))

    expect(page.get_by_role("heading", level=1)).to_contain_text("Moderation")
    assert complaints == []


def _add_passkey(page: Page) -> None:
    """Add one, after a code, and pass the recovery codes if they are new."""
    page.goto("/en/accounts/second-step/webauthn/add/")
    give_code(page, to="/webauthn/add/")
    page.get_by_label("Name of the key").fill("My phone")
    page.get_by_label("Log in with it alone").check()
    page.get_by_role("button", name="Add the key").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Recovery codes")
    expect(page.locator("main")).to_contain_text("They are shown this once.")
    page.get_by_role("link", name="I have saved them").click()
    page.get_by_role("link", name="See your keys").click()
    expect(page.get_by_role("heading", name="My phone")).to_be_visible()


def test_without_the_key_the_page_says_so(visitor: Window) -> None:
    page = visitor()
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError'))")
    page.goto("/en/accounts/login/")

    page.get_by_role("button", name="Log in with a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("That did not work")


def test_without_script_a_password_will_do(visitor: Window) -> None:
    page = visitor(script=False)
    page.goto("/en/accounts/login/")

    expect(page.get_by_role("button", name="Log in with a passkey")).to_be_hidden()
    expect(page.get_by_role("button", name="Log in", exact=True)).to_be_visible()
