"""The front page."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.discussions.enums import ContributionKind
from apps.publications.actions import StatementText, draft_summary, publish_summary
from tests import factories

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
NOBODY = AnonymousUser()


def a_conversation(at: datetime) -> None:
    """Make a hearing with an answered question and a published summary that cites it."""
    hearing = factories.a_hearing(at=at)
    question = factories.a_published(factories.the_topic(hearing), at=at, kind=ContributionKind.QUESTION)
    factories.an_answer(question, at=at, body="**Yes**, it is <b>measured</b>.")
    text = StatementText(title="Noise", body="People ask.", cites=[question.number])
    official = factories.an_official(at)
    publish_summary(
        summary=draft_summary(consultation=hearing, statements=[text], by=official, at=at), by=official, at=at
    )


def test_an_empty_house_says_so_in_words(as_seen_by: Browser, at: datetime) -> None:
    page = as_seen_by(NOBODY).get("/en/").content.decode()

    assert "No hearing is open now" in page
    assert "has not answered anything yet" in page
    assert "No white paper or summary is published yet" in page


def test_the_front_page_shows_what_is_open_answered_and_summed_up(as_seen_by: Browser, at: datetime) -> None:
    a_conversation(at)

    page = as_seen_by(NOBODY).get("/en/").content.decode()

    assert "Open: 21 days left" in page
    assert "Yes, it is &lt;b&gt;measured&lt;/b&gt;." in page
    assert 'Summary: <span lang="da">Hearing' in page
    assert "Answer to no. 1" in page


def test_drafts_and_closed_hearings_are_not_open(as_seen_by: Browser, at: datetime) -> None:
    factories.a_draft(at=at, title="Secret plan")
    factories.a_hearing(at=at, title="Over", closes=timedelta(0))

    page = as_seen_by(factories.an_official(at)).get("/en/").content.decode()

    assert "Secret plan" not in page
    assert ">Over<" not in page


@pytest.mark.parametrize("hearings", [1, 3])
def test_the_front_page_costs_the_same_for_one_and_three(
    hearings: int, as_seen_by: Browser, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _turn in range(hearings):
        a_conversation(at)
    browser = as_seen_by(NOBODY)
    browser.get("/en/")

    with django_assert_num_queries(7):
        browser.get("/en/")
