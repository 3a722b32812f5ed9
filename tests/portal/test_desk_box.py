"""What the suggestion box asks of officials, on their desk."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.accounts.rules import as_moderator
from apps.consultations.models import Consultation
from apps.discussions.actions import hide_contribution, set_suggestion_status
from apps.discussions.enums import ProposalOutcome, SuggestionStatus
from apps.discussions.models import CitizenProposal, Contribution
from apps.municipality.models import RefusalReason
from apps.portal.queries.desk import box_work
from tests import factories, personas
from tests.factories.standing import a_box, a_suggestion

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
DESK = "/en/desk/"
DAY = timedelta(days=1)


@pytest.fixture
def box(at: datetime) -> Consultation:
    return a_box(at=at)


def supported(row: Contribution, at: datetime) -> CitizenProposal:
    """Return the suggestion as a citizen proposal that got its supporters."""
    reached = {"outcome": ProposalOutcome.REACHED, "settled_at": at, "supporters": 2}
    terms = {"threshold": 2, "days": 60, "minimum_age": 0, "ends_at": at + 60 * DAY}
    return CitizenProposal.objects.create(contribution=row, **terms, **reached)


def test_what_nobody_answered_waits_until_something_is_said(
    box: Consultation, as_seen_by: Browser, at: datetime
) -> None:
    official = factories.an_official(at)
    assert "Every suggestion has an answer." in as_seen_by(official).get(DESK).content.decode()
    first, second, third = (a_suggestion(box, at=at + DAY * step) for step in range(3))

    work = box_work(official)
    assert work is not None
    assert (work.unanswered.count, work.unanswered.since) == (3, at)
    page = as_seen_by(official).get(DESK).content.decode()
    assert "3 suggestions have no answer" in page
    assert "/en/suggestions/?status=received" in page

    set_suggestion_status(contribution=first, status=SuggestionStatus.LOOKED_AT, by=official, at=at + 4 * DAY)
    factories.an_answer(second, at=at + 4 * DAY)
    assert "1 suggestion has no answer" in as_seen_by(official).get(DESK).content.decode()

    reason, by = RefusalReason.objects.get(code="spam"), as_moderator(factories.a_moderator(at))
    hide_contribution(contribution=third, reason=reason, sentence="It advertises.", by=by, at=at + 5 * DAY)
    assert box_work(official).count == 0  # type: ignore[union-attr] # officials keep the box


def test_what_waits_for_moderators_is_not_counted(box: Consultation, at: datetime) -> None:
    factories.a_contribution(factories.the_topic(box), at=at)

    assert box_work(factories.an_official(at)).count == 0  # type: ignore[union-attr] # officials keep the box


def test_a_proposal_with_enough_support_is_named_to_those_who_keep_the_box(
    box: Consultation, as_seen_by: Browser, at: datetime
) -> None:
    row = a_suggestion(box, at=at)
    supported(row, at)

    page = as_seen_by(factories.an_official(at)).get(DESK).content.decode()
    assert "Citizen proposal no. 1 has enough support" in page
    assert f"/en/consultations/{box.slug}/c/1/status/" in page
    assert "Citizen proposal no. 1" not in as_seen_by(personas.administrator(at=at)).get(DESK).content.decode()


def test_it_costs_the_same_for_one_and_three(
    box: Consultation, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    official = factories.an_official(at)
    assert box_work(official) is not None  # the roles are read
    for _each in range(2):
        supported(a_suggestion(box, at=at), at)
        with django_assert_num_queries(2):
            work = box_work(official)
            assert work is not None
            assert [proposal.contribution.consultation.slug for proposal in work.for_council]
