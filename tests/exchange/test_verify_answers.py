"""Answers given together, corrections, drafts and who has to answer: rows are held against what the entries tell."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from apps.consultations.models import Topic
from apps.discussions.actions import correct_answer, publish_joint_answer
from apps.discussions.enums import ContributionKind, LinkKind
from apps.discussions.models import AnswerLink, Contribution
from apps.exchange.queries import check_ledger
from apps.ledger.actions import sequence_entries
from apps.publications import actions
from apps.publications.enums import DraftStatus
from apps.publications.models import AnswerDraft, Assignment
from tests import factories
from tests.publications.drafting import a_colleague, a_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(at: datetime) -> Topic:
    """Everything has happened that can: to three questions, an answer to all, an answer to one, and drafts."""
    topic = factories.the_topic(factories.a_hearing(at=at))
    olaf, karl = factories.an_official(at), a_colleague(topic.consultation, at=at)
    asked = [factories.a_published(topic, at=at, kind=ContributionKind.QUESTION) for _turn in range(5)]
    for row, given in zip(asked[:3], ({"official": karl}, {"department": "Roads"}, {"official": olaf}), strict=True):
        actions.assign_answer(contribution=row, by=olaf, at=at, **given)  # type: ignore[arg-type]
    actions.end_assignment(contribution=asked[2], by=olaf, at=at)
    together = publish_joint_answer(to=asked[:3], body="Yes.", submission_key=UUID(int=50), by=olaf, at=at)
    correct_answer(answer=together, body="No.", submission_key=UUID(int=51), by=olaf, at=at)
    gone = publish_joint_answer(to=asked[3:], body="Gone.", submission_key=UUID(int=52), by=olaf, at=at)
    factories.erase(gone, at=at)
    read, sent_back, taken, thrown = (a_draft(asked[3], by=olaf, at=at, key=60 + step) for step in range(4))
    actions.save_answer(draft=read, body="Better.", source="", seen=1, by=olaf, at=at)
    actions.pick_for_answer(draft=read, numbers=[asked[4].number], by=olaf, at=at)
    for draft, seen in ((read, 3), (sent_back, 1), (taken, 1)):
        actions.send_to_reader(draft=draft, reader=karl, seen=seen, by=olaf, at=at)
    actions.publish_draft(draft=read, seen=3, by=karl, at=at)
    actions.send_back_answer(draft=sent_back, comment="Shorter.", by=karl, at=at)
    actions.take_back_answer(draft=taken, by=olaf, at=at)
    actions.discard_answer(draft=thrown, by=olaf, at=at)
    sequence_entries()
    return topic


def test_what_happened_is_in_order(town: Topic) -> None:
    assert check_ledger().problem == ""
    assert AnswerDraft.objects.filter(status=DraftStatus.PUBLISHED).count() == 1


@pytest.mark.parametrize(
    ("tamper", "word"),
    [
        (lambda: AnswerLink.objects.filter(answer__number=6).delete(), "answers together"),
        (lambda: AnswerLink.objects.filter(kind=LinkKind.CORRECTS).delete(), "corrects"),
        (lambda: Contribution.stored.filter(number=4).update(answered_at=None), "The answer"),
        (lambda: Assignment.objects.filter(department="Roads").delete(), "Who has to answer"),
        (lambda: Assignment.objects.filter(department="").update(department="Roads", official=None), "Who has to"),
        (lambda: AnswerDraft.objects.filter(revision=1).update(revision=2), "drafts of answers"),
        (
            lambda: AnswerDraft.objects.filter(status=DraftStatus.SENT_BACK).update(status=DraftStatus.WRITING),
            "drafts of answers",
        ),
    ],
)
def test_what_was_changed_behind_the_houses_back_is_named(town: Topic, tamper: Callable[[], object], word: str) -> None:
    tamper()

    assert word in check_ledger().problem
