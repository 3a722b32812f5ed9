"""Officials take a conversation to a published white paper: sentences, letters, several points, and a second reader."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ROOT
from tests.journeys.faults import faults_of, hears_policy

pytestmark = pytest.mark.journey

METTE, RASMUS = "mette@vesterhav.example", "rasmus@vesterhav.example"
IMPORTED = "cycling-moers"


@pytest.fixture(params=["made", "imported"])
def conversation(request: pytest.FixtureRequest, demo: str, demo_environment: dict[str, str]) -> dict[str, Any]:
    """A conversation in the running demo: one of a hundred and twenty texts, or one that was held elsewhere."""
    assert demo
    command = [sys.executable, "-m", "tests.journeys.conversation"]
    if request.param == "imported":
        folder: Path = request.getfixturevalue("real_data") / IMPORTED
        if not folder.exists():
            pytest.skip("There are no published conversations here.")
        command.append(str(folder))
    done = subprocess.run(command, cwd=ROOT, env=demo_environment, check=True, capture_output=True)  # noqa: S603 - ours
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def go(page: Page, act: Callable[[], Any]) -> None:
    """Do what leads to another page, and wait for it."""
    with page.expect_navigation():
        act()


def press(page: Page, name: str) -> None:
    go(page, page.get_by_role("button", name=name, exact=True).first.click)


def put_under(mette: Page, rasmus: Page, slug: str) -> None:
    """Put sentences of two contributions under two statements, with the mouse and the keys; a colleague sees it."""
    mette.goto(f"/en/desk/consultations/{slug}/coding/")
    first, second = mette.locator(".code").nth(0), mette.locator(".code").nth(1)
    one, two = (str(row.get_attribute("id")) for row in (first, second))
    rasmus.goto(f"/en/desk/consultations/{slug}/coding/")

    # With the mouse: sentences, then a statement that is written for them.
    first.locator(".code__text label").first.click()
    expect(mette.locator("[data-chosen]")).to_have_text("1 chosen")
    mette.get_by_label("The argument in one neutral line").fill("Støjen om natten er for høj")
    mette.get_by_role("button", name="Make it, with what is chosen").click()
    expect(mette.locator(f"#{one} .code__point")).to_have_count(1)
    mette.locator("[data-new] summary").click()
    mette.get_by_label("The argument in one neutral line").fill("Der mangler træer langs vejen")
    mette.keyboard.press("Enter")
    expect(mette.locator("button.under")).to_have_count(2)

    # With the keys: the next contribution, two of its sentences, each under another statement.
    mette.locator(f"#{one}").focus()
    mette.keyboard.press("j")
    for label in ("11", "12"):
        mette.keyboard.press("l")
        mette.keyboard.press("x")
        expect(mette.locator("[data-chosen]")).to_have_text("1 chosen")
        mette.keyboard.type(label)
        expect(mette.locator(f"#{two} .code__point")).to_have_count(1 if label == "11" else 2)
        expect(mette.locator("[data-chosen]")).to_have_text("Nothing is chosen yet.")
        mette.keyboard.press("l")

    # What a colleague chose meanwhile stays chosen when the page of the other changes.
    rasmus.locator(f"#{two} .code__text label").first.click()
    expect(rasmus.locator(f"#{two} .code__point")).to_have_count(2)
    expect(rasmus.locator("[data-chosen]")).to_have_text("1 chosen")


def put_the_letter(page: Page, slug: str, letter: int) -> None:
    """Put one of a letter under the first statement, without JavaScript: the rest goes with it."""
    page.goto(f"/en/desk/consultations/{slug}/coding/?letter=several&show=unplaced")
    expect(page.locator(".code")).to_have_count(letter)
    expect(page.locator(".code").first).to_contain_text(f"{letter - 1} others sent the same letter")
    page.locator(".code [name=all]").first.check(force=True)
    go(page, page.locator("button.under").first.click)
    assert "letter=several" in page.url
    expect(page.get_by_role("heading", name="No published contribution is like that.")).to_be_visible()


def reply(page: Page, slug: str) -> None:
    """Reply to both statements; a disposition without a reply is refused, and what was typed stays."""
    for place, disposition in ((0, "partly"), (1, "noted")):
        page.goto(f"/en/desk/consultations/{slug}/whitepaper/")
        go(page, page.locator(".papers__item h4 a").nth(place).click)
        page.get_by_label("What is made of it").select_option(disposition)
        page.get_by_label("What is changed").fill("Grænsen for støj er sat ned.")
        press(page, "Save")
        expect(page.locator(".errors")).to_contain_text("Write the reply too")
        expect(page.get_by_label("What is changed")).to_have_value("Grænsen for støj er sat ned.")
        page.get_by_label("The administration's reply").fill("Forvaltningen foreslår **nye målinger** hvert år.")
        press(page, "Save")


def note_all_but_one(page: Page, slug: str) -> int:
    """Note what is missing, fifty at a time, but the last; return its number."""
    page.goto(f"/en/desk/consultations/{slug}/whitepaper/missing/")
    while True:
        boxes = page.locator("[name=number]")
        more = page.get_by_role("link", name="More that are missing").count()
        for place in range(boxes.count() - (0 if more else 1)):
            boxes.nth(place).check()
        left = int(boxes.last.get_attribute("value") or 0)
        page.get_by_label("Why, for everyone to read").fill("Synspunktet er besvaret i tråden.")
        press(page, "Note what is chosen")
        if not more:
            return left


def test_a_conversation_becomes_a_published_white_paper(
    visitor: Callable[..., Page], conversation: dict[str, Any]
) -> None:
    slug, desk = conversation["slug"], f"/en/desk/consultations/{conversation['slug']}/whitepaper/"
    mette, rasmus, plain = visitor(METTE), visitor(RASMUS), visitor(METTE, script=False)
    heard, faults = hears_policy(mette), []
    mette.goto("/en/desk/")
    go(mette, mette.locator(f'a[href="{desk}"]').first.click)
    press(mette, "Begin the white paper")

    put_under(mette, rasmus, slug)
    faults += faults_of(mette, "workbench")
    if conversation["letter"]:
        put_the_letter(plain, slug, conversation["letter"])
    reply(mette, slug)
    faults += faults_of(mette, "white paper")
    left = note_all_but_one(mette, slug)
    faults += faults_of(mette, "missing")

    # One of all is missing: a colleague is asked, and cannot publish.
    mette.goto(desk)
    expect(mette.locator(".coverage")).to_contain_text("99 %")
    press(mette, "Ask a colleague to read and publish it")
    rasmus.goto(desk)
    go(rasmus, rasmus.get_by_role("link", name="Read it and publish").click)
    faults += faults_of(rasmus, "publishing")
    press(rasmus, "Publish to everyone")
    expect(rasmus.locator(".errors")).to_contain_text(f"1 contribution is neither treated nor noted: no. {left}.")
    rasmus.goto(desk)
    rasmus.get_by_label("What has to change").fill(f"Nr. {left} mangler.")
    press(rasmus, "Send it back")

    mette.goto(desk)
    expect(mette.locator("main")).to_contain_text(f"Nr. {left} mangler.")
    go(mette, mette.get_by_role("link", name="See the one that is missing").click)
    mette.locator("[name=number]").check()
    mette.get_by_label("Why, for everyone to read").fill("En hilsen.")
    press(mette, "Note what is chosen")
    mette.goto(desk)
    expect(mette.locator(".coverage")).to_contain_text("100 %")
    press(mette, "Ask a colleague to read and publish it")
    expect(mette.get_by_role("link", name="Read it and publish")).to_have_count(0)

    rasmus.goto(f"{desk}publish/")
    press(rasmus, "Publish to everyone")
    expect(rasmus.locator("main")).to_contain_text("Version 1 is public")
    expect(rasmus.locator("main")).to_contain_text(re.compile("of whom|1 person|people"))
    assert not faults, "\n".join(faults)
    assert heard == []
