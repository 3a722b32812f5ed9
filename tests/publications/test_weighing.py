"""What no statement rests on: noted with a sentence, or left out as spam or as a double. There is no third way."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.rules import as_moderator
from apps.consultations.models import Topic
from apps.discussions.actions import move_to_consultation, publish_contribution
from apps.discussions.models import Contribution
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.publications.actions import leave_out, note_contributions, unweigh
from apps.publications.errors import CannotWeigh, NotCovered, UnfitPaper
from apps.publications.models import Weighing, WhitePaper
from apps.publications.queries import coverage_of, missing_page, supplement_due, weighings_of
from tests import factories
from tests.factories import a_contribution, a_hearing, a_published, a_refused, an_official
from tests.factories.whitepapers import a_paper, a_statement, marked, publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(a_hearing(at=at))


@pytest.fixture
def paper(at: datetime, topic: Topic) -> WhitePaper:
    return a_paper(topic.consultation, at=at)


def note(paper: WhitePaper, at: datetime, *numbers: int, sentence: str = "Outside the matter.") -> list[Weighing]:
    return note_contributions(paper=paper, numbers=numbers, sentence=sentence, by=an_official(at), at=at)


def leave(paper: WhitePaper, at: datetime, number: int, ground: str = "spam", same_as: int | None = None) -> bool:
    return leave_out(paper=paper, number=number, ground=ground, same_as=same_as, by=an_official(at), at=at)


def test_in_a_hearing_what_is_not_published_is_noted_by_its_number(
    at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    refused, waiting = a_refused(topic, at=at), a_contribution(topic, at=at)
    assert coverage_of(paper).missing == (refused.number, waiting.number)

    note(paper, at, refused.number, waiting.number)
    note(paper, at, refused.number, waiting.number)

    assert coverage_of(paper).is_whole
    assert Entry.objects.filter(kind="whitepaper.noted").count() == 1
    assert check_ledger().problem == ""


def test_a_note_says_why_and_can_be_put_otherwise(at: datetime, topic: Topic, paper: WhitePaper) -> None:
    number = a_published(topic, at=at).number

    with pytest.raises(UnfitPaper):
        note(paper, at, number, sentence=" \u2800")
    with pytest.raises(UnfitPaper):
        note(paper, at, number, sentence="It is of 010180-1234.")
    note(paper, at, number, sentence="One.")
    (row,) = note(paper, at, number, sentence="Two.")

    assert (row.sentence, Weighing.objects.count()) == ("Two.", 1)


@pytest.mark.parametrize("number", [0, 2, 99])
def test_only_what_was_received_here_is_noted(at: datetime, topic: Topic, paper: WhitePaper, number: int) -> None:
    factories.an_answer(a_published(topic, at=at), at=at)

    with pytest.raises(CannotWeigh, match=str(number)):
        note(paper, at, 1, number)
    with pytest.raises(CannotWeigh):
        leave(paper, at, number)
    with pytest.raises(CannotWeigh):
        note(paper, at)
    assert not Weighing.objects.exists()


def test_spam_and_doubles_leave_the_account(at: datetime, topic: Topic, paper: WhitePaper) -> None:
    one, two, three = (a_published(topic, at=at).number for _turn in range(3))
    note(paper, at, two)

    assert leave(paper, at, two)
    assert not leave(paper, at, two)
    assert leave(paper, at, three, "double", one)

    coverage = coverage_of(paper)
    assert (coverage.received, coverage.left_out, coverage.missing) == (1, 2, (one,))
    assert check_ledger().problem == ""


@pytest.mark.parametrize(
    ("ground", "same_as"), [("", None), ("dull", None), ("double", None), ("double", 1), ("double", 9)]
)
def test_there_are_no_other_grounds(
    at: datetime, topic: Topic, paper: WhitePaper, ground: str, same_as: int | None
) -> None:
    number = a_published(topic, at=at).number

    with pytest.raises(CannotWeigh):
        leave(paper, at, number, ground, same_as)


def test_of_a_text_and_its_double_one_stays(at: datetime, topic: Topic, paper: WhitePaper) -> None:
    one, two, three = (a_published(topic, at=at).number for _turn in range(3))
    leave(paper, at, two, "double", one)

    with pytest.raises(CannotWeigh, match="One of the two"):
        leave(paper, at, one)
    with pytest.raises(CannotWeigh, match="left out itself"):
        leave(paper, at, three, "double", two)


def test_a_double_of_what_was_moved_away_has_to_be_treated_itself(
    at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    first, second = (a_published(topic, at=at) for _turn in range(2))
    leave(paper, at, second.number, "double", first.number)

    there, by = factories.the_topic(a_hearing(at=at)), as_moderator(factories.a_moderator(at))
    move_to_consultation(contribution=first, to=there, with_replies=False, by=by, at=at)

    assert coverage_of(paper).missing == (second.number,)
    with pytest.raises(NotCovered):
        publish_paper(a_paper_with_intro(paper, at), at=at)


def a_paper_with_intro(paper: WhitePaper, at: datetime) -> WhitePaper:
    a_statement(paper, at=at)
    return paper


def test_what_a_statement_rests_on_is_not_left_out(at: datetime, topic: Topic, paper: WhitePaper) -> None:
    row = a_published(topic, at=at)
    marked(a_statement(paper, topic, at=at), row, at=at)

    with pytest.raises(CannotWeigh, match="rests on"):
        leave(paper, at, row.number)


def test_what_was_weighed_waits_again_once(at: datetime, topic: Topic, paper: WhitePaper) -> None:
    row = a_published(topic, at=at)
    (weighing,) = note(paper, at, row.number)

    assert unweigh(weighing=weighing, by=an_official(at), at=at)
    assert not unweigh(weighing=Weighing(pk=weighing.pk, paper=paper), by=an_official(at), at=at)

    assert coverage_of(paper).missing == (row.number,)
    assert check_ledger().problem == ""


def test_the_database_holds_a_reason_for_each(at: datetime, topic: Topic, paper: WhitePaper) -> None:
    (weighing,) = note(paper, at, a_published(topic, at=at).number)

    for wrong in ({"sentence": ""}, {"weight": "left_out"}, {"ground": "spam"}, {"same_as_number": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Weighing.objects.filter(pk=weighing.pk).update(**wrong)


def test_what_is_published_after_it_was_noted_by_number_makes_a_supplement_due(
    at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    waiting, shown = a_contribution(topic, at=at), a_published(topic, at=at)
    note(paper, at, waiting.number, shown.number)
    a_statement(paper, topic, at=at)
    publish_paper(paper, at=at)
    assert supplement_due(paper) == []

    publish(waiting, at)

    assert supplement_due(paper) == [waiting.number]


def publish(row: Contribution, at: datetime) -> None:
    publish_contribution(contribution=row, version=1, by=as_moderator(factories.a_moderator(at)), at=at)


def test_what_is_missing_is_paged_by_number_without_a_word_of_what_nobody_reads(
    at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    a_published(topic, at=at, body="Public *words*.")
    a_refused(topic, at=at, body="Refused words.")
    a_contribution(topic, at=at, body="Waiting words.")

    first = missing_page(paper, size=2)
    rest = missing_page(paper, after=first.next_after or 0, size=2)

    assert [(row.number, row.beginning) for row in first.rows] == [(1, "Public words."), (2, "")]
    assert [(row.number, row.beginning) for row in rest.rows] == [(3, "")]
    assert (first.count, first.next_after, rest.next_after) == (3, 2, None)
    assert "body" not in vars(first.rows[0].contribution)


def test_what_was_weighed_is_paged_by_number(at: datetime, topic: Topic, paper: WhitePaper) -> None:
    numbers = [a_published(topic, at=at).number for _turn in range(3)]
    note(paper, at, *numbers)

    first, after = weighings_of(paper, size=2)
    rest, end = weighings_of(paper, after=after or 0, size=2)

    assert [row.number for row in (*first, *rest)] == numbers
    assert end is None
