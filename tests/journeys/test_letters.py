"""Five people send the same letter, one with a line of their own; a moderator reads and confirms; readers see one."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey

SOFIE = "sofie@vesterhav.example"
SENDERS = [f"{name}@borger.example" for name in ("peter", "birgit", "amira", "jonas", "torben")]
TOPIC = "/en/consultations/vindmoeller-ved-klintmose/topics/stoej-og-skyggekast/"
LETTER = (
    "Vi skriver, fordi støjen fra de nye møller vil ligge som et tæppe over vores gårde hele natten. Målingerne i "
    "redegørelsen er lavet på en stille dag i maj og siger intet om efterårets vestenvind. Vi beder byrådet om nye "
    "målinger over et helt år, før nogen beslutter noget.\n\nMed venlig hilsen\n"
)
OWN = "Min mor på firs kan allerede nu ikke have vinduet åbent om natten. "
SWEPT = 60_000


def send(page: Page, body: str) -> int:
    """Send a text to the topic, and return the number that its receipt tells."""
    page.goto(f"{TOPIC}write/")
    page.fill("textarea[name=body]", body)
    page.get_by_role("button", name="Send contribution").click()
    heading = page.get_by_role("heading", name=re.compile(r"^Received as no\. \d+$"))
    expect(heading).to_be_visible()
    return int(re.findall(r"\d+", heading.inner_text())[0])


def open_offer(page: Page, number: int) -> None:
    """Open what is offered about a number, once the sweep has found it."""
    offer = page.get_by_role("link", name=re.compile(rf"^No\. {number} and \d+ that are much like it$"))
    for _try in range(SWEPT // 1_000):
        page.goto("/en/moderation/letters/")
        if offer.count():
            break
        page.wait_for_timeout(1_000)
    offer.click()
    expect(page.get_by_role("heading", name=f"The same letter as no. {number}?")).to_be_visible()


def test_one_letter_of_four_and_one_of_its_own(visitor: Callable[..., Page]) -> None:
    people = [visitor(email) for email in SENDERS]
    bodies = [f"{LETTER}{email.partition('@')[0].title()}" for email in SENDERS]
    bodies[3] = bodies[3].replace("Vi beder", f"{OWN}Vi beder")
    numbers = [send(page, body) for page, body in zip(people, bodies, strict=True)]
    first, same, own = numbers[0], [numbers[1], numbers[2], numbers[4]], numbers[3]

    # All wait: they are read and published in one go, each with a tick.
    sofie = visitor(SOFIE)
    open_offer(sofie, first)
    expect(sofie.locator("ins").filter(has_text=OWN.strip())).to_have_count(1)
    sofie.get_by_role("link", name="Read and publish them in one go").click()
    for number in (first, *same):
        sofie.get_by_label(f"I have read no. {number}, publish it").check()
    sofie.get_by_role("button", name="Publish what is ticked").click()
    expect(sofie.locator("main")).to_contain_text("4 contributions were published.")

    # The letter is confirmed; the one with a line of its own cannot be ticked.
    open_offer(sofie, first)
    expect(sofie.locator("input[name=same]")).to_have_count(3)
    sofie.get_by_role("button", name="Confirm what is ticked").click()
    expect(sofie.locator("body")).to_contain_text(f"3 texts count as the same letter as no. {first}.")

    # Readers see it once, and each text behind it.
    reader = visitor()
    reader.goto(f"{TOPIC}?order=newest")
    expect(reader.locator(f"#c{first}")).to_contain_text("and 3 with the same text")
    folds = reader.locator("details.fold summary").filter(has_text=f"the same text as no. {first}")
    expect(folds).to_have_count(1)
    expect(reader.locator(f"#c{same[0]}")).to_be_hidden()
    folds.click()
    expect(reader.locator(f"#c{same[0]}")).to_be_visible()
    reader.locator(f"#c{first}").get_by_role("link", name="and 3 with the same text").click()
    expect(reader.get_by_role("heading", name="4 contributions with the same text")).to_be_visible()
    expect(reader.locator("main")).to_contain_text(f"No. {same[2]}, ")
    expect(reader.locator("body")).not_to_contain_text(OWN.strip())

    # Each receipt says with what the text stands.
    for page, number in zip(people, numbers, strict=True):
        page.reload()
        notice = page.locator("main")
        if number == first:
            expect(notice).to_contain_text("Yours was the first and is shown for all; each counts.")
        elif number == own:
            expect(notice).not_to_contain_text("with the same text")
        else:
            expect(notice).to_contain_text(f"your text is the same as that of no. {first}, word for word or nearly")
