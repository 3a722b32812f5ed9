"""A topic's page: the order, the pages, what is folded, what an address may hold, and what it costs."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from apps.accounts.rules import as_moderator
from apps.consultations.models import Topic
from apps.discussions.actions import move_contribution, withdraw_contribution
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from apps.ledger.actions import sequence_entries
from apps.ledger.queries import head_position
from apps.publications.actions import StatementText, draft_summary, publish_summary
from tests import factories, personas
from tests.discussions.filling import fill

pytestmark = pytest.mark.django_db

Browser = Callable[[personas.Viewer], Client]
ARTICLE = re.compile(r'<article class="contrib[^"]*" id="c(\d+)" data-number="(\d+)"(?: data-parent="(\d+)")?')
NONSENSE = ("", "abc", "-1", "1.5", "١٢", "９", "0x10", "10" * 10, "9" * 20_000, "null", "'", "\x00", "1 OR 1=1")


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


@pytest.fixture
def reader(as_seen_by: Browser) -> Client:
    return as_seen_by(personas.AnonymousUser())


# ------------------------------------------------------------------ order and pages


@pytest.mark.parametrize("query", ["", "?order=oldest", "?order=newest"])
def test_pages_from_first_to_last_hold_every_article_once_in_the_order_received(
    query: str, topic: Topic, reader: Client, at: datetime
) -> None:
    rows = fill(topic, 130, at=at)
    roots = sorted({row.root_number for row in rows}, reverse=query.endswith("newest"))
    expected = [row.number for root in roots for row in rows if row.root_number == root]

    pages = _walk(reader, _url(topic) + query, "next")

    assert [number for page in pages for number in _numbers(page)] == expected
    assert [len(_numbers(page)) for page in pages] == [50, 50, 30]


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_the_way_back_shows_the_same_articles(order: str, topic: Topic, reader: Client, at: datetime) -> None:
    fill(topic, 120, at=at)
    forth = _walk(reader, f"{_url(topic)}?order={order}", "next")

    back = _walk(reader, _links(forth[-1])["here"], "prev")

    assert [_numbers(page) for page in back] == [_numbers(page) for page in reversed(forth)][: len(back)]
    assert len(back) == len(forth)


def test_replies_name_their_root_and_stand_under_it(topic: Topic, reader: Client, at: datetime) -> None:
    first, second = (factories.a_published(topic, at=at) for _ in range(2))
    reply = factories.a_published(topic, at=at, in_reply_to=first)
    deeper = factories.a_published(topic, at=at, in_reply_to=reply)

    page = _text(reader.get(_url(topic)))

    assert [match.groups() for match in ARTICLE.finditer(page)] == [
        (str(row.number), str(row.number), parent)
        for row, parent in ((first, None), (reply, "1"), (deeper, "1"), (second, None))
    ]
    assert "in reply to no. 3" in page


def test_a_root_cut_by_the_end_of_a_page_is_named_in_one_line(topic: Topic, reader: Client, at: datetime) -> None:
    root = factories.a_published(topic, at=at)
    for _step in range(51):
        factories.a_published(topic, at=at, in_reply_to=root)

    _first, second = _walk(reader, _url(topic), "next")

    assert "#1 Una Underveis, continued" in _text(second)
    assert _numbers(second) == [51, 52]


def test_traces_in_a_row_fold_and_open_to_their_reasons(topic: Topic, reader: Client, at: datetime) -> None:
    factories.a_published(topic, at=at)
    for _step in range(3):
        factories.a_refused(topic, at=at)
    withdraw_contribution(contribution=factories.a_contribution(topic, at=at), by=factories.a_writer(at), at=at)
    factories.a_published(topic, at=at)
    factories.a_refused(topic, at=at)

    page = _text(reader.get(_url(topic)))

    assert "Nos. 2–5 are not shown here" in page
    assert page.count('<details class="more fold">') == 1
    assert page.count("Private information about others (house rule 2). It names a private person.") == 4
    assert _numbers(page) == [1, 2, 3, 4, 5, 6, 7]


def test_a_moved_contribution_leaves_a_signpost_that_leads_to_it(topic: Topic, reader: Client, at: datetime) -> None:
    other = factories.a_topic(topic.consultation, at=at, title="Elsewhere")
    moved = factories.a_published(topic, at=at)
    by = as_moderator(factories.a_moderator(at))
    move_contribution(contribution=moved, to=other, with_replies=False, by=by, at=at)

    page = _text(reader.get(_url(topic)))

    assert "No. 1 was moved to another topic:" in page
    # Its title is in Danish, and the page is in English.
    sign = re.search(r'<a href="([^"]+/c/1/)"><span lang="da">Elsewhere</span></a>', page)
    answer = reader.get(sign[1], follow=True)  # type: ignore[index]
    assert _numbers(answer) == [1]
    assert answer.redirect_chain[-1][0] == f"{_url(other)}#c1"


@pytest.mark.parametrize(
    ("show", "numbers"),
    [("all", [1, 4, 2, 3]), ("questions", [2, 3]), ("answered", [4, 2]), ("unanswered", [3]), ("residents", [3])],
)
def test_a_filter_keeps_the_order(show: str, numbers: list[int], topic: Topic, reader: Client, at: datetime) -> None:
    resident = personas.resident(at=at)
    first = factories.a_published(topic, at=at)
    asked = factories.a_published(topic, at=at, kind=ContributionKind.QUESTION)
    factories.a_published(topic, at=at, kind=ContributionKind.QUESTION, by=resident)
    factories.an_answer(first, at=at)
    Contribution.stored.filter(pk=asked.pk).update(answered_at=at)
    Contribution.stored.filter(pk=first.pk).update(answered_at=None)

    assert _numbers(reader.get(f"{_url(topic)}?show={show}")) == numbers


def test_order_and_filter_keep_each_other(topic: Topic, reader: Client, at: datetime) -> None:
    fill(topic, 200, at=at, reply_every=0)

    page = _text(reader.get(f"{_url(topic)}?order=newest&show=questions"))

    assert 'name="order" value="newest"' in page
    assert 'value="questions" selected' in page
    assert 'href="?show=questions"' in page
    assert re.search(r'href="\?order=newest&amp;show=questions&amp;after=\d+" rel="next"', page)


# ------------------------------------------------------------------ what an address may hold


@pytest.mark.parametrize("name", ["order", "show", "after", "before", "since"])
@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_in_the_address_falls_back(name: str, value: str, topic: Topic, reader: Client, at: datetime) -> None:
    factories.a_published(topic, at=at)

    answer = reader.get(_url(topic), {name: value})

    assert answer.status_code == 200
    assert _numbers(answer) == [1]


@pytest.mark.parametrize("value", ["2", "999999999"])
def test_a_place_after_the_last_article_says_so(value: str, topic: Topic, reader: Client, at: datetime) -> None:
    factories.a_published(topic, at=at)

    page = _text(reader.get(_url(topic), {"after": value}))

    assert "The thread ends before this place." in page


def test_a_way_back_that_reaches_the_start_leads_to_the_first_page(topic: Topic, reader: Client, at: datetime) -> None:
    fill(topic, 10, at=at)

    answer = reader.get(f"{_url(topic)}?before=4&order=newest")

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{_url(topic)}?order=newest")


@pytest.mark.parametrize("topic_slug", ["unknown", "x" * 200])
def test_an_unknown_topic_is_not_there(topic_slug: str, topic: Topic, reader: Client) -> None:
    with override("en"):
        url = reverse("portal:topic", kwargs={"slug": topic.consultation.slug, "topic": topic_slug})

    assert reader.get(url).status_code == 404


def test_a_draft_is_there_for_officials_only(as_seen_by: Browser, at: datetime) -> None:
    draft = factories.a_draft(at=at)
    topic = factories.a_topic(draft, at=at)
    people = {name: make(at=at) for name, make in personas.PERSONAS.items() if name != "official"}

    statuses = {name: as_seen_by(person).get(_url(topic)).status_code for name, person in people.items()}

    assert set(statuses.values()) == {404}
    assert as_seen_by(factories.an_official(at)).get(_url(topic)).status_code == 200


# ------------------------------------------------------------------ what came since


def test_what_came_since_is_a_page_without_script_and_a_list_with_it(
    topic: Topic, reader: Client, at: datetime
) -> None:
    factories.a_published(topic, at=at, body="Old")
    sequence_entries()
    since = head_position()
    root = factories.a_published(topic, at=at, body="New")
    factories.a_published(topic, at=at, body="Newer", in_reply_to=root)
    factories.a_refused(topic, at=at)
    factories.a_contribution(topic, at=at)
    sequence_entries()

    page = reader.get(f"{_url(topic)}?since={since}")
    fragment = reader.get(f"{_url(topic)}?since={since}", headers={"X-Fragment": "news"})

    assert "New since you came" in _text(page)
    assert _numbers(page) == _numbers(fragment) == [2, 3]
    assert _text(fragment).strip().startswith("<ol")
    reached = int(re.search(r'data-since="(\d+)"', _text(fragment))[1])  # type: ignore[index]
    assert since < reached <= head_position()
    assert reader.get(f"{_url(topic)}?since={reached}", headers={"X-Fragment": "news"}).status_code == 204
    assert "X-Fragment" in fragment.headers["Vary"]


def test_the_page_tells_how_far_the_ledger_had_come(topic: Topic, reader: Client, at: datetime) -> None:
    factories.a_published(topic, at=at)
    sequence_entries()

    page = _text(reader.get(_url(topic)))

    live = re.search(r'data-live="topic:(\d+)"\s+data-since="(\d+)"\s+data-url="([^"]+)"', page)
    assert live is not None
    assert live.groups() == (str(topic.pk), str(head_position()), _url(topic))


def test_replies_that_followed_a_move_are_news_where_they_stand_now(topic: Topic, reader: Client, at: datetime) -> None:
    other = factories.a_topic(topic.consultation, at=at)
    root = factories.a_published(topic, at=at)
    factories.a_published(topic, at=at, in_reply_to=root)
    sequence_entries()
    since = head_position()
    move_contribution(contribution=root, to=other, with_replies=True, by=as_moderator(factories.a_moderator(at)), at=at)
    sequence_entries()

    assert _numbers(reader.get(f"{_url(other)}?since={since}")) == [1, 2]


# ------------------------------------------------------------------ who sees what


def test_own_waiting_texts_stand_above_the_form_for_their_author_only(
    topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    author, other = factories.a_writer(at), personas.resident(at=at)
    factories.a_contribution(topic, at=at, body="Only for me", by=author)

    mine, theirs = (_text(as_seen_by(person).get(_url(topic))) for person in (author, other))

    assert "Only for me" in mine
    assert mine.index("Only for me") < mine.index('id="write"')
    assert "/c/1/edit/" in mine
    assert "/c/1/withdraw/" in mine
    assert "Only for me" not in theirs


def test_officials_are_led_to_answering_and_others_are_not(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    factories.a_published(topic, at=at)

    told = {
        name: "/c/1/answer/" in _text(as_seen_by(_someone(name, at)).get(_url(topic))) for name in personas.PERSONAS
    }

    assert told == {name: name == "official" for name in personas.PERSONAS}


def test_a_closed_hearing_says_why_instead_of_the_form(as_seen_by: Browser, at: datetime) -> None:
    hearing = factories.a_hearing(at=at - timedelta(days=60))
    topic = factories.the_topic(hearing)
    factories.a_published(topic, at=at - timedelta(days=60))

    page = _text(as_seen_by(personas.AnonymousUser()).get(_url(topic)))

    assert "The deadline has passed, so nothing more can be sent." in page
    assert 'name="body"' not in page
    assert "reply_to=" not in page


def test_the_summary_that_cites_a_contribution_is_named_beside_it(topic: Topic, reader: Client, at: datetime) -> None:
    cited, other = (factories.a_published(topic, at=at) for _ in range(2))
    _summarise(topic, [cited], at)

    page = _text(reader.get(_url(topic)))

    assert re.search(r'Cited in the summary: <a href="[^"]+/summary/#s1"><span lang="da">Noise</span></a>', page)
    assert page.count("Cited in the summary") == 1
    assert page.index("Cited in the summary") < page.index(f'id="c{other.number}"')


# ------------------------------------------------------------------ what it costs

LOOKED_UP = {"anonymous": 8, "unverified": 11, "resident": 12, "moderator": 12, "official": 15, "administrator": 12}


@pytest.mark.parametrize("count", [1, 50, 5_000])
def test_a_page_asks_the_database_as_often_whatever_the_length_of_the_thread(
    count: int, as_seen_by: Browser, at: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    topic = factories.the_topic(factories.a_hearing(at=at))
    rows = fill(topic, count, at=at)
    _summarise(topic, rows[:1], at)
    places = {1: ["", "?order=newest"], 50: ["", "?order=newest", "?after=20"]}.get(
        count, ["", "?order=newest", "?after=4900", "?order=newest&after=90", "?before=4900", "?show=questions&after=9"]
    )

    for persona, budget in LOOKED_UP.items():
        browser = as_seen_by(_someone(persona, at))
        browser.get(_url(topic))  # what is kept in the cache is there from now on
        for query in places:
            with django_assert_num_queries(budget - query.startswith("?show")):
                browser.get(_url(topic) + query)


# ------------------------------------------------------------------ help


def _someone(persona: str, at: datetime) -> personas.Viewer:
    known = {"official": factories.an_official, "moderator": factories.a_moderator, "unverified": factories.a_writer}
    return known[persona](at) if persona in known else personas.PERSONAS[persona](at=at)


def _summarise(topic: Topic, cited: list[Contribution], at: datetime) -> None:
    text = StatementText(title="Noise", body="People ask about noise.", cites=[row.number for row in cited])
    official = factories.an_official(at)
    summary = draft_summary(consultation=topic.consultation, statements=[text], by=official, at=at)
    publish_summary(summary=summary, by=official, at=at)


def _url(topic: Topic) -> str:
    with override("en"):
        return reverse("portal:topic", kwargs={"slug": topic.consultation.slug, "topic": topic.slug})


def _text(page: HttpResponse | str) -> str:
    return page if isinstance(page, str) else page.content.decode()


def _numbers(page: HttpResponse | str) -> list[int]:
    return [int(match[1]) for match in ARTICLE.finditer(_text(page))]


def _links(page: HttpResponse) -> dict[str, str]:
    found = dict(re.findall(r'<link rel="(prev|next)" href="([^"]+)">', _text(page)))
    here = page.wsgi_request.get_full_path()  # type: ignore[attr-defined]
    return {rel: here.split("?")[0] + href.replace("&amp;", "&") for rel, href in found.items()} | {"here": here}


def _walk(reader: Client, url: str, rel: str) -> list[HttpResponse]:
    """Return the pages from this one on, following the links to the next or the previous one."""
    pages = []
    while url:
        pages.append(reader.get(url, follow=True))
        url = _links(pages[-1]).get(rel, "")
    return pages
