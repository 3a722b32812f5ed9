"""Maps in a browser: a resident chooses a place, an official draws an area, a reader goes through the points."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.faults import faults_of, hears_policy

pytestmark = [pytest.mark.journey, pytest.mark.embedded]

BIRGIT, METTE = "birgit@borger.example", "mette@vesterhav.example"
HEARING = "/en/consultations/vindmoeller-ved-klintmose/"
WRITE = f"{HEARING}topics/udsigt-og-landskab/write/"
SHEET = ".map__live.leaflet-container"
PLACE = re.compile(r"^56\.\d{6} 8\.\d{6}$")


def hears_others(page: Page, own: str) -> list[str]:
    """Return the list in which stands, from now on, what was asked of other servers."""
    heard: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith((own, "data:")) else heard.append(asked.url))
    return heard


def test_a_reader_goes_through_the_points_with_the_keyboard(visitor: Callable[..., Page], demo: str) -> None:
    page = visitor(width=390)
    refused, others = hears_policy(page), hears_others(page, demo)
    page.goto(f"{HEARING}map/")
    sheet = page.locator(SHEET)
    expect(sheet).to_be_visible()
    expect(page.locator(".map__sheet")).to_be_hidden()

    first, second = (page.get_by_role("button", name=f"Mølle {number}", exact=True) for number in (1, 2))
    # A screen reader says the Danish name in Danish, on an English page too.
    expect(first).to_have_attribute("lang", "da")
    expect(page.locator(".map__label [lang=da]")).to_have_count(1)
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map__told:visible")).to_contain_text("Total height: 149.9 m")
    expect(page.locator(".map__told:visible strong")).to_have_attribute("lang", "da")
    page.keyboard.press("Escape")
    expect(page.locator(".map__told:visible")).to_have_count(0)
    expect(first).to_be_focused()
    page.keyboard.press("Tab")
    expect(second).to_be_focused()

    sheet.focus()
    before = first.bounding_box()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "x => document.querySelector('.map__sign').getBoundingClientRect().x < x - 15", arg=before["x"]
    )  # type: ignore[index]
    assert faults_of(page, "map") == []
    assert (refused, others) == ([], [])


def test_a_map_stays_without_script(visitor: Callable[..., Page]) -> None:
    page = visitor(script=False)
    page.goto(f"{HEARING}map/")

    expect(page.locator(".map__sheet")).to_be_visible()
    expect(page.locator(".map__live")).to_be_hidden()


def test_a_resident_chooses_a_place_by_click_and_by_keyboard(visitor: Callable[..., Page], demo: str) -> None:
    page = visitor(BIRGIT, width=390)
    refused, others = hears_policy(page), hears_others(page, demo)
    page.goto(WRITE)
    assert not page.evaluate("'L' in window"), "nothing large is fetched for those who tell of no place"
    page.fill("textarea[name=body]", "Her kan man se havet mellem klitterne.")
    page.locator("summary", has_text="Place on the map").click()
    sheet, typed = page.locator(SHEET), page.locator("input[name=place_at]")
    expect(page.locator(".map__sign").first).to_be_visible()

    sheet.click(position={"x": 60, "y": 120})
    expect(typed).to_have_value(PLACE)
    clicked = typed.input_value()
    expect(page.locator("[data-pick] [role=status]")).to_contain_text(f"The place is {clicked[:7]}")
    page.get_by_role("button", name="No place", exact=True).click()
    expect(typed).to_have_value("")
    expect(page.locator(".map__place")).to_have_count(0)

    sheet.focus()
    for key in ("ArrowUp", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(typed).to_have_value(PLACE)
    assert typed.input_value() != clicked
    expect(page.locator(".map__place")).to_have_count(1)
    assert faults_of(page, "writing") == []
    assert (refused, others) == ([], [])

    page.get_by_role("button", name="See it first").click()
    expect(page.locator("main")).to_contain_text("Place: near")


def test_an_official_draws_an_area_and_a_point(visitor: Callable[..., Page]) -> None:
    page = visitor(METTE)
    refused = hears_policy(page)
    page.goto("/en/desk/consultations/vindmoeller-ved-klintmose/map/")
    sheet, said = page.locator(SHEET), page.locator("[data-draw] [role=status]")
    expect(page.locator("[data-draw] .map__place").first).to_be_visible()

    # Two corners by click and one too many, the rest with the keyboard.
    for x, y in ((200, 100), (300, 100), (310, 110)):
        sheet.click(position={"x": x, "y": y})
    expect(said).to_contain_text("Corner 3:")
    page.get_by_role("button", name="Take the last one back").click()
    expect(said).to_contain_text("2 left")
    page.get_by_role("button", name="Finish the area").click()
    expect(said).to_contain_text("at least three corners")
    sheet.focus()
    page.keyboard.press("Enter")
    expect(said).to_contain_text("Corner 3:")
    page.get_by_label("Name of the area").fill("Lærkernes eng")
    page.get_by_role("button", name="Finish the area").click()
    expect(said).to_contain_text("Lærkernes eng is drawn")

    page.get_by_role("button", name="Points", exact=True).click()
    sheet.click(position={"x": 120, "y": 140})
    expect(said).to_contain_text("Point 9 is 56.")
    assert faults_of(page, "drawing") == []
    page.get_by_role("button", name="Save the map").click()
    expect(page.locator(".messages")).to_contain_text("The map is saved.")
    expect(page.get_by_label("Area: Lærkernes eng")).to_be_visible()
    assert refused == []

    # As it was, for those who come after.
    page.get_by_label("Area: Lærkernes eng").check()
    page.locator("fieldset", has_text="Point 9").get_by_label("Remove").check()
    page.get_by_role("button", name="Save the map").click()
    expect(page.locator(".messages")).to_contain_text("The map is saved.")
