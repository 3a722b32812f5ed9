"""Officials at work on a white paper in the same instant: nothing is lost, and nothing is marked or published twice."""

from datetime import datetime
from pathlib import Path

import pytest

from apps.accounts.rules import as_moderator
from apps.common.errors import DomainError
from apps.consultations.models import Topic
from apps.discussions.actions import hide_contribution, move_to_consultation
from apps.discussions.models import Contribution
from apps.exchange.queries import check_ledger
from apps.municipality.models import RefusalReason
from apps.publications import actions
from apps.publications.errors import WrittenMeanwhile
from apps.publications.models import PaperStatement, PaperVersion, Point, WhitePaper
from apps.publications.queries import coverage_of
from tests import factories
from tests.concurrency import Work, at_once, shared_database
from tests.factories.whitepapers import a_colleague, a_paper, a_statement

pytestmark = pytest.mark.django_db(transaction=True)
BODY = "First sentence. Second one. A third."


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


def marking(statement: PaperStatement, row: Contribution, passage: tuple[int, int], at: datetime) -> Work:
    by = factories.an_official(at)

    def mark() -> None:
        found = Contribution.stored.get(pk=row.pk)
        actions.mark_points(statement=statement, contribution=found, passages=[passage], text_version=1, by=by, at=at)

    return mark


def test_two_clicks_mark_one_point_and_two_officials_mark_two(at: datetime, topic: Topic, tmp_path: Path) -> None:
    row = factories.a_published(topic, at=at, body=BODY)
    statement = a_statement(a_paper(topic.consultation, at=at), topic, at=at)

    with shared_database(tmp_path):
        raised = at_once(
            marking(statement, row, (0, 15), at),
            marking(statement, row, (0, 15), at),
            marking(statement, row, (16, 27), at),
        )

        assert raised == []
        assert sorted(Point.objects.values_list("start", flat=True)) == [0, 16]
        assert check_ledger().problem == ""


def test_of_two_who_save_a_statement_one_is_told(at: datetime, topic: Topic, tmp_path: Path) -> None:
    statement = a_statement(a_paper(topic.consultation, at=at), topic, at=at)
    by, seen = factories.an_official(at), statement.revision

    def saving(argument: str) -> Work:
        def save() -> None:
            words = actions.StatementWords(title=statement.title, argument=argument)
            found = PaperStatement.objects.get(pk=statement.pk)
            actions.save_statement(statement=found, words=words, topic=topic, seen=seen, by=by, at=at)

        return save

    with shared_database(tmp_path):
        raised = at_once(saving("One."), saving("Two."))

        assert [type(problem) for problem in raised] == [WrittenMeanwhile]
        assert PaperStatement.objects.get().revision == seen + 1


def test_publishing_marking_hiding_and_moving_wait_for_each_other(at: datetime, topic: Topic, tmp_path: Path) -> None:
    """Whichever comes first, the version accounts for what was there, and the ledger agrees."""
    rows = [factories.a_published(topic, at=at, body=BODY) for _turn in range(3)]
    paper = a_paper(topic.consultation, at=at)
    statement = a_statement(paper, topic, at=at)
    for row in rows:
        marking(statement, row, (0, 15), at)()
    there, moderator = factories.the_topic(factories.a_hearing(at=at)), as_moderator(factories.a_moderator(at))
    reason, colleague = RefusalReason.objects.get(code="private_information"), a_colleague(topic.consultation, at=at)
    actions.ask_for_review(paper=paper, by=factories.an_official(at), at=at)

    def publish() -> None:
        found = WhitePaper.objects.select_related("consultation").get(pk=paper.pk)
        actions.publish_white_paper(paper=found, seen=paper.revision, by=colleague, at=at)

    def hide() -> None:
        found = Contribution.stored.select_related("topic", "consultation").get(pk=rows[0].pk)
        hide_contribution(contribution=found, reason=reason, sentence="Names.", by=moderator, at=at)

    def move() -> None:
        found = Contribution.stored.select_related("topic", "consultation").get(pk=rows[1].pk)
        move_to_consultation(contribution=found, to=there, with_replies=False, by=moderator, at=at)

    with shared_database(tmp_path):
        raised = at_once(publish, publish, hide, move, marking(statement, rows[2], (16, 27), at))

        assert all(isinstance(problem, DomainError) for problem in raised), raised
        version = PaperVersion.objects.get()
        assert version.received == coverage_of(WhitePaper.objects.select_related("consultation").get()).received
        assert version.received in {2, 3}
        assert check_ledger().problem == ""
