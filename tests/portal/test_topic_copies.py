"""A thread taken away: on paper, as a table, as a feed. The order received; of what is not shown only the trace."""

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from apps.accounts.rules import as_moderator
from apps.common.tables import BOM
from apps.consultations.models import Topic
from apps.discussions.actions import move_contribution, withdraw_contribution
from apps.discussions.queries import whole_thread
from apps.discussions.rendering.tables import COLUMNS
from tests import factories, personas
from tests.discussions.filling import fill

pytestmark = pytest.mark.django_db

Browser = Callable[[personas.Viewer], Client]
ARTICLE = re.compile(r'data-number="(\d+)"')
COPIES = ("portal:topic-print", "discussions:topic-table", "portal:topic-feed")


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


@pytest.fixture
def reader(as_seen_by: Browser) -> Client:
    return as_seen_by(personas.AnonymousUser())


def test_all_stand_in_the_order_received_whatever_was_answered(topic: Topic, reader: Client, at: datetime) -> None:
    rows = fill(topic, 60, at=at)
    roots = sorted({row.root_number for row in rows})
    expected = [row.number for root in roots for row in rows if row.root_number == root]

    assert [int(row["number"]) for row in _table(reader, topic)] == expected
    assert [int(found) for found in ARTICLE.findall(_said(reader, "portal:topic-print", topic))] == expected


def test_a_thread_is_read_in_parts_without_losing_or_doubling_one(topic: Topic, at: datetime) -> None:
    rows = fill(topic, 10, at=at)

    for size in (1, 3, 10, 11):
        assert sorted(row.number for row in whole_thread(topic, size=size)) == [row.number for row in rows]


def test_a_long_thread_has_more_than_one_page_of_paper(
    topic: Topic, reader: Client, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.portal.views.topic_copies.ON_PAPER", 4)
    fill(topic, 6, at=at, reply_every=0)

    first = _said(reader, "portal:topic-print", topic)
    second = reader.get(_url("portal:topic-print", topic) + "?after=4").content.decode()

    assert ([*ARTICLE.findall(first)], [*ARTICLE.findall(second)]) == (["1", "2", "3", "4"], ["5", "6"])
    assert 'href="?after=4"' in first
    assert 'href="?after=' not in second


def test_what_is_not_shown_leaves_its_number_and_reason(topic: Topic, reader: Client, at: datetime) -> None:
    refused = factories.a_refused(topic, at=at, body="secret refused")
    gone = factories.a_contribution(topic, at=at, body="secret withdrawn")
    withdraw_contribution(contribution=gone, by=factories.a_writer(at), at=at)
    factories.a_contribution(topic, at=at, body="secret waiting")
    moved = factories.a_published(topic, at=at, body="Stands elsewhere")
    elsewhere = factories.a_topic(topic.consultation, at=at, title="Birds")
    moderator = as_moderator(factories.a_moderator(at))
    move_contribution(contribution=moved, to=elsewhere, with_replies=False, by=moderator, at=at)

    rows = {int(row["number"]): row for row in _table(reader, topic)}

    assert {number: (row["state"], row["text"]) for number, row in rows.items()} == {
        refused.number: ("refused", ""),
        gone.number: ("withdrawn", ""),
        moved.number: ("moved", ""),
    }
    assert "was not published. Reason:" in rows[refused.number]["in_its_place"]
    assert rows[moved.number]["in_its_place"].startswith("No. 4 was moved to another topic: Birds")
    for name in COPIES:
        assert "secret" not in _said(reader, name, topic)


def test_the_table_says_who_wrote_in_kind_and_never_by_name(topic: Topic, reader: Client, at: datetime) -> None:
    person = personas.resident(at=at, display_name="Rita Rigtig")
    text = factories.a_published(topic, at=at, body="=1+1, *said* [here](https://example.org) & < there", by=person)
    factories.an_answer(text, at=at, body="So it is.")

    first, answer = _table(reader, topic)

    assert (first["written_by"], answer["written_by"], answer["in_reply_to"]) == ("resident", "municipality", "1")
    # No spreadsheet takes it for a formula, and the marks of the text are gone.
    assert first["text"] == "'=1+1, said here & < there"
    assert first["address"].endswith(f"/en/consultations/{topic.consultation.slug}/c/1/")
    for name in COPIES[1:]:
        assert "Rita" not in _said(reader, name, topic)


def test_the_feed_begins_with_the_highest_number_and_links_to_each_for_ever(
    topic: Topic, reader: Client, at: datetime
) -> None:
    first = factories.a_published(topic, at=at, body="First of all")
    factories.a_published(topic, at=at, body="And second")
    factories.an_answer(first, at=at)

    feed = _said(reader, "portal:topic-feed", topic)

    assert re.findall(r"<title>(No\. \d+)", feed) == ["No. 3", "No. 2", "No. 1"]
    assert f"/c/{first.number}/" in feed
    assert "First of all" in feed


def test_what_looks_like_html_is_text_in_the_feed(topic: Topic, reader: Client, at: datetime) -> None:
    factories.a_published(topic, at=at, body="<script>alert(1)</script> & more")

    entry = _said(reader, "portal:topic-feed", topic).partition("<summary")[2]

    # Once for the feed, and once for what a reader makes of its summary.
    assert "&amp;lt;script&amp;gt;" in entry
    assert "&amp;amp; more" in entry


@pytest.mark.parametrize("name", COPIES)
def test_a_draft_has_no_copies_for_others(name: str, as_seen_by: Browser, at: datetime) -> None:
    topic = factories.a_topic(factories.a_draft(at=at), at=at, title="Birds")

    for person in (personas.AnonymousUser(), personas.resident(at=at), personas.colleague(at=at)):
        assert as_seen_by(person).get(_url(name, topic)).status_code == 404


def test_paper_has_nothing_to_press_in_the_thread(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    factories.a_published(topic, at=at)
    official = as_seen_by(factories.an_official(at))

    shown = official.get(_url("portal:topic-print", topic)).content.decode()

    assert 'class="act"' not in shown
    assert "contrib__acts" not in shown
    assert "<textarea" not in shown


def test_the_page_leads_to_its_copies_and_a_draft_to_none(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    draft = factories.a_topic(factories.a_draft(at=at, title="Draft"), at=at, title="Birds")
    official = as_seen_by(factories.an_official(at))

    for name in COPIES:
        assert f'href="{_url(name, topic)}"' in _said(official, "portal:topic", topic)
        assert f'href="{_url(name, draft)}"' not in _said(official, "portal:topic", draft)


@pytest.mark.parametrize(("name", "budget"), [*zip(COPIES, (7, 5, 3), strict=True)])
@pytest.mark.parametrize("count", [1, 3])
def test_more_articles_cost_no_more_queries(  # noqa: PLR0917 - fixtures
    count: int, name: str, budget: int, topic: Topic, reader: Client, at: datetime, django_assert_num_queries: Any
) -> None:
    for _step in range(count):
        factories.a_published(topic, at=at)
    _said(reader, name, topic)

    with django_assert_num_queries(budget):
        _said(reader, name, topic)


def _url(name: str, topic: Topic) -> str:
    with override("en"):
        return reverse(name, kwargs={"slug": topic.consultation.slug, "topic": topic.slug})


def _said(client: Client, name: str, topic: Topic) -> str:
    answer = client.get(_url(name, topic))
    assert answer.status_code == 200
    return (b"".join(answer) if answer.streaming else answer.content).decode()  # type: ignore[arg-type]


def _table(client: Client, topic: Topic) -> list[dict[str, str]]:
    text = _said(client, "discussions:topic-table", topic)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(BOM)), delimiter=";"))
    assert all(tuple(row) == COLUMNS for row in rows)
    return rows
