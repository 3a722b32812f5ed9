"""One answer to several contributions, and an answer that corrects another."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.errors import NotAllowed
from apps.consultations.models import Topic
from apps.discussions import actions
from apps.discussions.enums import ContributionKind, LinkKind
from apps.discussions.errors import (
    AlreadyAnswered,
    CannotAnswer,
    CannotLeave,
    CorrectedAlready,
    NotOneTopic,
    TooManyAnswered,
    UnfitText,
)
from apps.discussions.models import AnswerLink, Contribution
from apps.discussions.queries import links_of
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from tests import factories

pytestmark = pytest.mark.django_db

KEY, LATER = UUID(int=77), timedelta(hours=1)


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


@pytest.fixture
def asked(topic: Topic, at: datetime) -> list[Contribution]:
    return [factories.a_published(topic, at=at, kind=ContributionKind.QUESTION) for _turn in range(3)]


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


def together(asked: list[Contribution], by: User, at: datetime, *, body: str = "Yes, all.") -> Contribution:
    return actions.publish_joint_answer(to=asked, body=body, submission_key=KEY, by=by, at=at)


def corrected(answer: Contribution, by: User, at: datetime, key: int = 78) -> Contribution:
    return actions.correct_answer(answer=answer, body="No.", submission_key=UUID(int=key), by=by, at=at)


def test_one_answer_to_several_is_a_root_to_which_each_leads(
    asked: list[Contribution], official: User, at: datetime
) -> None:
    answer = together(asked, official, at + LATER)

    links = links_of([*Contribution.stored.filter(pk__in=[row.pk for row in asked]), answer])
    assert (answer.root_id, answer.in_reply_to_id, answer.number) == (None, None, asked[-1].number + 1)
    assert answer.is_published
    assert links[answer.pk].answers == [row.number for row in asked]
    assert [links[row.pk].answered_by for row in asked] == [[answer.number]] * 3
    assert set(Contribution.stored.filter(pk__in=[row.pk for row in asked]).values_list("answered_at", flat=True)) == {
        at + LATER
    }


def test_its_entry_tells_the_numbers_and_no_word(asked: list[Contribution], official: User, at: datetime) -> None:
    answer = together(asked, official, at)

    entry = Entry.objects.get(kind="answer.bundled")
    assert entry.number == answer.number
    assert facts_of(entry)["numbers"] == [row.number for row in asked]
    assert "all" not in entry.payload


def test_it_counts_once_in_its_topic(topic: Topic, asked: list[Contribution], official: User, at: datetime) -> None:
    together(asked, official, at)

    topic.refresh_from_db()
    assert (topic.published_count, topic.answered_count) == (3, 1)


def test_two_clicks_are_one_answer(asked: list[Contribution], official: User, at: datetime) -> None:
    first, second = (together(asked, official, at) for _click in range(2))

    assert first.pk == second.pk
    assert AnswerLink.objects.count() == 3


def test_what_is_not_shown_any_more_is_named_and_nothing_is_published(
    asked: list[Contribution], official: User, at: datetime
) -> None:
    as_the_page_had_it = Contribution.stored.select_related("consultation", "topic").get(pk=asked[1].pk)
    actions.withdraw_contribution(contribution=asked[1], by=factories.a_writer(at), at=at)

    with pytest.raises(NotAllowed):
        together([asked[0], asked[1]], official, at)
    with pytest.raises(CannotAnswer, match=rf"no\. {asked[1].number}\."):
        together([asked[0], as_the_page_had_it], official, at)
    assert not Contribution.stored.filter(kind=ContributionKind.ANSWER).exists()


def test_contributions_of_two_topics_are_not_answered_together(
    asked: list[Contribution], official: User, at: datetime
) -> None:
    other = factories.a_topic(asked[0].consultation, at=at)
    elsewhere = factories.a_published(other, at=at)

    with pytest.raises(NotOneTopic, match=rf"no\. {elsewhere.number}\."):
        together([*asked, elsewhere], official, at)


def test_one_answer_goes_to_so_many_only(
    asked: list[Contribution], official: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.discussions.actions.answering.MOST_ANSWERED", 2)

    with pytest.raises(TooManyAnswered, match="at most 2"):
        together(asked, official, at)


def test_an_empty_one_is_refused_and_a_stranger_too(asked: list[Contribution], official: User, at: datetime) -> None:
    with pytest.raises(UnfitText):
        together(asked, official, at, body=" ")
    with pytest.raises(NotAllowed):
        together(asked, factories.a_moderator(at), at)


def test_a_correction_has_a_number_of_its_own_and_leaves_the_old_one_standing(
    asked: list[Contribution], official: User, at: datetime
) -> None:
    old = factories.an_answer(asked[0], at=at, body="Yes.")

    new = corrected(old, official, at + LATER)

    old.refresh_from_db()
    links = links_of([old, new])
    assert (old.body, old.is_published) == ("Yes.", True)
    assert (new.in_reply_to_id, new.root_id) == (asked[0].pk, asked[0].pk)
    assert (links[old.pk].corrected_by, links[new.pk].corrects) == (new.number, old.number)
    assert facts_of(Entry.objects.get(kind="answer.corrected"))["corrects"] == old.number


def test_a_correction_of_an_answer_to_several_answers_them_all(
    asked: list[Contribution], official: User, at: datetime
) -> None:
    old = together(asked, official, at)

    new = corrected(old, official, at)

    links = links_of([old, new])
    assert new.root_id is None
    assert links[new.pk].answers == links[old.pk].answers == [row.number for row in asked]


def test_an_answer_is_corrected_once_and_the_correction_can_be(
    asked: list[Contribution], official: User, at: datetime
) -> None:
    old = factories.an_answer(asked[0], at=at)
    new = corrected(old, official, at)

    assert corrected(old, official, at).pk == new.pk  # a second click
    with pytest.raises(CorrectedAlready, match=rf"no\. {new.number}\."):
        corrected(old, official, at, key=79)
    newest = corrected(new, official, at, key=80)
    assert links_of([newest])[newest.pk].corrects == new.number
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerLink.objects.create(answer=newest, contribution=old, kind=LinkKind.CORRECTS)


def test_a_wrong_answer_is_corrected_also_under_what_is_not_shown_any_more(
    asked: list[Contribution], official: User, at: datetime
) -> None:
    old = factories.an_answer(asked[0], at=at)
    actions.withdraw_contribution(contribution=asked[0], by=factories.a_writer(at), at=at)

    new = corrected(old, official, at)

    assert (new.in_reply_to_id, new.is_published) == (asked[0].pk, True)


def test_only_answers_are_corrected(asked: list[Contribution], official: User, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        corrected(asked[0], official, at)
    with pytest.raises(NotAllowed):
        corrected(factories.an_answer(asked[0], at=at), factories.a_moderator(at), at)


def test_what_was_answered_together_stays_in_its_consultation(
    asked: list[Contribution], official: User, at: datetime
) -> None:
    together(asked, official, at)
    to = factories.the_topic(factories.a_hearing(at=at))

    with pytest.raises(CannotLeave, match="together with others"):
        actions.move_to_consultation(
            contribution=asked[0], to=to, with_replies=False, by=as_moderator(factories.a_moderator(at)), at=at
        )


def test_what_was_answered_together_waits_for_no_decision_again(
    asked: list[Contribution], official: User, at: datetime
) -> None:
    together(asked, official, at)

    with pytest.raises(AlreadyAnswered):
        actions.reopen_contribution(contribution=asked[0], by=as_moderator(factories.a_moderator(at)), at=at)


def test_an_erased_answer_leaves_each_to_its_other_answers(
    asked: list[Contribution], official: User, at: datetime
) -> None:
    answer = together(asked, official, at)
    factories.an_answer(asked[0], at=at + LATER)
    erasure = factories.proposal(answer, at=at)

    actions.confirm_erasure(erasure=erasure, by=factories.another_moderator(at), at=at + LATER)

    times = Contribution.stored.filter(pk__in=[row.pk for row in asked]).order_by("pk")
    assert list(times.values_list("answered_at", flat=True)) == [at + LATER, None, None]
