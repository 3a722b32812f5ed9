"""Pages in a state, as a form that came back with its errors, have no fault that axe can find and fit every width."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ROOT
from tests.journeys.faults import faults_of, hears_policy, too_wide
from tests.journeys.mitid import come_back_from_mitid
from tests.journeys.states import CONFIRMED, STATES, Made

# Pages look the same whatever the database: once is enough.
pytestmark = [pytest.mark.journey, pytest.mark.embedded]

LANGUAGES = {"": "light", "en/": "dark"}
WIDTHS = (1280, 390, 320)
# By whether the page is in English. By night, with LONG set, both languages are read, and axe looks at all widths.
LOOKS = {False: 1280, True: 390}

Window = Callable[..., Page]


@pytest.fixture(scope="module")
def made(demo: str, demo_environment: dict[str, str]) -> Made:
    """What stands in the addresses of pages, after all of it was made beside the running demo."""
    command = [sys.executable, "-m", "tests.journeys.making"]
    done = subprocess.run(command, cwd=ROOT, env=demo_environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert done.returncode == 0, done.stderr
    found: Made = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", STATES)
def test_a_page_in_a_state_has_no_fault(name: str, visitor: Window, made: Made) -> None:
    state = STATES[name]
    page = visitor(state.who)
    faults = hears_policy(page)
    for prefix, scheme in _languages_of(name).items():
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        state.reach(page, prefix, made)
        faults += _at_every_width(page, f"/{prefix}{state.path}")
    assert faults == []


def _languages_of(name: str) -> dict[str, str]:
    """Return by day one language, for one state Danish and for the next English; with LONG set both."""
    one = list(LANGUAGES)[list(STATES).index(name) % 2]
    return LANGUAGES if os.environ.get("LONG") else {one: LANGUAGES[one]}


def test_the_form_that_opens_the_suggestion_box_has_no_fault(visitor: Window, made: Made) -> None:
    address, page = "/desk/suggestions/new/", visitor("mette@vesterhav.example")
    page.route(f"**{address}", lambda route: route.fulfill(body=made["box_form"], content_type="text/html"))
    page.goto(address)
    expect(page.locator("main form textarea").first).to_be_visible()

    assert _at_every_width(page, address) == []


def test_the_offer_to_somebody_with_another_account_has_no_fault(visitor: Window, made: Made) -> None:
    first = visitor(made["first"])
    come_back_from_mitid(first, "Bo Testesen")
    first.get_by_role("button", name="Get the badge").click()
    page = visitor(made["second"])
    come_back_from_mitid(page, "Bo Testesen")
    expect(page.get_by_role("button", name="Move it to this account")).to_be_visible()

    faults = hears_policy(page)
    for prefix in LANGUAGES:
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        page.goto(f"/{prefix}me/verify/")
        faults += _at_every_width(page, f"/{prefix}me/verify/")

    assert faults == []


def test_the_last_page_of_who_deleted_their_account_has_no_fault(visitor: Window, made: Made) -> None:
    page = visitor(made["leaver"])
    page.goto("/en/me/delete/")
    page.fill("input[name=address]", made["leaver"])
    page.get_by_role("button", name="Delete my account for ever").click()
    page.wait_for_url(re.compile("reauthenticate|goodbye"))
    CONFIRMED.by(page)
    page.wait_for_url("**/en/goodbye/")

    assert _at_every_width(page, "/en/goodbye/") == []


def _at_every_width(page: Page, name: str) -> list[Any]:
    """Return what scrolls sideways, and what axe finds: in Danish wide and light, in English narrow and dark."""
    look = LOOKS[name.startswith("/en/")]
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        find = faults_of if width == look or os.environ.get("LONG") else too_wide
        faults += find(page, f"{name} at {width} px")
    return faults
