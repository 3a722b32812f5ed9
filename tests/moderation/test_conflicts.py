"""Nobody decides where they take part; where too few are left, the deputy does."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.common.permissions import may
from apps.consultations.models import Topic
from apps.ledger.models import Entry
from apps.moderation.actions import (
    Ruling,
    claim_contribution,
    decide_appeal,
    decide_contribution,
    end_deputy,
    name_deputy,
    note_conflict,
)
from apps.moderation.enums import Outcome
from apps.moderation.errors import NotOfStaff
from apps.moderation.models import Case, Deputy
from apps.moderation.queries import Narrowed, left_for_deputy, left_to_deputy, next_waiting, queue, queue_page
from apps.moderation.rules import free_moderators
from tests import factories, personas
from tests.moderation.cases import a_report, an_appeal, refused_by_moderator, reverse
from tests.moderation.desk import SENTENCE, a_reason, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def mona(at: datetime) -> User:
    return factories.a_moderator(at)


def seen_by_deputy(deputy: User, at: datetime) -> list[object]:
    """Return what stands in the queue of the deputy, in order."""
    found, _last = queue_page(Narrowed(viewer=deputy, at=at, left=left_for_deputy()))
    return [thing.row for thing in found]


def test_who_wrote_in_the_topic_decides_nothing_there(topic: Topic, mona: User, at: datetime) -> None:
    factories.a_contribution(topic, at=at, by=mona)
    waiting = factories.a_contribution(topic, at=at)
    elsewhere = factories.a_contribution(factories.a_topic(topic.consultation, at=at), at=at)

    with pytest.raises(NotAllowed, match="written in this topic"):
        decide_contribution(contribution=waiting, ruling=publish(), by=mona, at=at)
    decide_contribution(contribution=elsewhere, ruling=publish(), by=mona, at=at)


def test_an_answer_in_office_is_no_part_in_the_matter(topic: Topic, at: datetime) -> None:
    official = factories.an_official(at)
    factories.an_answer(factories.a_published(topic, at=at), at=at)

    assert free_moderators(factories.a_contribution(topic, at=at)) == {factories.a_moderator(at).pk}
    assert not may("moderation.decide_contribution", official, factories.a_contribution(topic, at=at))


def test_whom_the_text_is_about_decides_nothing_on_it(topic: Topic, mona: User, at: datetime) -> None:
    waiting, colleague = factories.a_contribution(topic, at=at), factories.another_moderator(at)
    claim_contribution(contribution=waiting, by=mona, at=at)

    assert note_conflict(contribution=waiting, person=mona, by=colleague, at=at)
    assert not note_conflict(contribution=waiting, person=mona, by=colleague, at=at)

    waiting.refresh_from_db()
    assert Case.objects.get().claimed_by is None
    with pytest.raises(NotAllowed, match="about you"):
        decide_contribution(contribution=waiting, ruling=publish(), by=mona, at=at)
    with pytest.raises(NotAllowed, match="about you"):
        note_conflict(contribution=waiting, person=None, by=mona, at=at)
    [entry] = Entry.objects.filter(kind="conflict.noted")
    assert (entry.number, entry.payload) == (None, "{}")
    assert note_conflict(contribution=waiting, person=None, by=colleague, at=at)
    with pytest.raises(NotOfStaff):
        note_conflict(contribution=waiting, person=factories.a_writer(at), by=colleague, at=at)


def test_the_queue_goes_on_to_what_one_may_decide(topic: Topic, mona: User, at: datetime) -> None:
    """Rule and query agree about everything that waits."""
    colleague = factories.another_moderator(at)
    first = factories.a_contribution(topic, at=at)
    about_mona = factories.a_contribution(factories.a_topic(topic.consultation, at=at), at=at)
    note_conflict(contribution=about_mona, person=mona, by=colleague, at=at)
    taking_part = factories.a_topic(topic.consultation, at=at)
    factories.a_contribution(taking_part, at=at, by=mona)
    factories.a_contribution(taking_part, at=at)
    last = factories.a_contribution(topic, at=at)

    for person in (mona, colleague):
        allowed = [row for row in queue() if may("moderation.decide_contribution", person, row)]
        found, behind = [], queue()[0]
        while (
            following := next_waiting(Narrowed(viewer=person, at=at), behind=behind)
        ) and following.row.pk not in found:
            found.append(following.row.pk)
            behind = following.row
        assert sorted(found) == sorted(row.pk for row in allowed)
    following = next_waiting(Narrowed(viewer=mona, at=at), behind=first)
    assert following is not None
    assert following.row == last


def test_the_deputy_decides_where_too_few_are_left(topic: Topic, mona: User, at: datetime) -> None:
    refused = refused_by_moderator(topic, at=at)
    appeal, official = an_appeal(refused, at=at), factories.an_official(at)
    assert not may("moderation.decide_appeal", official, appeal)

    assert name_deputy(person=official, by=personas.administrator(at=at), at=at)

    assert left_to_deputy([refused]) == {refused.pk}
    assert seen_by_deputy(official, at) == [appeal]
    decide_appeal(appeal=appeal, ruling=reverse(), by=official, at=at)
    refused.refresh_from_db()
    assert refused.is_published


def test_the_deputy_decides_nothing_where_enough_are_left(topic: Topic, at: datetime) -> None:
    refused = refused_by_moderator(topic, at=at)
    appeal, official = an_appeal(refused, at=at), factories.an_official(at)
    name_deputy(person=official, by=personas.administrator(at=at), at=at)
    factories.another_moderator(at)

    assert not may("moderation.decide_appeal", official, appeal)
    assert seen_by_deputy(official, at) == []
    with pytest.raises(NotAllowed):
        decide_appeal(appeal=appeal, ruling=reverse(), by=official, at=at)


def test_a_deputy_who_takes_part_does_not_decide(topic: Topic, mona: User, at: datetime) -> None:
    refused, official = refused_by_moderator(topic, at=at), factories.an_official(at)
    factories.a_contribution(topic, at=at, by=official)
    name_deputy(person=official, by=personas.administrator(at=at), at=at)

    with pytest.raises(NotAllowed, match="written in this topic"):
        decide_appeal(appeal=an_appeal(refused, at=at), ruling=reverse(), by=official, at=at)


def test_rule_and_list_agree_on_what_is_the_deputys(topic: Topic, mona: User, at: datetime) -> None:
    official = factories.an_official(at)
    name_deputy(person=official, by=personas.administrator(at=at), at=at)
    factories.another_moderator(at)
    conflicted = factories.a_topic(topic.consultation, at=at)
    rows = [factories.a_contribution(topic, at=at), factories.a_contribution(conflicted, at=at, by=mona)]
    rows.append(factories.a_contribution(conflicted, at=at))

    expected = {row.pk for row in rows if len(free_moderators(row)) < 2}

    assert left_to_deputy(rows) == expected == {rows[1].pk, rows[2].pk}
    assert seen_by_deputy(official, at) == [rows[1], rows[2]]
    assert [row.pk for row in rows if may("moderation.open_case", official, row)] == [rows[1].pk, rows[2].pk]


def test_where_the_only_colleague_reported_the_text_the_appeal_is_the_deputys(
    topic: Topic, mona: User, at: datetime
) -> None:
    """The first moderator must not decide it, and who reported the text neither."""
    colleague, official = factories.another_moderator(at), factories.an_official(at)
    name_deputy(person=official, by=personas.administrator(at=at), at=at)
    text, other = factories.a_published(topic, at=at), factories.a_published(topic, at=at)
    a_report(text, at=at, by=colleague)
    a_report(other, at=at)
    hide = Ruling(outcome=Outcome.HIDE, version=1, reason=a_reason(), sentence=SENTENCE)
    decide_contribution(contribution=text, ruling=hide, by=mona, at=at)
    appeal = an_appeal(text, at=at)

    assert free_moderators(text) == {mona.pk}
    assert left_to_deputy([text, other]) == {text.pk}
    assert seen_by_deputy(official, at) == [appeal]
    assert decide_appeal(appeal=appeal, ruling=reverse(), by=official, at=at).outcome == "reversed"


def test_only_administrators_name_a_deputy_and_there_is_one(at: datetime, mona: User) -> None:
    administrator, official = personas.administrator(at=at), factories.an_official(at)
    with pytest.raises(NotAllowed):
        name_deputy(person=official, by=mona, at=at)
    with pytest.raises(NotOfStaff):
        name_deputy(person=factories.a_writer(at), by=administrator, at=at)

    name_deputy(person=official, by=administrator, at=at)
    name_deputy(person=mona, by=administrator, at=at)
    assert not name_deputy(person=mona, by=administrator, at=at)

    assert Deputy.objects.get(ended_at=None).person == mona
    with pytest.raises(IntegrityError), transaction.atomic():
        Deputy.objects.create(person=official, named_by=administrator, named_at=at)
    assert end_deputy(by=administrator, at=at)
    assert not end_deputy(by=administrator, at=at)
