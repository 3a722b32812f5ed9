"""Erasing an answer: what it was given to is answered by what is left, or waits for an answer again."""

from datetime import datetime, timedelta

import pytest

from apps.consultations.models import Topic
from apps.discussions.enums import ContributionKind
from apps.exchange.queries import check_ledger
from tests import factories

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)


def test_a_question_whose_only_answer_is_erased_is_not_answered_any_more(topic: Topic, at: datetime) -> None:
    question = factories.a_published(topic, at=at, kind=ContributionKind.QUESTION)
    answer = factories.an_answer(question, at=at)

    factories.erase(answer, at=at)

    question.refresh_from_db()
    topic.refresh_from_db()
    assert (question.answered_at, topic.answered_count) == (None, 0)
    assert check_ledger().problem == ""


def test_it_is_answered_since_the_first_answer_that_is_left(topic: Topic, at: datetime) -> None:
    question = factories.a_published(topic, at=at, kind=ContributionKind.QUESTION)
    first = factories.an_answer(question, at=at)
    factories.an_answer(question, at=at + AN_HOUR, body="And there is more to it.")
    factories.a_published(topic, at=at, in_reply_to=question)

    factories.erase(first, at=at + AN_HOUR)

    question.refresh_from_db()
    assert question.answered_at == at + AN_HOUR
    assert check_ledger().problem == ""


def test_erasing_a_reply_leaves_the_answer(topic: Topic, at: datetime) -> None:
    question = factories.a_published(topic, at=at, kind=ContributionKind.QUESTION)
    factories.an_answer(question, at=at)

    factories.erase(factories.a_published(topic, at=at, in_reply_to=question), at=at)

    question.refresh_from_db()
    assert question.answered_at == at
