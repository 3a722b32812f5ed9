"""Statements of a white paper: what can stand in one, their order, and two officials at once."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from apps.common.errors import NotAllowed
from apps.consultations.models import Topic
from apps.discussions.actions import merge_topics
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.publications.actions import (
    StatementWords,
    add_statement,
    mark_points,
    move_statement,
    remove_statement,
    save_intro,
    save_statement,
)
from apps.publications.errors import UnfitPaper, WrittenMeanwhile
from apps.publications.models import PaperStatement, WhitePaper
from apps.publications.queries import outline_of, paper_of, statement_of, visible_white_papers
from tests import factories
from tests.factories import a_hearing, a_topic, a_writer, an_official
from tests.factories.whitepapers import a_colleague, a_paper, a_statement, marked, publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(a_hearing(at=at))


@pytest.fixture
def paper(at: datetime, topic: Topic) -> WhitePaper:
    return a_paper(topic.consultation, at=at)


def labels(paper: WhitePaper) -> list[tuple[str, str]]:
    return [(row.label, row.statement.title) for row in outline_of(paper).statements]


def saved(statement: PaperStatement, at: datetime, *, seen: int | None = None, **words: str) -> bool:
    fit = StatementWords(**{"title": statement.title} | words)
    return save_statement(statement=statement, words=fit, topic=statement.topic, seen=seen, by=an_official(at), at=at)


@pytest.mark.parametrize("title", ["", "  \n ", "\u2800\u3164", "\u200b"])
def test_an_empty_statement_is_refused(at: datetime, paper: WhitePaper, topic: Topic, title: str) -> None:
    with pytest.raises(UnfitPaper) as refusal:
        add_statement(paper=paper, topic=topic, title=title, by=an_official(at), at=at)

    assert refusal.value.field == "title"
    assert not PaperStatement.objects.exists()


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"disposition": "accommodated"}, "reply"),
        ({"disposition": "accommodated", "reply": " \u2800 "}, "reply"),
        ({"disposition": "perhaps", "reply": "Yes."}, "disposition"),
        ({"change_reference": "Section 4.2"}, "change"),
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"reply": "x" * 10_001}, "reply"),
        ({"reply": "She is 010180-1234."}, "reply"),
        ({"argument": "She is 010180-1234."}, "argument"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(
    at: datetime, paper: WhitePaper, topic: Topic, words: dict[str, str], field: str
) -> None:
    statement = a_statement(paper, topic, reply="", at=at)

    with pytest.raises(UnfitPaper) as refusal:
        saved(statement, at, **words)

    assert refusal.value.field == field


def test_the_database_refuses_a_disposition_without_a_reply(at: datetime, paper: WhitePaper) -> None:
    statement = a_statement(paper, reply="", at=at)

    with pytest.raises(IntegrityError), transaction.atomic():
        PaperStatement.objects.filter(pk=statement.pk).update(disposition="noted")


def test_broken_markup_in_a_reply_is_text(at: datetime, paper: WhitePaper, topic: Topic) -> None:
    statement = a_statement(paper, topic, reply="", at=at)

    saved(statement, at, disposition="noted", reply="**Bold <b>and</b> [broken](javascript:alert(1)) <script>x")

    assert "<b>" not in statement.reply_html
    assert "<script" not in statement.reply_html
    assert "href" not in statement.reply_html
    assert statement.reply.endswith("<script>x")


def test_two_officials_who_save_at_once_lose_nothing(at: datetime, paper: WhitePaper, topic: Topic) -> None:
    statement = a_statement(paper, topic, reply="", at=at)
    seen = statement.revision

    assert saved(statement, at, seen=seen, argument="The first one's words.")
    with pytest.raises(WrittenMeanwhile, match="still in the form"):
        saved(statement, at, seen=seen, argument="The second one's words.")

    statement.refresh_from_db()
    assert (statement.argument, statement.revision) == ("The first one's words.", seen + 1)
    assert not saved(statement, at, seen=seen, argument="The first one's words.")
    assert saved(statement, at, seen=seen + 1, argument="Both.")


def test_two_who_write_the_introduction_at_once_lose_nothing(at: datetime, paper: WhitePaper) -> None:
    official, seen = an_official(at), paper.revision

    assert save_intro(paper=paper, intro="One.", seen=seen, by=official, at=at)
    assert not save_intro(paper=paper, intro="One.", seen=seen, by=official, at=at)
    with pytest.raises(WrittenMeanwhile):
        save_intro(paper=paper, intro="Two.", seen=seen, by=official, at=at)

    paper.refresh_from_db()
    assert paper.intro == "One."


def test_a_double_click_adds_one_and_the_ledger_holds_no_words(at: datetime, paper: WhitePaper, topic: Topic) -> None:
    first, again = (a_statement(paper, topic, title="Noise.", reply="", at=at) for _click in range(2))

    assert first == again
    (entry,) = Entry.objects.filter(kind="statement.added")
    assert set(facts_of(entry)) == {"statement", "fingerprint"}
    assert a_statement(paper, None, title="Noise.", reply="", at=at) != first


def test_chapters_follow_the_topics_and_statements_the_order_that_officials_choose(
    at: datetime, paper: WhitePaper, topic: Topic
) -> None:
    empty, last = (a_topic(topic.consultation, at=at) for _turn in range(2))
    across = a_statement(paper, None, title="Across.", at=at)
    a_statement(paper, last, title="Last.", at=at)
    one, two = (a_statement(paper, topic, title=title, at=at) for title in ("One.", "Two."))
    official = an_official(at)

    assert labels(paper) == [("1.1", "One."), ("1.2", "Two."), ("2.1", "Last."), ("3.1", "Across.")]
    assert move_statement(statement=two, topic=topic, before=one, by=official, at=at)
    assert not move_statement(statement=two, topic=topic, before=one, by=official, at=at)
    assert labels(paper)[:2] == [("1.1", "Two."), ("1.2", "One.")]
    assert move_statement(statement=across, topic=empty, by=official, at=at)
    assert labels(paper)[2:] == [("2.1", "Across."), ("3.1", "Last.")]


def test_counts_decide_no_order(at: datetime, paper: WhitePaper, topic: Topic) -> None:
    one, two = (a_statement(paper, topic, title=title, at=at) for title in ("One.", "Two."))
    for _turn in range(3):
        marked(two, factories.a_published(topic, at=at), at=at)

    assert [row.rests.people for row in outline_of(paper).statements] == [0, 1]
    assert labels(paper) == [("1.1", "One."), ("1.2", "Two.")]
    assert one.position < two.position


def test_statements_of_a_merged_topic_stand_under_the_other(at: datetime, paper: WhitePaper, topic: Topic) -> None:
    ended = a_topic(topic.consultation, at=at)
    a_statement(paper, ended, title="Ended.", at=at)
    a_statement(paper, topic, title="Standing.", at=at)

    merge_topics(topic=ended, into=topic, by=an_official(at), at=at)

    assert [chapter.topic for chapter in outline_of(paper).chapters] == [topic]
    assert {title for _label, title in labels(paper)} == {"Ended.", "Standing."}


def test_a_topic_of_another_consultation_is_refused(at: datetime, paper: WhitePaper) -> None:
    elsewhere = factories.the_topic(a_hearing(at=at))

    with pytest.raises(UnfitPaper):
        add_statement(paper=paper, topic=elsewhere, title="Noise.", by=an_official(at), at=at)


def test_what_was_removed_is_not_written_on(at: datetime, paper: WhitePaper, topic: Topic) -> None:
    statement = a_statement(paper, topic, at=at)
    row = factories.a_published(topic, at=at)
    remove_statement(statement=statement.__class__.objects.get(pk=statement.pk), by=an_official(at), at=at)

    with pytest.raises(PaperStatement.DoesNotExist):
        mark_points(statement=statement, contribution=row, text_version=1, by=an_official(at), at=at)
    assert statement_of(paper, statement.pk) is None


def test_only_editors_of_the_team_write_and_others_see_it_when_it_is_published(
    at: datetime, paper: WhitePaper, topic: Topic
) -> None:
    stranger = a_colleague(a_hearing(at=at), at=at)
    for person in (stranger, a_writer(at), factories.a_moderator(at)):
        with pytest.raises(NotAllowed):
            add_statement(paper=paper, topic=topic, title="Noise.", by=person, at=at)
        assert paper_of(person, topic.consultation) is None
    assert paper_of(an_official(at), topic.consultation) == paper

    a_statement(paper, topic, at=at)
    publish_paper(paper, at=at)

    assert paper_of(stranger, topic.consultation) == paper
    assert list(visible_white_papers(None)) == [paper]
