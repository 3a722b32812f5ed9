"""A case comes to its end: recommended, decided, told to those who objected, and followed up."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from apps.common.calendar import local
from apps.common.clock import now
from tests.journeys.faults import faults_of

# A use from end to end; whichever the database, once is enough.
pytestmark = [pytest.mark.journey, pytest.mark.embedded]

RASMUS = "rasmus@vesterhav.example"
HEARING = "/en/consultations/cykelsti-havby-sandgaard/"
DESK = "/en/desk/consultations/cykelsti-havby-sandgaard/"
DECISION = f"{DESK}decision/"


def recommends(page: Page) -> None:
    """Write the recommendation, look at it and publish it."""
    page.goto(f"{DECISION}recommendation/")
    page.get_by_label("The administration's recommendation").fill(
        "Vi indstiller, at stien anlægges **bag om skolen**.\n\n- Lys hele vejen\n- Dræn ved åen"
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Save, and look before publishing").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Publish to everyone").click()
    expect(page.get_by_text("The recommendation is published.")).to_be_visible()


def decides(page: Page) -> None:
    """Note the council's meeting with its outcome, and publish the decision with which the case ends."""
    page.goto(f"{DECISION}meetings/new/")
    page.get_by_label("Council", exact=True).check()
    page.get_by_label("Name of the committee or council").fill("Byrådet")
    page.get_by_label("Day of the meeting").fill((local(now()).date() - timedelta(days=1)).isoformat())
    page.get_by_label("Address of the agenda item").fill("https://dagsorden.example/byraad/7")
    page.get_by_label("Outcome").select_option(label="Adopted with changes")
    page.get_by_label("What was decided").fill("Byrådet vedtog stien med linjeføring bag om skolen.")
    page.get_by_label("Minority opinion").fill("Liste B ønskede stien langs landevejen.")
    page.get_by_label("The case ends with this meeting").check()
    page.get_by_label("Guidance on complaint").fill("Du kan klage til Planklagenævnet.")
    page.get_by_label("Last day to complain").fill((local(now()).date() + timedelta(days=28)).isoformat())
    with page.expect_navigation():
        page.get_by_role("button", name="Save, and look before publishing").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Publish to everyone").click()
    # What changed because of the hearing is missing, and nothing was lost.
    expect(page.get_by_text("It was adopted with changes")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("link", name="Back to the draft").click()
    page.get_by_label("What changed because of the hearing").fill("Stien flyttes væk fra åen, som mange bad om.")
    with page.expect_navigation():
        page.get_by_role("button", name="Save, and look before publishing").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Publish to everyone").click()
    expect(page.get_by_text("It is published, and stands on the page of the decision.")).to_be_visible()


def tells(page: Page) -> None:
    """Choose how those who objected are told, see how many in which way, and begin."""
    page.goto(f"{DECISION}notices/")
    with page.expect_navigation():
        page.get_by_role("link", name="Choose how they are told").click()
    with page.expect_navigation():
        page.get_by_role("button", name="See how many are told in which way").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Tell them now").click()
    expect(page.get_by_role("heading", name="How far it is")).to_be_visible()


def promises(page: Page) -> None:
    """Promise something that is overdue already, and tell what becomes of it."""
    page.goto(f"{DECISION}promises/new/")
    page.get_by_label("What is promised").fill("Stien ryddes for sne før kl. 6.30")
    page.get_by_label("Statement in the white paper").fill("2.1")
    page.get_by_label("Department").fill("Vej og Park")
    page.get_by_label("By", exact=True).fill((local(now()).date() - timedelta(days=3)).isoformat())
    with page.expect_navigation():
        page.get_by_role("button", name="Promise it to everyone").click()
    expect(page.locator("article").get_by_text("Overdue")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("link", name="Tell what becomes of it").click()
    page.get_by_label("Status").select_option(label="Done")
    page.get_by_label("What has changed").fill("Fejemaskinen kører nu fra kl. 5.")
    with page.expect_navigation():
        page.get_by_role("button", name="Tell everyone").click()
    expect(page.locator("article").get_by_text("Overdue")).to_have_count(0)


def test_a_case_comes_to_its_end(visitor: Callable[..., Page]) -> None:
    official, reader = visitor(RASMUS), visitor("")

    recommends(official)
    decides(official)
    tells(official)
    promises(official)

    reader.goto(HEARING)
    expect(reader.get_by_text("Adopted with changes").first).to_be_visible()
    with reader.expect_navigation():
        reader.get_by_role("link", name="The decision, what changed because of the hearing").click()
    expect(reader.get_by_role("heading", name="Adopted with changes")).to_be_visible()
    expect(reader.get_by_text("Stien flyttes væk fra åen, som mange bad om.").first).to_be_visible()
    reader.goto(f"{HEARING}follow-up/")
    expect(reader.get_by_text("Fejemaskinen kører nu fra kl. 5.")).to_be_visible()


PAGES = ("", "recommendation/", "recommendation/publish/", "meetings/new/", "meetings/1/publish/", "notices/",
         "notices/?show=paper", "notices/new/", "promises/new/", "promises/1/")  # fmt: skip


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_no_page_of_it_has_a_fault(width: int, visitor: Callable[..., Page]) -> None:
    official, reader = visitor(RASMUS, width=width), visitor("", width=width)

    faults = []
    for more in PAGES:
        official.goto(f"{DECISION}{more}")
        faults += faults_of(official, f"desk {more}")
    for more in ("decision/", "decision/versions/", "follow-up/", ""):
        reader.goto(f"{HEARING}{more}")
        faults += faults_of(reader, more)

    assert not faults, "\n".join(faults)
