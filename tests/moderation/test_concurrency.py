"""Two moderators at the same instant: one decides, the other is told."""

from datetime import datetime
from pathlib import Path

import pytest

from apps.accounts.models import User
from apps.discussions.actions import revise_contribution
from apps.discussions.errors import AlreadyDecided, EditedSinceRead
from apps.discussions.models import Contribution
from apps.ledger.models import Entry
from apps.moderation.actions import claim_contribution, decide_contribution
from apps.moderation.errors import ClaimedByAnother
from apps.moderation.models import Case, Decision
from tests.concurrency import Work, at_once, shared_database
from tests.factories import a_contribution, a_hearing, a_moderator, a_writer, the_topic
from tests.moderation.desk import a_colleague, publish, refuse

pytestmark = pytest.mark.django_db(transaction=True)
DECIDED = ("contribution.published", "contribution.refused")


def deciding(pk: int, by: User, at: datetime, *, refusing: bool) -> Work:
    def decide() -> None:
        contribution = Contribution.stored.select_related("topic", "consultation").get(pk=pk)
        decide_contribution(contribution=contribution, ruling=refuse() if refusing else publish(), by=by, at=at)

    return decide


def test_two_moderators_cannot_both_decide(at: datetime, tmp_path: Path) -> None:
    moderators = [a_moderator(at), a_colleague(at)]
    waiting = [a_contribution(the_topic(a_hearing(at=at)), at=at) for _step in range(4)]

    with shared_database(tmp_path):
        for contribution in waiting:
            works = [deciding(contribution.pk, who, at, refusing=who == moderators[1]) for who in moderators]
            raised = at_once(*works)

            assert [type(problem) for problem in raised] in ([AlreadyDecided], [ClaimedByAnother]), raised
            decision = Decision.objects.get(case__contribution=contribution)
            entry = Entry.objects.get(kind__in=DECIDED, subject="contribution", subject_id=contribution.pk)
            row = Contribution.stored.get(pk=contribution.pk)
            assert entry.kind == f"contribution.{row.status}"
            assert row.is_published == (decision.outcome == "publish")
            assert Case.objects.get(contribution=contribution).claimed_by is None


def test_two_moderators_cannot_both_take(at: datetime, tmp_path: Path) -> None:
    moderators = [a_moderator(at), a_colleague(at)]
    contribution = a_contribution(the_topic(a_hearing(at=at)), at=at)
    taken: list[User] = []

    def taking(by: User) -> Work:
        def take() -> None:
            if claim_contribution(contribution=contribution, by=by, at=at):
                taken.append(by)

        return take

    with shared_database(tmp_path):
        assert at_once(*(taking(by) for by in moderators)) == []
        assert taken == [Case.objects.select_related("claimed_by").get().claimed_by]


def test_an_author_and_a_moderator_cannot_both_win(at: datetime, tmp_path: Path) -> None:
    moderator, writer = a_moderator(at), a_writer(at)
    waiting = [a_contribution(the_topic(a_hearing(at=at)), at=at) for _step in range(4)]

    def revising(contribution: Contribution) -> Work:
        def revise() -> None:
            row = Contribution.stored.select_related("consultation").get(pk=contribution.pk)
            revise_contribution(contribution=row, kind=row.kind, body="Other words", by=writer, at=at)

        return revise

    with shared_database(tmp_path):
        for contribution in waiting:
            raised = at_once(deciding(contribution.pk, moderator, at, refusing=False), revising(contribution))

            row = Contribution.stored.get(pk=contribution.pk)
            if row.is_published:
                assert len(raised) == 1
                assert row.body != "Other words"
            else:
                assert [type(problem) for problem in raised] == [EditedSinceRead]
                assert (row.body, row.version) == ("Other words", 2)
