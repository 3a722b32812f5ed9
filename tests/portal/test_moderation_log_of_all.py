"""What moderators decided anywhere: also what belongs to no hearing, and of nobody and no text by name."""

from datetime import datetime

import pytest
from django.test import Client

from apps.consultations.models import Consultation, Topic
from apps.ledger.actions import sequence_entries
from tests import factories
from tests.moderation.cases import APPEALED, EXPLAINED, a_neighbour, a_report, a_report_appeal, left
from tests.moderation.desk import shown
from tests.moderation.pauses import NOTED, TO_THEM, a_pause

pytestmark = pytest.mark.django_db
ALL = "/en/ledger/moderation/"
FEED = f"{ALL}feed/"


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at, title="Wind at sea"))


def test_a_pause_everywhere_and_an_appeal_of_a_reporter_stand_there_and_in_no_hearings_log(
    client: Client, topic: Topic, at: datetime
) -> None:
    text, neighbour = factories.a_published(topic, at=at), a_neighbour(at)
    a_report_appeal(left(a_report(text, at=at, by=neighbour), at=at), at=at)
    a_pause(text, at=at, is_everywhere=True)
    sequence_entries()

    everywhere = shown(client.get(ALL))
    here = shown(client.get(f"/en/consultations/{topic.consultation.slug}/moderation/"))

    for told in ("Somebody's writing was paused", "Somebody appealed against a decision", "A report about"):
        assert told in everywhere.replace("’", "'")
        assert told not in here.replace("’", "'")
    assert ALL in client.get(f"/en/consultations/{topic.consultation.slug}/moderation/").content.decode()
    for secret in (TO_THEM, NOTED, EXPLAINED, APPEALED, text.author_name, neighbour.display_name, "Mona Munk"):
        assert secret not in everywhere


def test_a_pause_in_one_hearing_stands_in_both(client: Client, topic: Topic, at: datetime) -> None:
    a_pause(factories.a_published(topic, at=at), at=at)
    sequence_entries()

    for address in (ALL, f"/en/consultations/{topic.consultation.slug}/moderation/"):
        assert "Somebody's writing was paused" in shown(client.get(address)).replace("’", "'")


def test_of_a_hearing_that_is_not_public_only_positions_are_told(client: Client, topic: Topic, at: datetime) -> None:
    factories.a_refused(topic, at=at)
    sequence_entries()
    Consultation.objects.filter(pk=topic.consultation_id).update(status="draft", published_at=None)

    page = shown(client.get(ALL))

    assert "Wind at sea" not in page
    assert "About a consultation that is not public yet" in page


def test_the_feed_tells_the_same_to_everyone_and_nothing_of_what_is_not_public(
    client: Client, topic: Topic, at: datetime
) -> None:
    text, drafted = factories.a_published(topic, at=at), factories.the_topic(factories.a_hearing(at=at))
    refused = factories.a_refused(topic, at=at)
    factories.a_refused(drafted, at=at)
    a_pause(text, at=at, is_everywhere=True)
    sequence_entries()
    Consultation.objects.filter(pk=drafted.consultation_id).update(status="draft", published_at=None)

    answer = client.get(FEED)
    feed = answer.content.decode().replace("’", "'")

    assert answer["Content-Type"].startswith("application/atom+xml")
    assert FEED in client.get(ALL).content.decode()
    assert "Somebody's writing was paused" in feed
    assert f"/en/consultations/{topic.consultation.slug}/c/{refused.number}/" in feed
    assert feed.count("<entry>") == 2
    for secret in (drafted.consultation.slug, TO_THEM, NOTED, text.author_name, "Mona Munk"):
        assert secret not in feed


@pytest.mark.parametrize("before", ["x", "0", "9" * 30])
def test_a_place_that_is_none_is_answered_all_the_same(before: str, client: Client) -> None:
    assert client.get(f"{ALL}?before={before}").status_code == 200
