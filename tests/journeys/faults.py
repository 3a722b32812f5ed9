"""What is wrong with a page in a browser: what axe finds, what scrolls sideways, what the policy refused."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def hears_policy(page: Page) -> list[str]:
    """Return the list in which stands, from now on, what the content security policy refused."""
    heard: list[str] = []
    page.on("console", lambda line: heard.append(line.text) if "Content Security Policy" in line.text else None)
    return heard


def faults_of(page: Page, name: str) -> list[str]:
    """Return the faults of the page with all that can be unfolded open, at the window's width."""
    return _found_by_axe(page, name) + too_wide(page, name)


def too_wide(page: Page, name: str) -> list[str]:
    """Return the fault of a page that scrolls sideways, with all that can be unfolded open."""
    _unfold(page)
    width = page.evaluate("window.innerWidth")
    return [f"{name} is wider than {width} px"] if page.evaluate("document.documentElement.scrollWidth") > width else []


def _unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    # What the bar at the window's edge half covers is scrolled into view; axe would take the half for all of it.
    page.evaluate("document.querySelectorAll('.actionbar').forEach(one => one.style.position = 'static')")


def _found_by_axe(page: Page, name: str) -> list[str]:
    _unfold(page)
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{name}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
