"""The summary as everyone reads it."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from apps.consultations.models import Consultation, Topic
from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution
from apps.municipality.models import RefusalReason
from apps.publications.actions import StatementText, draft_summary, publish_summary
from apps.publications.models import Summary
from tests.factories import a_draft, a_hearing, a_moderator, a_published, a_writer, an_official, the_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(at: datetime) -> Topic:
    return the_topic(a_hearing(at=at))


def _address(consultation: Consultation) -> str:
    return f"/en/consultations/{consultation.slug}/summary/"


def _drafted(consultation: Consultation, at: datetime, *numbers: int, title: str = "On noise") -> Summary:
    text = StatementText(title=title, body="They *want* quiet.", cites=numbers)
    return draft_summary(consultation=consultation, statements=[text], by=an_official(at), at=at)


def _published(consultation: Consultation, at: datetime, *numbers: int) -> Summary:
    return publish_summary(summary=_drafted(consultation, at, *numbers), by=an_official(at), at=at)


def test_a_draft_is_for_officials(client: Client, at: datetime, topic: Topic) -> None:
    _drafted(topic.consultation, at, a_published(topic, at=at).number, title="Secret draft")

    for person in (None, a_writer(at), a_moderator(at)):
        if person:
            client.force_login(person)
        assert client.get(_address(topic.consultation)).status_code == 404
    client.force_login(an_official(at))
    page = client.get(_address(topic.consultation)).content.decode()
    assert "No summary yet" in page
    assert "Secret draft" not in page


def test_there_is_no_page_without_a_summary_or_of_a_hidden_consultation(client: Client, at: datetime) -> None:
    assert client.get(_address(a_hearing(at=at))).status_code == 404
    assert client.get(_address(a_draft(at=at))).status_code == 404
    assert client.get("/en/consultations/none/summary/").status_code == 404
    client.force_login(an_official(at))
    assert client.get("/en/consultations/none/summary/").status_code == 404


def test_everyone_reads_who_wrote_what_and_whom_it_cites(client: Client, at: datetime, topic: Topic) -> None:
    number = a_published(topic, at=at).number
    _published(topic.consultation, at, number)

    page = client.get(_address(topic.consultation)).content.decode()

    for shown in (
        "They <em>want</em> quiet.",
        "Written by Olaf Overgaard",
        "Covers what was published until 15 September 2026 at 10:30. Version 1.",
        f'href="/en/consultations/{topic.consultation.slug}/c/{number}/"',
        "Is your contribution rendered wrongly?",
    ):
        assert shown in page
    assert "/desk/" not in page


def test_officials_are_told_that_the_draft_says_something_else(client: Client, at: datetime, topic: Topic) -> None:
    number = a_published(topic, at=at).number
    _published(topic.consultation, at, number)
    client.force_login(an_official(at))
    words = "The draft says something else"

    assert words not in client.get(_address(topic.consultation)).content.decode()
    _drafted(topic.consultation, at, number, title="On birds")
    page = client.get(_address(topic.consultation)).content.decode()

    assert words in page
    assert "On birds" not in page


def test_what_is_cited_and_taken_away_later_leaves_its_number_only(client: Client, at: datetime, topic: Topic) -> None:
    cited = a_published(topic, at=at, body="Words nobody may read.")
    _published(topic.consultation, at, cited.number)
    reason = RefusalReason.objects.get(code="private_information")
    Contribution.stored.filter(pk=cited.pk).update(status=ContributionStatus.REFUSED, refusal_reason=reason)

    for person in (None, an_official(at)):
        if person:
            client.force_login(person)
        page = client.get(_address(topic.consultation)).content.decode()
        assert f"#{cited.number}</a>" in page
        assert "Words nobody may read." not in page
    for page in (f"/en/desk/consultations/{topic.consultation.slug}/summary/", "publish/"):
        address = page if page.startswith("/") else f"/en/desk/consultations/{topic.consultation.slug}/summary/{page}"
        assert "Words nobody may read." not in client.get(address).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_reading_costs_the_same(
    client: Client, at: datetime, topic: Topic, count: int, django_assert_num_queries: Any
) -> None:
    numbers = [a_published(topic, at=at).number for _turn in range(count)]
    texts = [StatementText(title=f"No. {number}", body="Body.", cites=numbers) for number in numbers]
    by = an_official(at)
    drafted = draft_summary(consultation=topic.consultation, statements=texts, by=by, at=at)
    publish_summary(summary=drafted, by=by, at=at)
    client.get(_address(topic.consultation))

    with django_assert_num_queries(5):
        client.get(_address(topic.consultation))
    client.force_login(by)
    with django_assert_num_queries(11):
        client.get(_address(topic.consultation))
