"""The news of an official and their teams, on their desk."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.consultations.actions import NewsText, draft_news, publish_news, translate_consultation
from apps.consultations.models import Consultation
from apps.portal.queries.desk import desk_news
from tests import factories, personas
from tests.factories.standing import a_post

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
DESK = "/en/desk/"
DAY = timedelta(days=1)


def a_draft_post(at: datetime, title: str) -> Consultation:
    return draft_news(text=NewsText(title=title, body="Soon."), by=factories.an_official(at), at=at)


def titles(browser: Client, address: str = DESK) -> list[str]:
    return [post.title for post in browser.get(address).context["work"].news.posts]


def test_drafts_stand_first_and_then_the_latest(as_seen_by: Browser, at: datetime) -> None:
    a_post(at=at - 2 * DAY, title="Older")
    a_post(at=at - DAY, title="Newer")
    draft = a_draft_post(at - 3 * DAY, "Not yet")
    factories.a_hearing(at=at, title="Wind")
    browser = as_seen_by(factories.an_official(at))

    page = browser.get(DESK).content.decode()

    assert titles(browser) == ["Not yet", "Newer", "Older"]
    assert f'href="/en/desk/news/{draft.slug}/"' in page
    assert 'href="/en/desk/news/new/"' in page


def test_what_other_teams_write_is_not_listed(as_seen_by: Browser, at: datetime) -> None:
    a_post(at=at, title="Theirs")
    a_draft_post(at, "Secret post")
    colleague = as_seen_by(personas.colleague(at=at))

    page = colleague.get(DESK).content.decode()

    assert titles(colleague) == []
    assert "You and your teams have written no news yet." in page
    assert "Secret post" not in page


def test_who_writes_no_news_is_offered_none(as_seen_by: Browser, at: datetime) -> None:
    a_post(at=at)
    page = as_seen_by(personas.administrator(at=at)).get(DESK)

    assert page.context["work"].news is None
    assert "/en/desk/news/new/" not in page.content.decode()


def test_pages_follow_each_other(as_seen_by: Browser, at: datetime) -> None:
    for day in range(7):
        a_post(at=at - day * DAY, title=f"Post {day}")
    browser = as_seen_by(factories.an_official(at))

    assert 'href="?posts=2#news-h"' in browser.get(DESK).content.decode()
    assert titles(browser, f"{DESK}?posts=2") == ["Post 5", "Post 6"]
    assert 'href="?posts=1#news-h"' in browser.get(f"{DESK}?posts=2").content.decode()
    assert titles(browser, f"{DESK}?posts=nonsense") == [f"Post {day}" for day in range(5)]
    assert "The list of news ends before this page." in browser.get(f"{DESK}?posts=3").content.decode()


def test_titles_stand_in_the_language_of_the_page(as_seen_by: Browser, at: datetime) -> None:
    official = factories.an_official(at)
    post = a_draft_post(at, "Juletræet")
    publish_news(post=post, by=official, at=at)
    translate_consultation(consultation=post, texts={"title": "The Christmas tree"}, by=official, at=at)
    browser = as_seen_by(official)

    assert "The Christmas tree" in browser.get(DESK).content.decode()
    assert "Juletræet" in browser.get("/desk/").content.decode()


def test_it_costs_the_same_for_one_and_three(at: datetime, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    official = factories.an_official(at)
    assert desk_news(official, page=1) is not None  # the roles are read
    for count in (1, 2, 3):
        a_post(at=at, title=f"Post {count}")
        with django_assert_num_queries(1):
            news = desk_news(official, page=1)
            assert news is not None
            assert len([post.title for post in news.posts]) == count
