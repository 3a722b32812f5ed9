"""The officials' desk."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.common.permissions import may
from apps.consultations.actions import ConsultationText, draft_consultation
from apps.discussions.enums import ContributionKind
from tests import factories, personas
from tests.personas import PERSONAS, everyone

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
DESK = "/en/desk/"


@pytest.mark.parametrize("persona", PERSONAS)
def test_the_desk_is_for_officials_and_administrators(persona: str, as_seen_by: Browser, at: datetime) -> None:
    viewer = everyone(at=at)[persona]
    allowed = persona in {"official", "administrator"}

    response = as_seen_by(viewer).get(DESK)

    assert may("portal.open_desk", viewer) == allowed
    assert response.status_code == (302 if persona == "anonymous" else 200 if allowed else 403)


def test_a_moderator_is_shown_the_way_to_the_queue(as_seen_by: Browser, at: datetime) -> None:
    page = as_seen_by(factories.a_moderator(at)).get(DESK).content.decode()

    assert "/en/moderation/" in page
    assert "/en/moderation/" not in as_seen_by(factories.a_writer(at)).get(DESK).content.decode()


def test_open_questions_stand_oldest_first_and_late_ones_are_marked(as_seen_by: Browser, at: datetime) -> None:
    topic = factories.the_topic(factories.a_hearing(at=at - timedelta(days=30), closes=timedelta(days=99)))
    old, new = (
        factories.a_published(topic, at=at - timedelta(days=days), kind=ContributionKind.QUESTION) for days in (14, 1)
    )
    answered = factories.a_published(topic, at=at, kind=ContributionKind.QUESTION)
    factories.an_answer(answered, at=at)
    factories.a_published(topic, at=at)
    factories.a_contribution(topic, at=at, kind=ContributionKind.QUESTION)

    response = as_seen_by(factories.an_official(at)).get(DESK)

    shown = [(item.contribution, item.days, item.is_overdue) for item, _text in response.context["questions"]]
    assert shown == [(old, 10, True), (new, 1, False)]


def test_administrators_read_but_are_offered_no_work(as_seen_by: Browser, at: datetime) -> None:
    administrator = everyone(at=at)["administrator"]
    factories.a_hearing(at=at)
    factories.a_draft(at=at, title="Secret plan")

    page = as_seen_by(administrator).get(DESK).content.decode()

    assert "New hearing" not in page
    assert "/en/desk/residents/" not in page
    assert "Secret plan" not in page


def test_what_an_official_works_on_stands_apart_from_what_others_do(as_seen_by: Browser, at: datetime) -> None:
    colleague = personas.colleague(at=at)
    factories.a_hearing(at=at, title="The harbour")
    draft_consultation(text=ConsultationText(title="The forest"), by=colleague, at=at)

    page = as_seen_by(colleague).get(DESK).content.decode()

    own, others = (page.index(f'id="{heading}"') for heading in ("hearings-h", "others-h"))
    assert own < page.index("The forest", own) < others < page.index("The harbour", others)
    assert "The harbour" not in page[own:others]
    assert "The forest" not in page[others:]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_costs_the_same_for_one_and_three(
    rows: int, as_seen_by: Browser, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _turn in range(rows):
        topic = factories.the_topic(factories.a_hearing(at=at))
        factories.a_published(topic, at=at, kind=ContributionKind.QUESTION)
    browser = as_seen_by(factories.an_official(at))
    browser.get(DESK)

    with django_assert_num_queries(24):
        browser.get(DESK)
