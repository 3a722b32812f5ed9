"""static/js/live.js in a real browser, against a server that is made of answers."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect, sync_playwright

pytestmark = pytest.mark.journey

SCRIPT = Path(__file__).resolve().parents[2] / "static" / "js" / "live.js"
SITE = "http://forum.test"
TOPIC = """<div class="live" role="status" hidden data-live="topic:7" data-since="10" data-url="/t/"
  data-one="1 new – show" data-many="{n} new – show" data-new="New"></div>"""
QUEUE = '<p data-live="queue" data-since="10" data-url="/q/">3 wait.</p>'


def article(number: int, parent: int | None = None) -> str:
    under = f' data-parent="{parent}"' if parent else ""
    return f'<article id="c{number}" data-number="{number}"{under}><p class="contrib__who">No. {number}</p></article>'


def thread(*roots: int, replies: dict[int, list[int]] | None = None) -> str:
    items = []
    for root in roots:
        under = "".join(f"<li>{article(number, root)}</li>" for number in (replies or {}).get(root, []))
        items.append(f"<li>{article(root)}{f'<ol class=replies>{under}</ol>' if under else ''}</li>")
    return f'<ol class="thread">{"".join(items)}</ol>'


def news(*articles: str, since: int = 20) -> str:
    return f'<ol class="thread" data-since="{since}">{"".join(f"<li>{each}</li>" for each in articles)}</ol>'


class Server:
    """What the browser is answered, and what it asked."""

    def __init__(self, page: Page) -> None:
        self.page, self.body, self.head, self.fragment = page, "", "", ""
        self.has_socket = True
        self.sockets: list[WebSocketRoute] = []
        self.asked: list[Any] = []
        page.clock.install()
        page.route("**/*", self._answer)
        page.route_web_socket("**/ws/", self._accept)

    def open(self, body: str, *, head: str = "", path: str = "/t/") -> None:
        self.body, self.head = body, head
        self.page.goto(SITE + path)
        if self.has_socket:
            self.wait_for(lambda: self.asked)

    def ring(self, **frame: Any) -> None:
        self.sockets[-1].send(json.dumps(frame))

    def wait_for(self, condition: Any) -> None:
        for _turn in range(3_000):
            if condition():
                return
            self.page.wait_for_timeout(10)
        raise AssertionError(self.asked)

    def order(self) -> list[int]:
        numbers: list[int] = self.page.eval_on_selector_all("article", "all => all.map(one => +one.dataset.number)")
        return numbers

    def _accept(self, socket: WebSocketRoute) -> None:
        if not self.has_socket:
            socket.close()
            return
        self.sockets.append(socket)
        socket.on_message(lambda text: self.asked.append(json.loads(text)))

    def _answer(self, route: Route) -> None:
        if urlsplit(route.request.url).path == "/live.js":
            route.fulfill(body=SCRIPT.read_text(), content_type="text/javascript")
        elif route.request.headers.get("x-fragment"):
            status = 200 if self.fragment else 204
            route.fulfill(status=status, body=self.fragment, content_type="text/html; charset=utf-8")
        else:
            start = (
                f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{self.head}</head><body><main id="main">'
            )
            page = f'{start}{self.body}</main><script src="/live.js" defer></script></body></html>'
            route.fulfill(body=page, content_type="text/html; charset=utf-8")


@pytest.fixture(scope="module")
def chromium_of_module(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def server(chromium_of_module: Browser) -> Iterator[Server]:
    page = chromium_of_module.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda problem: problems.append(str(problem)))
    yield Server(page)
    page.close()
    assert problems == []


def test_it_watches_from_where_the_page_was_made(server: Server) -> None:
    server.open(TOPIC + thread(1))

    assert server.asked == [{"watch": "topic:7", "since": 10}]


@pytest.mark.parametrize(("count", "words"), [(1, "1 new – show"), (2, "2 new – show"), (100, "100+ new – show")])
def test_it_offers_and_moves_nothing(count: int, words: str, server: Server) -> None:
    server.open(TOPIC + thread(1, 4))
    server.ring(stream="topic:7", since=13, count=count)

    expect(server.page.get_by_role("status")).to_have_text(words)
    expect(server.page.locator(".live a")).to_have_attribute("href", "/t/?since=10")
    assert server.order() == [1, 4]


@pytest.mark.parametrize("frame", [{"error": "refused"}, {"since": 13, "count": 0}, {"stream": "queue", "count": 3}])
def test_it_keeps_quiet_when_there_is_nothing_to_show(frame: dict[str, Any], server: Server) -> None:
    server.open(TOPIC + thread(1))
    server.ring(**{"stream": "topic:7"} | frame)
    server.page.wait_for_timeout(50)

    expect(server.page.locator(".live")).to_be_hidden()


def test_what_is_new_is_put_in_its_place_and_the_watch_goes_on_from_there(server: Server) -> None:
    server.open(TOPIC + thread(1, 4, 9, replies={1: [2, 6], 9: []}))
    server.fragment = news(article(3), article(5, 1), article(12, 4), article(8), article(10, 8), article(11))
    server.ring(stream="topic:7", since=20, count=6)
    server.page.locator(".live a").click()
    server.wait_for(lambda: len(server.asked) == 2)

    assert server.order() == [1, 2, 5, 6, 3, 4, 12, 8, 10, 9, 11]
    assert server.asked[1] == {"watch": "topic:7", "since": 20}
    expect(server.page.locator(".live")).to_be_hidden()
    expect(server.page.locator(".contrib--new .badge")).to_have_text(["New"] * 6)
    expect(server.page.locator("#c3")).to_be_focused()


def test_newest_first_is_kept(server: Server) -> None:
    server.open(TOPIC + thread(9, 4, 1), path="/t/?order=newest")
    server.fragment = news(article(2), article(6), article(11))
    server.ring(stream="topic:7", since=20, count=3)
    server.page.locator(".live a").click()
    server.wait_for(lambda: len(server.asked) == 2)

    assert server.order() == [11, 9, 6, 4, 2, 1]


def test_a_trace_that_became_an_article_is_replaced(server: Server) -> None:
    server.open(TOPIC + thread(1, 4))
    server.fragment = news(article(4))
    server.ring(stream="topic:7", since=20, count=1)
    server.page.locator(".live a").click()
    server.wait_for(lambda: len(server.asked) == 2)

    assert server.order() == [1, 4]
    expect(server.page.locator("#c4.contrib--new")).to_have_count(1)


NEXT, PREVIOUS = '<link rel="next" href="?after=9">', '<link rel="prev" href="?before=4">'


@pytest.mark.parametrize(
    ("head", "path", "new"),
    [
        (NEXT, "/t/", article(12)),
        (NEXT, "/t/", article(12, 9)),
        (PREVIOUS, "/t/", article(2)),
        ("", "/t/", article(12, 77)),
        ("", "/t/?show=questions", article(5)),
    ],
)
def test_what_belongs_on_another_page_is_shown_on_a_page_of_its_own(
    head: str, path: str, new: str, server: Server
) -> None:
    server.open(TOPIC + thread(4, 9), head=head, path=path)
    server.fragment = news(new)
    server.ring(stream="topic:7", since=20, count=1)
    server.page.locator(".live a").click()

    server.page.wait_for_url(f"{SITE}/t/?since=10")


def test_the_queues_line_is_written_anew(server: Server) -> None:
    server.open(QUEUE)
    server.fragment = "\n4 wait.\n"
    server.ring(stream="queue", since=11, count=1)

    expect(server.page.locator("[data-live]")).to_have_text("4 wait.")


def test_after_a_break_it_comes_back_and_says_where_it_was(server: Server) -> None:
    server.open(TOPIC + thread(1))
    server.sockets[0].close()
    server.wait_for(lambda: server.page.clock.fast_forward(500) or len(server.asked) == 2)

    assert server.asked == [{"watch": "topic:7", "since": 10}] * 2


def test_without_a_socket_it_asks_now_and_then(server: Server) -> None:
    server.has_socket = False
    server.open(TOPIC + QUEUE + thread(1))
    server.page.wait_for_timeout(50)
    server.fragment = news(article(2), article(3))
    server.page.clock.fast_forward(31_000)

    expect(server.page.get_by_role("status")).to_have_text("2 new – show")
    server.page.locator(".live a").click()
    expect(server.page.locator("#c3")).to_be_visible()


MERGE = """<div class="live" role="status" hidden data-live="merge:7" data-since="10" data-url="/t/"
  data-again="merge"><a href="/t/">Merged – load again</a></div>"""


def test_of_a_merge_it_offers_to_load_the_page_again(server: Server) -> None:
    server.open(MERGE + thread(1))
    expect(server.page.get_by_text("Merged – load again")).to_be_hidden()

    server.ring(stream="merge:7", since=13, count=1)

    expect(server.page.get_by_role("link", name="Merged – load again")).to_be_visible()


@pytest.mark.parametrize("answer", ["merged", ""])
def test_without_a_socket_it_asks_whether_there_was_a_merge(answer: str, server: Server) -> None:
    server.has_socket = False
    server.open(MERGE + thread(1))
    server.fragment = answer
    with server.page.expect_response(lambda response: "x-fragment" in response.request.headers):
        server.page.clock.run_for(31_000)

    expect(server.page.get_by_role("link", name="Merged – load again")).to_have_count(1 if answer else 0)


def test_a_page_with_nothing_to_watch_opens_no_socket(server: Server) -> None:
    server.has_socket = False
    server.open(thread(1))
    server.page.wait_for_timeout(50)

    assert server.sockets == []


def test_the_script_is_small() -> None:
    assert SCRIPT.stat().st_size <= 6 * 1024
