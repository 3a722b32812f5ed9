"""Moves at the same instant as other moves, replies, withdrawals and a summary: one comes first, the other knows."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest

from apps.accounts.rules import as_moderator
from apps.consultations.models import Consultation, Topic
from apps.discussions.actions import move_to_consultation, submit_contribution, withdraw_contribution
from apps.discussions.errors import AlreadyDecided, CannotLeave, CannotReply, MovedMeanwhile, SameTopic
from apps.discussions.models import Contribution
from apps.exchange.queries import check_ledger
from apps.publications.actions import StatementText, draft_summary, publish_summary
from apps.publications.errors import CannotCite
from apps.publications.models import Citation
from tests import factories, personas
from tests.concurrency import Work, at_once, shared_database

pytestmark = pytest.mark.django_db(transaction=True)


def _moving(row: Contribution, to: Topic, at: datetime) -> Work:
    by = as_moderator(factories.a_moderator(at))

    def move() -> None:
        found = Contribution.stored.select_related("topic", "consultation").get(pk=row.pk)
        move_to_consultation(contribution=found, to=to, with_replies=True, by=by, at=at)

    return move


@pytest.fixture
def places(at: datetime) -> list[Topic]:
    return [factories.the_topic(factories.a_hearing(at=at)) for _step in range(2)]


def test_a_text_is_moved_once_and_moves_in_both_directions_do_not_wait_for_ever(
    places: list[Topic], at: datetime, tmp_path: Path
) -> None:
    here, there = places
    rows = [factories.a_published(topic, at=at) for topic in places]

    with shared_database(tmp_path):
        raised = at_once(_moving(rows[0], there, at), _moving(rows[0], there, at), _moving(rows[1], here, at))

        assert [type(problem) for problem in raised] in ([SameTopic], [MovedMeanwhile]), raised
        following = Consultation.objects.filter(topics__in=places).values_list("next_number", flat=True)
        assert list(following) == [3, 3]
        assert check_ledger().problem == ""


def test_a_reply_comes_along_or_is_refused(places: list[Topic], at: datetime, tmp_path: Path) -> None:
    here, there = places
    rows, rita = [factories.a_published(here, at=at) for _step in range(4)], personas.resident(at=at)

    def replying(row: Contribution) -> Work:
        def reply() -> None:
            submit_contribution(
                topic=here,
                kind=row.kind,
                body="So do I.",
                in_reply_to=row,
                submission_key=UUID(int=row.pk),
                by=rita,
                at=at,
            )

        return reply

    with shared_database(tmp_path):
        for row in rows:
            raised = at_once(_moving(row, there, at), replying(row))

            assert [type(problem) for problem in raised] in ([], [CannotReply]), raised
            assert not Contribution.stored.filter(topic=here, in_reply_to=row).exists()
        assert check_ledger().problem == ""


def test_a_text_is_withdrawn_here_or_there(places: list[Topic], at: datetime, tmp_path: Path) -> None:
    here, there = places
    rows, writer = [factories.a_published(here, at=at) for _step in range(4)], factories.a_writer(at)

    def withdrawing(row: Contribution) -> Work:
        return lambda: (
            [
                withdraw_contribution(contribution=found, by=writer, at=at)
                for found in Contribution.stored.select_related("consultation").filter(pk=row.pk)
            ]
            and None
        )

    with shared_database(tmp_path):
        for row in rows:
            raised = at_once(_moving(row, there, at), withdrawing(row))

            assert [type(problem) for problem in raised] in ([], [AlreadyDecided]), raised
        assert check_ledger().problem == ""


def test_a_summary_cites_only_what_stayed(places: list[Topic], at: datetime, tmp_path: Path) -> None:
    here, there = places
    official, row = factories.an_official(at), factories.a_published(here, at=at)
    statements = [StatementText(title="Wind", body="People fear it.", cites=[row.number])]
    summary = draft_summary(consultation=here.consultation, statements=statements, by=official, at=at)

    with shared_database(tmp_path):
        raised = at_once(_moving(row, there, at), lambda: publish_summary(summary=summary, by=official, at=at) and None)

        assert [type(problem) for problem in raised] in ([CannotLeave], [CannotCite]), raised
        cited = Citation.objects.filter(statement__is_public=True).exclude(contribution__consultation=here.consultation)
        assert not cited.exists()
        assert check_ledger().problem == ""
