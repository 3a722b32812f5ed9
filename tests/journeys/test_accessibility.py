"""No page has a fault that axe can find: both languages, both schemes, wide and narrow, as each role."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.faults import faults_of, hears_policy, too_wide

# Pages look the same whatever the database: once is enough.
pytestmark = [pytest.mark.journey, pytest.mark.embedded]

HEARING = "consultations/vindmoeller-ved-klintmose/"
TOPIC = f"{HEARING}topics/boliger-og-erstatning/"
CLOSED = "consultations/cykelsti-havby-sandgaard/"
DRAFT = "consultations/ny-skovrejsning-ved-sandgaard/"
PROPOSAL = "consultations/suggestions/c/4/"

PAGES = {
    "": [
        "",
        "consultations/",
        "consultations/?q=ingenting",
        "suggestions/",
        "suggestions/?q=ingenting",
        "consultations/suggestions/topics/kultur-og-fritid/",
        PROPOSAL,
        "news/",
        "consultations/juletraeet-paa-havnen-er-taendt/topics/thread/",
        HEARING,
        f"{HEARING}documents/",
        f"{HEARING}versions/",
        f"{HEARING}map/",
        "consultations/suggestions/map/",
        f"{HEARING}moderation/",
        TOPIC,
        f"{TOPIC}?order=newest",
        f"{TOPIC}write/",
        f"{TOPIC}print/",
        f"{HEARING}topics/stoej-og-skyggekast/?show=residents",
        CLOSED,
        f"{CLOSED}topics/linjefoering/",
        f"{CLOSED}meetings/1/",
        f"{CLOSED}whitepaper/",
        f"{CLOSED}whitepaper/1.1/",
        f"{CLOSED}whitepaper/contributions/",
        f"{HEARING}summary/",
        f"{HEARING}ledger/",
        f"{HEARING}meetings/1/",
        f"{HEARING}c/1/report/",
        "ledger/",
        "how-it-works/",
        "house-rules/",
        "house-rules/1/",
        "transparency/",
        "was",
        "accounts/login/",
        "accounts/signup/",
        "accounts/password/reset/",
        "privacy/",
        "demo/mail/",
        "no-such-page/",
        "moderation/",
    ],
    "peter@borger.example": [
        "",
        "me/",
        "consultations/suggestions/topics/veje-og-stier/",
        "consultations/suggestions/topics/veje-og-stier/write/",
        PROPOSAL,
        f"{HEARING}meetings/1/",
        TOPIC,
        f"{TOPIC}write/",
        f"{HEARING}c/60/receipt/",
        f"{HEARING}c/60/edit/",
        f"{HEARING}c/60/withdraw/",
        "me/verify/",
        "me/following/",
        "me/verify/end/",
        "me/settings/",
        "me/security/",
        "me/data/",
        "me/delete/",
        "accounts/mitid/connection/",
        "accounts/email/",
        "accounts/password/change/",
        "accounts/second-step/",
        "accounts/second-step/webauthn/",
        "accounts/sessions/",
        "accounts/reauthenticate/",
        "me/organisation/",
        "desk/",
    ],
    "sofie@vesterhav.example": [
        "moderation/",
        "moderation/log/",
        "moderation/letters/",
        "moderation/pauses/",
        "moderation/post/",
        "moderation/measures/",
        "moderation/second-reading/",
        "moderation/several/",
        "moderation/erasures/",
        "moderation/?thing=reports",
        "moderation/?thing=appeals",
        "moderation/reports/2/",
        "moderation/appeals/2/",
        TOPIC,
        "accounts/second-step/reauthenticate/",
        "accounts/second-step/",
    ],
    "mette@vesterhav.example": [
        "desk/",
        "desk/consultations/new/",
        "desk/calendar/",
        "desk/answers/",
        f"{HEARING}c/52/assign/",
        "desk/text-blocks/",
        "desk/text-blocks/new/",
        "desk/text-blocks/1/",
        "desk/news/new/",
        "desk/news/juletraeet-paa-havnen-er-taendt/",
        "consultations/suggestions/c/5/status/",
        f"desk/{HEARING}",
        f"desk/{HEARING}team/",
        f"desk/{HEARING}whitepaper/",
        f"desk/{CLOSED}objections/",
        f"desk/{HEARING}case-file/",
        f"desk/{HEARING}copy/",
        f"desk/{HEARING}stage/",
        f"desk/{HEARING}cancel/",
        f"desk/{HEARING}legal/",
        f"desk/{HEARING}extend/",
        f"desk/{HEARING}map/",
        f"desk/{HEARING}phases/",
        f"desk/{HEARING}facts/",
        f"desk/{HEARING}english/",
        f"desk/{HEARING}topics/new/",
        f"desk/{HEARING}hearing-parties/",
        f"desk/{HEARING}hearing-parties/table/",
        f"desk/{HEARING}hearing-parties/1/",
        f"desk/{HEARING}meetings/new/",
        f"desk/{HEARING}topics/boliger-og-erstatning/",
        f"desk/{HEARING}topics/boliger-og-erstatning/merge/",
        f"desk/{HEARING}topics/boliger-og-erstatning/delete/",
        f"desk/{HEARING}voices/",
        f"desk/{HEARING}voices/new/",
        f"desk/{HEARING}voices/import/",
        f"desk/{HEARING}voices/56/",
        f"desk/{HEARING}voices/56/appeal/",
        "moderation/post/",
        f"desk/{CLOSED}stage/",
        f"desk/{CLOSED}meetings/1/minutes/",
        f"desk/{DRAFT}review/",
        f"desk/{DRAFT}publish/",
        f"moderation/{HEARING}brake/",
        f"desk/{HEARING}meetings/1/",
        f"desk/{HEARING}meetings/1/call-off/",
        f"desk/{HEARING}meetings/1/people/",
        f"desk/{HEARING}documents/new/",
        f"desk/{HEARING}documents/1/",
        "desk/residents/",
        "desk/residents/waiting/",
        "desk/residents/letters/",
        "desk/protected-employees/",
        "desk/protected-employees/add/",
        "desk/protected-employees/import/",
        "desk/words/",
        "desk/words/add/",
        "desk/words/1/",
        "me/verify/",
        "me/verify/letter/",
        "me/verify/code/",
        f"{HEARING}c/1/answer/",
        f"desk/{HEARING}summary/",
        f"desk/{HEARING}summary/publish/",
        f"desk/{DRAFT}",
        "desk/organisations/",
        "desk/organisations/?show=confirmed",
    ],
    "rasmus@vesterhav.example": [f"desk/{DRAFT}review/"],
    "hanne@vesterhav.example": [
        "desk/",
        "desk/municipality/",
        "desk/municipality/colour/",
        "desk/municipality/crest/",
        "desk/municipality/citizen-proposals/",
        "desk/municipality/accessibility/",
        "desk/municipality/districts/",
        "desk/house-rules/",
        "desk/reasons/",
        "desk/reasons/add/",
        "desk/reasons/edit/spam/",
        "desk/legal-bases/",
        "desk/legal-bases/add/",
        "desk/legal-bases/edit/local_plan/",
        "desk/people/",
        "desk/people/role/",
        "desk/holds/",
        "desk/holds/account/",
        "desk/holds/contribution/",
        "desk/retention/",
        "moderation/deputy/",
    ],
}

# Pages that say why somebody does not get there. Any other address that does not open looks at no page at all.
MISSED = {"no-such-page/", "desk/"}
REFUSED = 400

# At every page, that nothing scrolls sideways is asked always; axe looks once by day (_by_axe), and here only at night.
NARROWEST = 320
LOOKS = [("da", 1280, "light"), ("en", 390, "dark"), ("da", NARROWEST, "light")]


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
@pytest.mark.parametrize("who", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    visitor: Callable[..., Page], who: str, language: str, width: int, scheme: str
) -> None:
    page = visitor(who, width=width, scheme=scheme)
    complaints = hears_policy(page)
    for position, path in enumerate(PAGES[who]):
        find = faults_of if _by_axe(position, language, width) else too_wide
        address = f"/{'en/' if language == 'en' else ''}{path}"
        answer = page.goto(address)
        if answer is None or (answer.status >= REFUSED and path not in MISSED):
            complaints.append(f"{address} is not there")
        complaints += find(page, address)
    assert complaints == []


def _by_axe(position: int, language: str, width: int) -> bool:
    """Whether axe looks: by day once at each page, in Danish and in English in turn; with LONG set always."""
    by_day = width != NARROWEST and position % 2 == (language == "en")
    return by_day or bool(os.environ.get("LONG"))


def test_the_main_pages_work_without_script(visitor: Callable[..., Page]) -> None:
    page = visitor("peter@borger.example", script=False)
    page.goto(f"/en/{TOPIC}")
    page.fill("textarea[name=body]", "Sent without a line of script.")
    page.get_by_role("button", name="Send contribution").click()
    page.wait_for_url("**/receipt/")
    assert "Sent without a line of script." in page.locator("main").inner_text()


def test_the_first_key_press_shows_the_way_to_the_content(visitor: Callable[..., Page]) -> None:
    page = visitor()
    page.goto("/")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.get_attribute("href") == "#main"
    box = focused.bounding_box()
    assert box is not None
    assert box["y"] >= 0
