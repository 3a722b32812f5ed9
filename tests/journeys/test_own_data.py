"""What people do with their own data: take a copy of it, and leave for good."""

import io
import json
import re
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from apps.portal.demo.content.people import DEMO_PASSWORD
from tests.journeys.conftest import sign_in

pytestmark = pytest.mark.journey

HEARING = "/en/consultations/vindmoeller-ved-klintmose/"

Window = Callable[..., Page]


def test_a_copy_of_ones_data_is_made_fetched_and_for_nobody_else(visitor: Window) -> None:
    page = visitor()
    sign_in(page, "birgit@borger.example")
    page.goto("/en/me/data/")
    _press(page, "Make a copy")
    link = page.locator('a[href*="/me/data/copies/"]')
    for _try in range(40):
        if link.count():
            break
        page.wait_for_timeout(500)
        page.goto("/en/me/data/")
    address = link.first.get_attribute("href") or ""
    with page.expect_download() as started:
        link.first.click()
    archive = zipfile.ZipFile(io.BytesIO(started.value.path().read_bytes()))

    texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert any(name.endswith(".html") for name in texts)
    assert any("birgit@borger.example" in text for name, text in texts.items() if name.endswith(".json"))
    assert all(json.loads(text) is not None for name, text in texts.items() if name.endswith(".json"))
    other = visitor("peter@borger.example")
    assert other.request.get(address, max_redirects=0).status in {302, 404}
    assert visitor().request.get(address, max_redirects=0).status == 302


def test_who_leaves_is_gone_and_what_they_wrote_stands_without_their_name(visitor: Window) -> None:
    page = visitor()
    sign_in(page, "torben@borger.example")
    page.goto("/en/me/")
    public = page.locator("ol.thread > li, ol.thread article").filter(has_text="Published").first
    number = re.findall(r"No\. (\d+)", public.inner_text())[0]
    page.goto("/en/me/delete/")
    expect(page.locator("main")).to_contain_text("contributions stay, without your name")
    page.fill("input[name=address]", "torben@borger.example")
    _press(page, "Delete my account for ever")
    page.wait_for_url(re.compile("/goodbye/"))

    page.goto(f"{HEARING}c/{number}/")
    expect(page.locator(f"#c{number}")).to_contain_text("Name deleted")
    page.goto("/en/accounts/login/")
    page.fill("input[name=login]", "torben@borger.example")
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.locator("main")).to_contain_text("e-mail address or the password is wrong")


def _press(page: Page, name: str) -> None:
    """Press a button, and type the password once more where it is asked for; what was sent then goes on."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()
    if page.locator("input[name=password]").count():
        page.fill("input[name=password]", DEMO_PASSWORD)
        with page.expect_navigation():
            page.locator("main form button[type=submit]").first.click()
