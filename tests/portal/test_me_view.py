"""The own page."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.discussions.actions import move_to_consultation, withdraw_contribution
from apps.discussions.enums import ContributionKind
from apps.portal.views.me import PAGE
from tests import factories, personas

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
ME = "/en/me/"


def test_who_is_not_signed_in_is_led_to_log_in_and_back(client: Client) -> None:
    response = client.get(ME)

    assert response.status_code == 302
    assert response["Location"] == "/en/accounts/login/?next=/en/me/"


def test_the_own_page_tells_what_became_of_each(as_seen_by: Browser, at: datetime) -> None:
    topic = factories.the_topic(factories.a_hearing(at=at))
    person = factories.a_writer(at)
    question = factories.a_published(topic, at=at, kind=ContributionKind.QUESTION)
    factories.an_answer(question, at=at)
    factories.a_refused(topic, at=at, sentence="It names a neighbour.")
    withdraw_contribution(contribution=factories.a_contribution(topic, at=at), by=person, at=at)
    factories.a_contribution(topic, at=at, body="Still *waiting*")

    response = as_seen_by(person).get(ME)

    assert [item["badge"] for item in response.context["items"]] == ["waiting", "withdrawn", "refused", "answered"]
    page = response.content.decode()
    assert "It names a neighbour." in page
    assert "rule 2" in page
    assert "Still waiting" in page


def test_nobody_sees_what_others_wrote(as_seen_by: Browser, at: datetime) -> None:
    topic = factories.the_topic(factories.a_hearing(at=at))
    factories.a_contribution(topic, at=at, body="Mine alone")
    stranger = personas.unverified(at=at, email="stranger@example.org")

    assert "Mine alone" in as_seen_by(factories.a_writer(at)).get(ME).content.decode()
    assert "Mine alone" not in as_seen_by(stranger).get(ME).content.decode()


def test_what_is_kept_unsent_is_shown_with_its_topic_unless_that_is_hidden(as_seen_by: Browser, at: datetime) -> None:
    person = factories.a_writer(at)
    topic = factories.the_topic(factories.a_hearing(at=at))
    hidden = factories.a_topic(factories.a_draft(at=at), at=at, title="Hidden topic")
    browser = as_seen_by(person)
    session = browser.session
    session["drafts"] = {str(topic.pk): {"body": "Half a *text*"}, str(hidden.pk): {"body": "x"}, "odd": {"body": "y"}}
    session.save()

    page = browser.get(ME).content.decode()

    assert "Half a text" in page
    assert "Hidden topic" not in page


def test_residency_is_told_with_its_end_and_a_way_to_get_it(as_seen_by: Browser, at: datetime) -> None:
    resident, other = personas.resident(at=at), factories.a_writer(at)
    expired = personas.resident(at=at - timedelta(days=900), email="eva@example.org")

    assert "Holds until 15 September 2028." in as_seen_by(resident).get(ME).content.decode()
    assert "You are not verified as a resident." in as_seen_by(other).get(ME).content.decode()
    assert "ran out on" in as_seen_by(expired).get(ME).content.decode()


def written(person: User, count: int, at: datetime) -> list[int]:
    topic = factories.the_topic(factories.a_hearing(at=at))
    return [factories.a_contribution(topic, at=at, by=person).number for _turn in range(count)]


def test_older_contributions_come_page_by_page(as_seen_by: Browser, at: datetime) -> None:
    person = factories.a_writer(at)
    numbers = written(person, PAGE + 1, at)
    browser = as_seen_by(person)

    first = browser.get(ME)
    second = browser.get(f"{ME}{first.context['older']}")

    seen = [item["contribution"].number for page in (first, second) for item in page.context["items"]]
    assert seen == numbers[::-1]
    assert second.context["older"] == ""


@pytest.mark.parametrize("before", ["0", "x", "-1", "9" * 30, "²"])
def test_odd_places_to_go_on_from_are_no_error(before: str, as_seen_by: Browser, at: datetime) -> None:
    assert as_seen_by(factories.a_writer(at)).get(ME, {"before": before}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_own_page_costs_the_same_for_one_and_three(
    count: int, as_seen_by: Browser, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = factories.a_writer(at)
    written(person, count, at)
    browser = as_seen_by(person)
    browser.get(ME)

    with django_assert_num_queries(12):
        browser.get(ME)


def test_who_has_written_nothing_is_told_how_to_begin(as_seen_by: Browser, at: datetime) -> None:
    browser = as_seen_by(factories.a_writer(at))
    assert "A good start" in browser.get(ME).content.decode()

    factories.a_contribution(factories.the_topic(factories.a_hearing(at=at)), at=at)

    assert "A good start" not in browser.get(ME).content.decode()


@pytest.mark.parametrize("page", ["", "following/", "settings/", "security/", "data/"])
def test_every_page_about_oneself_has_the_same_menu_with_itself_marked(
    page: str, as_seen_by: Browser, at: datetime
) -> None:
    shown = as_seen_by(factories.a_writer(at)).get(f"{ME}{page}").content.decode()
    menu = shown.split('<nav class="tabs"')[1].split("</nav>")[0]

    assert menu.count("<a ") == 6
    assert menu.count("aria-current") == 1
    assert f'href="{ME}{page}" aria-current="page"' in menu


def test_the_method_stands_beside_the_badge_and_leads_on(as_seen_by: Browser, at: datetime) -> None:
    page = as_seen_by(personas.resident(at=at)).get(ME).content.decode()

    assert "At the town-hall desk." in page
    assert 'href="/en/me/verify/"' in page


def test_what_was_moved_to_another_hearing_stands_there_once_with_the_number_it_had(
    as_seen_by: Browser, at: datetime
) -> None:
    topic, there = (factories.the_topic(factories.a_hearing(at=at, title=title)) for title in ("Wind", "Forest"))
    row = factories.a_published(topic, at=at, body="Plant oaks.")
    by = as_moderator(factories.a_moderator(at))
    move_to_consultation(contribution=row, to=there, with_replies=True, by=by, at=at)

    response = as_seen_by(factories.a_writer(at)).get(ME)

    assert [item["contribution"] for item in response.context["items"]] == [row]
    page = response.content.decode()
    assert 'moved here from “<span lang="da">Wind</span>”, no. 1' in page
    assert "Plant oaks." in page
