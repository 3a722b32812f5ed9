"""Passages of contributions under statements: who can be cited, what is marked twice, what becomes of moved points."""

from collections.abc import Callable
from datetime import datetime

import pytest

from apps.accounts.rules import as_moderator
from apps.common.errors import NotAllowed
from apps.consultations.models import Topic
from apps.discussions.actions import (
    hide_contribution,
    move_to_consultation,
    redact_contribution,
    restore_contribution,
    withdraw_contribution,
)
from apps.discussions.errors import CannotLeave
from apps.discussions.models import Contribution
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import RefusalReason
from apps.publications.actions import (
    leave_out,
    mark_points,
    mark_whole,
    move_point,
    remove_statement,
    unmark_point,
)
from apps.publications.errors import CannotMark, StatementHasPoints, TextChanged
from apps.publications.models import Point
from apps.publications.queries import (
    account_of,
    coverage_of,
    outline_of,
    points_in,
    points_of,
    quotes_of,
    treated_in,
)
from tests import factories
from tests.discussions.letters import confirmed, letters
from tests.factories import a_published, an_official
from tests.factories.whitepapers import a_colleague, a_paper, a_statement, marked, publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
BODY = "First sentence. Second one! Is there a third?"
FIRST, SECOND = (0, 15), (16, 27)


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


def said(topic: Topic, statement_id: int) -> list[tuple[int, str]]:
    paper = topic.consultation.white_paper
    return [(quote.number, quote.words) for quote in points_of(paper, statement_id)[0]]


def redact(row: Contribution, passage: str, at: datetime) -> None:
    reason, by = RefusalReason.objects.get(code="private_information"), as_moderator(factories.a_moderator(at))
    redact_contribution(contribution=row, version=row.version, passage=passage, reason=reason, by=by, at=at)


def hide(row: Contribution, at: datetime) -> None:
    reason, by = RefusalReason.objects.get(code="private_information"), as_moderator(factories.a_moderator(at))
    hide_contribution(contribution=row, reason=reason, sentence="Names.", by=by, at=at)


def move_away(row: Contribution, at: datetime) -> Topic:
    there = factories.the_topic(factories.a_hearing(at=at))
    by = as_moderator(factories.a_moderator(at))
    move_to_consultation(contribution=row, to=there, with_replies=False, by=by, at=at)
    return there


def test_passages_are_read_as_they_stand_in_the_text(at: datetime, topic: Topic) -> None:
    one = a_published(topic, at=at, body=BODY)
    statement = a_statement(a_paper(topic.consultation, at=at), topic, at=at)

    made = marked(statement, one, passages=[SECOND, FIRST, SECOND], at=at)
    marked(statement, one, at=at)

    assert [(point.start, point.end) for point in made] == [SECOND, FIRST]
    assert [words for _number, words in said(topic, statement.pk)] == ["Second one!", "First sentence.", BODY]
    told = [facts_of(entry) for entry in Entry.objects.filter(kind="point.marked").order_by("pk")]
    assert told == [{"statement": statement.pk, "points": 2}, {"statement": statement.pk, "points": 3}]
    assert check_ledger().problem == ""


def test_a_second_click_marks_once(at: datetime, topic: Topic) -> None:
    one = a_published(topic, at=at, body=BODY)
    statement = a_statement(a_paper(topic.consultation, at=at), topic, at=at)

    first, again = (marked(statement, one, passages=[FIRST], at=at) for _click in range(2))
    whole, twice = (marked(statement, one, at=at) for _click in range(2))

    assert (first, whole) == (again, twice)
    assert (Point.objects.count(), Entry.objects.filter(kind="point.marked").count()) == (2, 2)


def test_one_contribution_holds_points_in_several_statements(at: datetime, topic: Topic) -> None:
    one = a_published(topic, at=at, body=BODY)
    paper = a_paper(topic.consultation, at=at)
    noise, buses = (a_statement(paper, topic, title=title, at=at) for title in ("Noise.", "Buses."))

    marked(noise, one, passages=[FIRST], at=at)
    marked(buses, one, passages=[SECOND], at=at)

    assert [point.statement.title for point in points_in(paper, [one.pk])[one.pk]] == ["Noise.", "Buses."]
    publish_paper(paper, at=at)
    assert [place.label for place in treated_in([one.pk])[one.pk]] == ["1.1", "1.2"]


@pytest.mark.parametrize("passages", [[(0, 0)], [(5, 2)], [(0, 1_000)], [(15, 16)], []])
def test_what_is_no_passage_of_the_text_is_refused(at: datetime, topic: Topic, passages: list[tuple[int, int]]) -> None:
    one = a_published(topic, at=at, body=BODY)
    statement = a_statement(a_paper(topic.consultation, at=at), topic, at=at)

    with pytest.raises(CannotMark):
        marked(statement, one, passages=passages, at=at)


def test_five_hundred_points_in_one_request_are_refused_with_a_sentence(at: datetime, topic: Topic) -> None:
    one = a_published(topic, at=at, body="Word. " * 500)
    statement = a_statement(a_paper(topic.consultation, at=at), topic, at=at)

    with pytest.raises(CannotMark, match="At most 50"):
        marked(statement, one, passages=[(6 * step, 6 * step + 5) for step in range(500)], at=at)
    with pytest.raises(CannotMark, match="At most 50"):
        mark_whole(statement=statement, numbers=range(1, 501), by=an_official(at), at=at)
    assert not Point.objects.exists()


def of_another_hearing(topic: Topic, at: datetime) -> Contribution:
    return a_published(factories.the_topic(factories.a_hearing(at=at)), at=at, body=BODY)


def hidden(topic: Topic, at: datetime) -> Contribution:
    row = a_published(topic, at=at, body=BODY)
    hide(row, at)
    return row


def withdrawn(topic: Topic, at: datetime) -> Contribution:
    row = a_published(topic, at=at, body=BODY)
    withdraw_contribution(contribution=row, by=factories.a_writer(at), at=at)
    return row


def moved_away(topic: Topic, at: datetime) -> Contribution:
    row = a_published(topic, at=at, body=BODY)
    move_away(row, at)
    return row


REFUSED: list[Callable[[Topic, datetime], Contribution]] = [
    of_another_hearing,
    hidden,
    withdrawn,
    moved_away,
    lambda topic, at: factories.a_refused(topic, at=at, body=BODY),
    lambda topic, at: factories.a_contribution(topic, at=at, body=BODY),
    lambda topic, at: factories.an_answer(a_published(topic, at=at), at=at, body=BODY),
]


@pytest.mark.parametrize("made", REFUSED)
def test_no_statement_rests_on_what_nobody_can_read_here(
    at: datetime, topic: Topic, made: Callable[[Topic, datetime], Contribution]
) -> None:
    row = made(topic, at)
    statement = a_statement(a_paper(topic.consultation, at=at), topic, at=at)

    with pytest.raises(CannotMark):
        marked(statement, row, passages=[FIRST], at=at)
    assert not Point.objects.exists()


def test_a_text_that_was_hidden_after_the_page_was_opened_is_not_marked(at: datetime, topic: Topic) -> None:
    row = a_published(topic, at=at, body=BODY)
    opened = Contribution.stored.get(pk=row.pk)
    hide(row, at)

    with pytest.raises(CannotMark):
        marked(a_statement(a_paper(topic.consultation, at=at), topic, at=at), opened, passages=[FIRST], at=at)


def test_a_text_that_was_changed_after_the_page_was_opened_is_not_marked(at: datetime, topic: Topic) -> None:
    row = a_published(topic, at=at, body=BODY)
    opened = Contribution.stored.get(pk=row.pk)
    redact(row, "Second one", at)

    with pytest.raises(TextChanged):
        marked(a_statement(a_paper(topic.consultation, at=at), topic, at=at), opened, passages=[FIRST], at=at)


def test_what_was_left_out_is_not_marked(at: datetime, topic: Topic) -> None:
    row = a_published(topic, at=at, body=BODY)
    paper = a_paper(topic.consultation, at=at)
    leave_out(paper=paper, number=row.number, ground="spam", by=an_official(at), at=at)

    with pytest.raises(CannotMark, match="left out"):
        marked(a_statement(paper, topic, at=at), row, at=at)


@pytest.mark.parametrize("passages", [[FIRST], [SECOND], None])
def test_words_redacted_since_are_gone_and_the_number_stays_treated(
    at: datetime, topic: Topic, passages: list[tuple[int, int]] | None
) -> None:
    row = a_published(topic, at=at, body=BODY)
    paper = a_paper(topic.consultation, at=at)
    statement = a_statement(paper, topic, at=at)
    marked(statement, row, passages=passages, at=at)

    redact(row, "Second one", at)

    (quote,) = points_of(paper, statement.pk)[0]
    assert (quote.number, quote.words, quote.is_changed) == (row.number, "", True)
    assert coverage_of(paper).is_whole
    marked(statement, Contribution.stored.get(pk=row.pk), at=at)
    assert "█" in points_of(paper, statement.pk)[0][-1].words
    assert Point.objects.filter(start=None).count() == 1
    assert check_ledger().problem == ""


def test_a_refusal_after_the_citation_takes_the_words_and_leaves_the_number(at: datetime, topic: Topic) -> None:
    row = a_published(topic, at=at, body=BODY)
    paper = a_paper(topic.consultation, at=at)
    statement = a_statement(paper, topic, at=at)
    marked(statement, row, passages=[FIRST], at=at)

    hide(row, at)

    (quote,) = points_of(paper, statement.pk)[0]
    assert (quote.number, quote.words, quote.contribution) == (row.number, "", None)
    version = publish_paper(paper, at=at)
    assert version.content["unpublished"] == [row.number]
    by = as_moderator(factories.a_moderator(at))
    restore_contribution(contribution=row, by=by, at=at)
    assert said(topic, statement.pk) == [(row.number, "First sentence.")]
    assert check_ledger().problem == ""


def test_a_text_that_was_moved_to_another_hearing_counts_in_neither_until_it_is_marked_there(
    at: datetime, topic: Topic
) -> None:
    row = a_published(topic, at=at, body=BODY)
    paper = a_paper(topic.consultation, at=at)
    statement = a_statement(paper, topic, at=at)
    marked(statement, row, passages=[FIRST], at=at)

    there = move_away(row, at)
    other = a_paper(there.consultation, at=at)

    assert said(topic, statement.pk) == []
    assert (coverage_of(paper).received, coverage_of(other).missing) == (0, (row.number,))
    assert points_in(other, [row.pk]) == {}
    assert quotes_of(topic.consultation, account_of(paper).marks) == []
    marked(a_statement(other, there, at=at), Contribution.stored.get(pk=row.pk), passages=[FIRST], at=at)
    assert coverage_of(other).is_whole
    assert check_ledger().problem == ""


def test_what_a_published_white_paper_rests_on_stays(at: datetime, topic: Topic) -> None:
    row = a_published(topic, at=at, body=BODY)
    paper = a_paper(topic.consultation, at=at)
    marked(a_statement(paper, topic, at=at), row, at=at)
    publish_paper(paper, at=at)

    with pytest.raises(CannotLeave, match="white paper"):
        move_away(row, at)


def test_one_cited_letter_treats_all_of_them_and_their_people_are_told_apart(at: datetime, topic: Topic) -> None:
    rows = letters(topic, 4, at=at)
    alone = a_published(topic, at=at, body=BODY)
    confirmed(rows, at=at)
    paper = a_paper(topic.consultation, at=at)
    statement = a_statement(paper, topic, at=at)

    marked(statement, rows[1], passages=[(0, 11)], at=at)
    marked(statement, alone, at=at)

    rests = outline_of(paper).chapters[0].statements[0].rests
    assert (rests.people, rests.by_letter, rests.letters) == (5, 4, 1)
    assert rests.same_letter == (rows[0].number, rows[2].number, rows[3].number)
    assert coverage_of(paper).is_whole
    publish_paper(paper, at=at)
    assert [place.how for place in treated_in([rows[0].pk])[rows[0].pk]] == ["letter"]
    assert check_ledger().problem == ""


def test_a_statement_without_a_reply_treats_nobody(at: datetime, topic: Topic) -> None:
    row = a_published(topic, at=at, body=BODY)
    paper = a_paper(topic.consultation, at=at)

    marked(a_statement(paper, topic, reply="", at=at), row, at=at)

    assert coverage_of(paper).missing == (row.number,)


def test_points_are_moved_and_taken_away_once(at: datetime, topic: Topic) -> None:
    row = a_published(topic, at=at, body=BODY)
    paper, official = a_paper(topic.consultation, at=at), an_official(at)
    noise, buses = (a_statement(paper, topic, title=title, at=at) for title in ("Noise.", "Buses."))
    first, second = marked(noise, row, passages=[FIRST, SECOND], at=at)
    (there,) = marked(buses, row, passages=[SECOND], at=at)
    with pytest.raises(StatementHasPoints):
        remove_statement(statement=noise, by=official, at=at)

    assert move_point(point=first, to=buses, by=official, at=at)
    assert not move_point(point=first, to=buses, by=official, at=at)
    assert move_point(point=second, to=buses, by=official, at=at)
    assert sorted(point.pk for point in Point.objects.filter(statement=buses)) == sorted((first.pk, there.pk))
    assert unmark_point(point=there, by=official, at=at)
    assert not unmark_point(point=there, by=official, at=at)

    assert remove_statement(statement=noise, by=official, at=at)
    assert not remove_statement(statement=noise, by=official, at=at)
    assert said(topic, buses.pk) == [(row.number, "First sentence.")]
    assert check_ledger().problem == ""


def test_a_point_is_not_moved_to_another_white_paper(at: datetime, topic: Topic) -> None:
    row = a_published(topic, at=at, body=BODY)
    (point,) = marked(a_statement(a_paper(topic.consultation, at=at), topic, at=at), row, at=at)
    elsewhere = a_statement(a_paper(factories.a_hearing(at=at), at=at), at=at)

    with pytest.raises(CannotMark):
        move_point(point=point, to=elsewhere, by=an_official(at), at=at)


def test_only_the_team_marks(at: datetime, topic: Topic) -> None:
    row = a_published(topic, at=at, body=BODY)
    statement = a_statement(a_paper(topic.consultation, at=at), topic, at=at)
    outside = a_colleague(factories.a_hearing(at=at), at=at)

    for stranger in (outside, factories.a_writer(at), factories.a_moderator(at)):
        with pytest.raises(NotAllowed):
            mark_points(statement=statement, contribution=row, text_version=1, by=stranger, at=at)


def test_several_are_marked_whole_by_number(at: datetime, topic: Topic) -> None:
    rows = [a_published(topic, at=at) for _turn in range(3)]
    waiting = factories.a_contribution(topic, at=at)
    statement = a_statement(a_paper(topic.consultation, at=at), topic, at=at)
    numbers = [row.number for row in rows]

    made = mark_whole(statement=statement, numbers=reversed(numbers), by=an_official(at), at=at)  # type: ignore[arg-type]
    mark_whole(statement=statement, numbers=numbers, by=an_official(at), at=at)

    assert [point.number for point in made] == numbers
    assert Entry.objects.filter(kind="point.marked").count() == Point.objects.count() == 3
    with pytest.raises(CannotMark, match=str(waiting.number)):
        mark_whole(statement=statement, numbers=[waiting.number], by=an_official(at), at=at)


def test_a_statements_points_are_paged_by_number(at: datetime, topic: Topic) -> None:
    rows = [a_published(topic, at=at, body=BODY) for _turn in range(2)]
    paper = a_paper(topic.consultation, at=at)
    statement = a_statement(paper, topic, at=at)
    for row in reversed(rows):
        marked(statement, row, passages=[FIRST, SECOND], at=at)

    first, after = points_of(paper, statement.pk, size=3)
    assert after is not None
    rest, end = points_of(paper, statement.pk, after=after, size=3)

    assert [quote.number for quote in (*first, *rest)] == [1, 1, 2, 2]
    assert ([quote.words for quote in rest], end) == (["Second one!"], None)
