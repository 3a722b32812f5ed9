"""What moderators decided, for everyone: rule, moment and role, and neither names nor texts."""

import xml.etree.ElementTree as ET
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from apps.accounts.rules import as_moderator
from apps.consultations.actions import stop_writing
from apps.consultations.models import Consultation, Topic
from apps.discussions.actions import hide_contribution, restore_contribution
from apps.ledger.actions import sequence_entries
from tests import factories
from tests.moderation.desk import a_reason, shown

pytestmark = pytest.mark.django_db

SECRETS = ("Hidden words.", "Mona Munk", "Una Underveis", "@example.org", "It names a neighbour.")


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at, title="Wind at sea"))


@pytest.fixture
def decided(topic: Topic, at: datetime) -> Consultation:
    """A hearing in which a text was refused, one hidden and shown again, and writing stopped."""
    factories.a_refused(topic, at=at, body="Hidden words.", sentence="It names a neighbour.")
    row, by = factories.a_published(topic, at=at, body="Hidden words."), as_moderator(factories.a_moderator(at))
    hide_contribution(contribution=row, reason=a_reason(), sentence="It names a neighbour.", by=by, at=at)
    restore_contribution(contribution=row, by=by, at=at)
    stop_writing(consultation=topic.consultation, sentence="A break.", by=factories.a_moderator(at), at=at)
    sequence_entries()
    return topic.consultation


def test_it_tells_rule_and_role_newest_first_and_nothing_else(client: Client, decided: Consultation) -> None:
    response = client.get(f"/en/consultations/{decided.slug}/moderation/")

    page = response.content.decode()
    assert [row.words for row in response.context["rows"]] == [
        "Writing was stopped for a while.",
        "No. 2 is shown after all. Before, it was not (Personal attack).",
        "No. 2 is no longer shown (Personal attack).",
        "No. 1 was not published (Private information about others).",
    ]
    assert "by a moderator" in page
    assert not [secret for secret in SECRETS if secret in page]


@pytest.mark.parametrize(("language", "words"), [("en/", "is shown after all"), ("", "vises alligevel")])
def test_the_feed_says_the_same(client: Client, decided: Consultation, language: str, words: str) -> None:
    response = client.get(f"/{language}consultations/{decided.slug}/moderation/feed/")

    feed = ET.fromstring(response.content)  # noqa: S314 - our own
    name = "{http://www.w3.org/2005/Atom}"
    titles = [entry.findtext(f"{name}title") or "" for entry in feed.findall(f"{name}entry")]
    assert response["Content-Type"].startswith("application/atom+xml")
    assert len(titles) == len({entry.findtext(f"{name}id") for entry in feed.findall(f"{name}entry")}) == 4
    assert words in titles[1]
    assert not [secret for secret in SECRETS if secret in response.content.decode()]


def test_a_draft_has_none(client: Client, at: datetime) -> None:
    draft = factories.a_draft(at=at)

    for page in ("moderation/", "moderation/feed/"):
        assert client.get(f"/en/consultations/{draft.slug}/{page}").status_code == 404
    # Officials see the draft's page; its feed is nobody's.
    client.force_login(factories.an_official(at))
    assert client.get(f"/en/consultations/{draft.slug}/moderation/").status_code == 200
    assert client.get(f"/en/consultations/{draft.slug}/moderation/feed/").status_code == 404


def test_it_says_that_nothing_was_kept_back(client: Client, topic: Topic) -> None:
    assert "Nothing was kept back here" in shown(client.get(f"/en/consultations/{topic.consultation.slug}/moderation/"))


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(
    client: Client, topic: Topic, at: datetime, count: int, django_assert_num_queries: Any
) -> None:
    for step in range(count):
        factories.a_refused(topic, at=at + timedelta(minutes=step))
    sequence_entries()
    client.get(f"/en/consultations/{topic.consultation.slug}/moderation/")

    with django_assert_num_queries(3):
        client.get(f"/en/consultations/{topic.consultation.slug}/moderation/")
