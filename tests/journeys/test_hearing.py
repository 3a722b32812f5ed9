"""A hearing from its first draft to its last second: map, document, phases, a colleague, a letter, an extension."""

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ROOT

pytestmark = pytest.mark.journey

Window = Callable[..., Page]
Near = Callable[[int, str, int], None]
TITLE = "Local plan for the old dairy"
SLUG = "local-plan-for-the-old-dairy"
HEARING = f"/en/consultations/{SLUG}/"
DESK = f"/en/desk/consultations/{SLUG}/"
TOPIC = f"{HEARING}topics/traffic-and-parking/"
TEXT = "Let the lorries in from the north, so that the children can walk to school along the stream."
LETTER = "I have lived opposite the dairy since 1961. Keep the chimney."
LEDE = "The dairy becomes forty homes and workshops. Tell us what the street needs of streetlamps."
CONTACT = "Rasmus Brandt Toft, planning, 99 88 77 55"
CAUSE = "The drawing of the parking places was missing in the first week."
PRE_HEARING, HEARD = 1, 2


@pytest.fixture
def near(demo_environment: dict[str, str]) -> Near:
    """Brings the opening or closing of a phase near."""

    def bring(position: int, what: str, seconds: int) -> None:
        command = [sys.executable, "-m", "tests.journeys.clock", SLUG, str(position), what, str(seconds)]
        subprocess.run(command, cwd=ROOT, env=demo_environment, check=True)  # noqa: S603 - our own

    return bring


def test_a_hearing_is_made_looked_at_opened_extended_and_closed(visitor: Window, near: Near, tmp_path: Path) -> None:
    official = visitor("mette@vesterhav.example")
    _draft(official)
    _add_phases_and_topic(official)
    _draw_the_map(official)
    _add_the_plan(official, tmp_path)
    colleague = visitor("rasmus@vesterhav.example")
    _take_a_colleague_in(official, colleague)
    _both_write_at_once(official, colleague)
    _let_a_colleague_look(official, colleague)
    _publish(official)

    resident = visitor("lise@borger.example")
    _sees_when_it_opens(resident)
    near(HEARD, "opens", 2)
    number = _writes_on_the_map(resident)
    entered = _enter_a_letter(official)
    _approve(visitor("anders@vesterhav.example"), number, entered)
    _stand_in_the_thread(visitor(), number, entered)

    _extend(official)
    reader = visitor()
    reader.goto(HEARING)
    expect(reader.locator("main")).to_contain_text(CAUSE)
    _closes_while_somebody_writes(resident, near)


def _draft(page: Page) -> None:
    page.goto("/en/desk/consultations/new/")
    page.get_by_label("Title").fill(TITLE)
    page.fill("textarea[name=lede]", "The dairy becomes homes and workshops. Tell us what the street needs.")
    page.fill("textarea[name=body]", "The dairy closed in 2024.\n\n## Homes\n\nForty homes.\n\n## Traffic\n\nOne gate.")
    page.fill("input[name=contact]", "Mette Kjeldsen, planning, 99 88 77 66")
    page.get_by_role("button", name=re.compile("Save")).first.click()
    page.wait_for_url(re.compile(SLUG))


def _add_phases_and_topic(page: Page) -> None:
    """A pre-hearing that is on, and the hearing proper from tomorrow for eight weeks."""
    today = date.today()  # noqa: DTZ011 - the browser's own day
    page.goto(f"{DESK}phases/")
    while not page.locator("[name='phases-1-title']").count():
        page.get_by_role("button", name=re.compile("more", re.IGNORECASE)).click()
    rows = (
        ("Pre-hearing", today - timedelta(days=14), today, False),
        ("Hearing", today + timedelta(days=1), today + timedelta(days=56), True),
    )
    for number, (title, first, last, writing) in enumerate(rows):
        page.fill(f"[name='phases-{number}-title']", title)
        page.fill(f"[name='phases-{number}-first_day']", first.isoformat())
        page.fill(f"[name='phases-{number}-last_day']", last.isoformat())
        page.set_checked(f"[name='phases-{number}-accepts_contributions']", writing)
    page.get_by_role("button", name="Save the phases").click()
    expect(page.locator(".messages")).to_contain_text("The phases are saved.")
    page.goto(f"{DESK}topics/new/")
    page.get_by_label("Title").fill("Traffic and parking")
    page.fill("textarea[name=question]", "Where should lorries drive in?")
    page.locator("main form").get_by_role("button").last.click()
    page.wait_for_url(re.compile(SLUG))


def _draw_the_map(page: Page) -> None:
    page.goto(f"{DESK}map/")
    page.locator("[name$='-kind']").first.select_option(value="point")
    page.locator("[name$='-name']").first.fill("The dairy's gate")
    page.locator("[name$='-north']").first.fill("56.05")
    page.locator("[name$='-east']").first.fill("8.31")
    page.fill("textarea[name=description]", "The dairy lies between the stream and the school.")
    page.get_by_role("button", name="Save the map").click()
    expect(page.locator(".messages")).to_be_visible()


def _add_the_plan(page: Page, folder: Path) -> None:
    plan = folder / "plan.pdf"
    plan.write_bytes(b"%PDF-1.7\nthe plan")
    page.goto(f"{DESK}documents/new/")
    page.get_by_label("Title").fill("Draft of the local plan")
    page.set_input_files("input[type=file]", plan)
    page.locator("main form").get_by_role("button").last.click()
    page.wait_for_url(re.compile(SLUG))
    expect(page.locator(".messages")).to_be_visible()


def _take_a_colleague_in(official: Page, colleague: Page) -> None:
    """Who is no member sees nothing of the draft."""
    assert colleague.goto(HEARING).status == 404  # type: ignore[union-attr]
    official.goto(f"{DESK}team/")
    rasmus = official.locator("select[name=person] option", has_text="Rasmus").inner_text()
    official.locator("select[name=person]").select_option(label=rasmus)
    official.get_by_label("Editor").first.check()
    official.locator("main form").get_by_role("button").last.click()
    expect(official.locator("main")).to_contain_text("Rasmus")


def _both_write_at_once(official: Page, colleague: Page) -> None:
    """Two people with the same page open: the second sees both texts, has lost nothing, and saves them together."""
    for page, field, words in ((official, "lede", LEDE), (colleague, "contact", CONTACT)):
        page.goto(DESK)
        page.locator(f"[name={field}]").fill(words)
    save = "Save the texts"
    colleague.get_by_role("button", name=save).click()
    expect(colleague.locator(".messages")).to_be_visible()
    official.get_by_role("button", name=save).click()
    told = official.locator("[data-error-summary]")
    expect(told).to_contain_text("Two of you wrote at once")
    for words in ("streetlamps", "Rasmus"):
        expect(told).to_contain_text(words)
    expect(official.locator("[name=lede]")).to_have_value(LEDE)
    official.locator("[name=contact]").fill(CONTACT)
    official.get_by_role("button", name=save).click()
    expect(official.locator(".messages")).to_be_visible()
    colleague.goto(DESK)
    expect(colleague.locator("[name=lede]")).to_have_value(LEDE)
    expect(colleague.locator("[name=contact]")).to_have_value(CONTACT)


def _let_a_colleague_look(official: Page, colleague: Page) -> None:
    """Who is a member approves it, and then only may it be published."""
    official.goto(f"{DESK}publish/")
    expect(official.get_by_role("button", name="Publish now")).to_have_count(0)
    official.goto(f"{DESK}review/")
    official.get_by_role("button", name="Ask the team to look at it").click()
    colleague.goto(f"{DESK}review/")
    colleague.fill("textarea[name=comment]", "The chimney is listed: say so.")
    colleague.get_by_role("button", name="Approve the draft").click()
    expect(colleague.locator(".messages")).to_be_visible()


def _publish(page: Page) -> None:
    page.goto(f"{DESK}publish/")
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".messages")).to_be_visible()


def _sees_when_it_opens(page: Page) -> None:
    page.goto(TOPIC)
    expect(page.locator("textarea[name=body]")).to_have_count(0)
    page.goto(HEARING)
    expect(page.get_by_role("link", name="Draft of the local plan")).to_be_visible()
    expect(page.locator("main .map__live.leaflet-container, main .map__live .leaflet-container").first).to_be_visible()


def _writes_on_the_map(page: Page) -> int:
    """As soon as the hour has come, without anything having run; return the number of the text."""
    page.goto(TOPIC)
    for _try in range(10):
        if page.locator("textarea[name=body]").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    page.fill("textarea[name=body]", TEXT)
    page.locator("summary", has_text=re.compile("place", re.IGNORECASE)).first.click()
    page.locator("select[name=place]").select_option(index=1)
    page.get_by_role("button", name="Send contribution").click()
    page.wait_for_url(re.compile("/receipt/"))
    return int(re.findall(r"/c/(\d+)/receipt/", page.url)[0])


def _enter_a_letter(page: Page) -> int:
    page.goto(f"{DESK}voices/new/")
    page.locator("select[name=topic]").select_option(index=0)
    page.fill("textarea[name=body]", LETTER)
    page.fill("input[name=name]", "Agnes Møller")
    page.locator("main form").get_by_role("button").last.click()
    expect(page.locator(".messages")).to_be_visible()
    return int(re.findall(r"[Nn]o\. (\d+)", page.locator(".messages").inner_text())[0])


def _approve(page: Page, *numbers: int) -> None:
    for number in numbers:
        page.goto("/en/moderation/")
        page.locator(".qitem").filter(has_text=TITLE).get_by_role("link", name=re.compile(rf"No\. {number}\b")).click()
        page.locator("input[name=outcome][value=publish]").check()
        page.locator("form.decide").get_by_role("button").last.click()
        expect(page.locator(".messages")).to_contain_text("was published")


def _stand_in_the_thread(page: Page, number: int, entered: int) -> None:
    page.goto(TOPIC)
    expect(page.locator(f"#c{number}")).to_contain_text("The dairy's gate")
    expect(page.locator(f"#c{entered}")).to_contain_text("Keep the chimney")
    expect(page.locator(f"#c{entered}")).to_contain_text("Letter, came")


def _extend(page: Page) -> None:
    page.goto(f"{DESK}extend/")
    later = date.today() + timedelta(days=70)  # noqa: DTZ011 - the browser's own day
    page.fill("input[name=last_day]", later.isoformat())
    page.fill("input[name=cause]", CAUSE)
    page.locator("main form").get_by_role("button").last.click()
    expect(page.locator(".messages")).to_be_visible()


def _closes_while_somebody_writes(page: Page, near: Near) -> None:
    """What was typed before the last second and sent after it is refused with the way by post, and is not lost."""
    page.goto(TOPIC)
    page.fill("textarea[name=body]", "One thing more about the chimney.")
    near(HEARD, "closes", 1)
    page.wait_for_timeout(1_500)
    page.get_by_role("button", name="Send contribution").click()
    expect(page.locator("main")).to_contain_text("One thing more about the chimney.")
    expect(page.locator("main")).to_contain_text(re.compile("post|letter"))
    page.goto(TOPIC)
    expect(page.get_by_role("button", name="Send contribution")).to_have_count(0)
