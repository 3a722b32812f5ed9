"""The list of hearings, and the page of one."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.consultations.actions import ConsultationText, revise_consultation, set_facts
from apps.consultations.enums import WriteAccess
from apps.consultations.models import Consultation
from apps.portal.views.consultations import PAGE
from apps.publications.actions import StatementText, draft_summary, publish_summary
from tests import factories
from tests.personas import PERSONAS, everyone

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
NOBODY = AnonymousUser()
LIST = "/en/consultations/"


def page_of(consultation: Consultation) -> str:
    return f"{LIST}{consultation.slug}/"


def titles(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 200
    return [card.consultation.title for card in response.context["cards"]]


def test_hearings_stand_latest_published_first_with_drafts_on_top_for_officials(
    as_seen_by: Browser, at: datetime
) -> None:
    factories.a_hearing(at=at - timedelta(days=2), title="First")
    factories.a_hearing(at=at, title="Second")
    factories.a_draft(at=at, title="Draft")

    assert titles(as_seen_by(NOBODY)) == ["Second", "First"]
    assert titles(as_seen_by(factories.an_official(at))) == ["Draft", "Second", "First"]


@pytest.mark.parametrize("words", ["ål", "Ål", "ÅL", "ål i"])
def test_words_are_found_in_small_and_large_letters(words: str, as_seen_by: Browser, at: datetime) -> None:
    factories.a_hearing(at=at, title="Ål i åen")
    factories.a_hearing(at=at, title="Møller")

    assert titles(as_seen_by(NOBODY), f"?q={words}") == ["Ål i åen"]


def test_open_and_closed_are_told_apart_and_planned_ones_are_neither(as_seen_by: Browser, at: datetime) -> None:
    factories.a_hearing(at=at, title="Open")
    factories.a_hearing(at=at, title="Closed", closes=timedelta(0))
    factories.a_hearing(at=at, title="Planned", opens=timedelta(days=2))
    factories.a_draft(at=at, title="Draft")
    browser = as_seen_by(factories.an_official(at))

    assert titles(browser, "?state=open") == ["Open"]
    assert titles(browser, "?state=closed") == ["Closed"]
    assert set(titles(browser)) == {"Open", "Closed", "Planned", "Draft"}


@pytest.mark.parametrize("query", ["?state=popular", "?page=0", "?page=x", "?page=-1", "?page=1e9", "?q=%00", "?q="])
def test_what_makes_no_sense_is_left_out(query: str, as_seen_by: Browser, at: datetime) -> None:
    factories.a_hearing(at=at, title="Open")

    assert titles(as_seen_by(NOBODY), query) == ["Open"]


def test_an_empty_result_offers_each_filter_without_itself(as_seen_by: Browser, at: datetime) -> None:
    response = as_seen_by(NOBODY).get(LIST, {"q": "a&b", "state": "open"})

    assert "Nothing found" in response.content.decode()
    assert [row["url"] for row in response.context["filters"]] == ["?state=open", "?q=a%26b"]


def test_long_lists_come_page_by_page(as_seen_by: Browser, at: datetime) -> None:
    made = [factories.a_hearing(at=at, title=f"H{step}").title for step in range(PAGE + 1)]
    browser = as_seen_by(NOBODY)

    first = browser.get(LIST, {"state": "open"})

    assert first.context["older"] == "?state=open&page=2"
    assert titles(browser, "?page=1") + titles(browser, "?page=2") == made[::-1]
    assert browser.get(LIST, {"page": 2}).context["older"] == ""


@pytest.mark.parametrize("hearings", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    hearings: int, as_seen_by: Browser, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _turn in range(hearings):
        factories.a_hearing(at=at)
    browser = as_seen_by(NOBODY)
    browser.get(LIST)

    with django_assert_num_queries(3):
        browser.get(LIST)


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_draft_exists_for_officials_only(persona: str, as_seen_by: Browser, at: datetime) -> None:
    viewer = everyone(at=at)[persona]
    draft = factories.a_draft(at=at)

    response = as_seen_by(viewer).get(page_of(draft))

    assert response.status_code == (200 if persona == "official" else 404)


def test_the_page_tells_status_deadline_and_who_may_write(as_seen_by: Browser, at: datetime) -> None:
    hearing = factories.a_hearing(at=at, write_access=WriteAccess.RESIDENTS)

    page = as_seen_by(NOBODY).get(page_of(hearing)).content.decode()

    assert "Open: 21 days left" in page
    assert "Tuesday 6 October at 10:30" in page
    assert "Verified residents of the municipality can write." in page
    assert "#write" in page


def test_a_closed_hearing_offers_nothing_to_write_in(as_seen_by: Browser, at: datetime) -> None:
    hearing = factories.a_hearing(at=at, closes=timedelta(0))

    page = as_seen_by(NOBODY).get(page_of(hearing)).content.decode()

    assert "Closed 15 September" in page
    assert "Write a contribution" not in page
    assert "can write" not in page
    assert "Nothing more can be sent." in page


def test_the_proposal_is_shown_as_it_was_stored_and_titles_are_escaped(as_seen_by: Browser, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    text = ConsultationText(title="<i>Wind</i>", body="**Eight** <script>alert(1)</script>", contact="<b>Mette</b>")
    by = factories.an_official(at)
    revise_consultation(consultation=hearing, text=text, what_changed="All of it.", by=by, at=at)

    page = as_seen_by(NOBODY).get(page_of(hearing)).content.decode()

    assert "<strong>Eight</strong>" in page
    assert "<script>alert" not in page
    assert "&lt;i&gt;Wind&lt;/i&gt;" in page
    assert "&lt;b&gt;Mette&lt;/b&gt;" in page


def test_facts_topics_documents_and_meetings_stand_on_the_page(as_seen_by: Browser, at: datetime) -> None:
    hearing, official = factories.a_hearing(at=at), factories.an_official(at)
    set_facts(consultation=hearing, topic=None, facts=[("8", "mills")], by=official, at=at)
    factories.a_document(hearing, at=at, title="Local plan")
    factories.a_meeting(hearing, at=at, starts_at=at + timedelta(hours=2), access="Hearing loop.", places=5)
    topic = factories.the_topic(hearing)
    factories.a_published(topic, at=at)

    page = as_seen_by(NOBODY).get(page_of(hearing)).content.decode()

    shown = ("mills", "Local plan", f"{page_of(hearing)}documents/1/", "The hall", topic.title, "Hearing loop.")
    for words_shown in (*shown, "5 of 5", f"{page_of(hearing)}meetings/1/"):
        assert words_shown in page


def test_the_summary_is_begun_with_the_first_it_cites(as_seen_by: Browser, at: datetime) -> None:
    hearing, official = factories.a_hearing(at=at), factories.an_official(at)
    topic = factories.the_topic(hearing)
    cites = [factories.a_published(topic, at=at).number for _turn in range(5)]
    texts = [StatementText(title=f"Point {step}", body="*Words*", cites=cites) for step in range(4)]
    summary = draft_summary(consultation=hearing, statements=texts, by=official, at=at)
    browser = as_seen_by(NOBODY)
    assert "Point 0" not in browser.get(page_of(hearing)).content.decode()

    publish_summary(summary=summary, by=official, at=at)
    response = browser.get(page_of(hearing))

    page = response.content.decode()
    assert "Point 2" in page
    assert "Point 3" not in page
    assert response.context["statements_left"] == 1
    assert [row.more for row in response.context["statements"]] == [2, 2, 2]
    assert f"{page_of(hearing)}c/3/" in page
    assert f"{page_of(hearing)}c/4/" not in page


@pytest.mark.parametrize("topics", [1, 3])
def test_the_page_costs_the_same_for_one_topic_and_three(
    topics: int, as_seen_by: Browser, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    hearing = factories.a_hearing(at=at)
    for _turn in range(topics):
        factories.a_topic(hearing, at=at)
        factories.a_document(hearing, at=at)
    browser = as_seen_by(NOBODY)
    browser.get(page_of(hearing))

    with django_assert_num_queries(17):
        browser.get(page_of(hearing))


def test_officials_are_led_to_the_desk_and_others_are_not(as_seen_by: Browser, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    desk = f"/en/desk/consultations/{hearing.slug}/"

    assert desk in as_seen_by(factories.an_official(at)).get(page_of(hearing)).content.decode()
    assert desk not in as_seen_by(factories.a_moderator(at)).get(page_of(hearing)).content.decode()


def test_the_house_rules_stand_with_their_numbers(as_seen_by: Browser, at: datetime) -> None:
    page = as_seen_by(NOBODY).get("/en/how-it-works/").content.decode()

    places = [page.index(f'id="rule-{number}" value="{number}"') for number in range(1, 7)]
    assert places == sorted(places)
    assert "Personal attack" in page
    assert "Moderated in the source" not in page
