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
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    faults = [f"{name}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
    width = page.evaluate("window.innerWidth")
    if page.evaluate("document.documentElement.scrollWidth") > width:
        faults.append(f"{name} is wider than {width} px")
    return faults
