"""What authors do while their texts wait, and what becomes of it when a moderator was first."""

from datetime import datetime, timedelta

import pytest

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.errors import NotAllowed
from apps.consultations.models import Topic
from apps.discussions.actions import publish_contribution, revise_contribution, withdraw_contribution
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.errors import AlreadyDecided, UnfitText
from apps.discussions.models import Contribution, PastText
from apps.exchange.queries import check_ledger
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from tests import factories, personas
from tests.discussions.recount import assert_counts_are_true

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(topic: Topic, at: datetime) -> Contribution:
    return factories.a_contribution(topic, at=at, body="First")


def _revise(row: Contribution, by: User, at: datetime, body: str = "Second") -> bool:
    return revise_contribution(contribution=row, kind=ContributionKind.VIEW, body=body, by=by, at=at)


def _publish(row: Contribution, at: datetime) -> None:
    publish_contribution(contribution=row, version=row.version, by=as_moderator(factories.a_moderator(at)), at=at)


def _author(row: Contribution) -> User:
    assert row.author is not None
    return row.author


def test_a_change_keeps_the_number_the_time_and_the_former_text(waiting: Contribution, at: datetime) -> None:
    salt = bytes(waiting.salt)

    assert _revise(waiting, _author(waiting), at + timedelta(hours=1))

    assert (waiting.number, waiting.received_at, waiting.version, waiting.body) == (1, at, 2, "Second")
    assert waiting.body_html == "<p>Second</p>"
    assert bytes(waiting.salt) != salt
    past = PastText.objects.get()
    assert (past.version, past.body, bytes(past.salt)) == (1, "First", salt)
    assert facts_of(Entry.objects.get(kind="contribution.revised"))["version"] == 2


def test_a_change_that_changes_nothing_leaves_no_trace(waiting: Contribution, at: datetime) -> None:
    assert not _revise(waiting, _author(waiting), at, body=" First\r\n")

    assert not Entry.objects.filter(kind="contribution.revised").exists()
    assert not PastText.objects.exists()


def test_others_change_and_withdraw_nothing(waiting: Contribution, at: datetime) -> None:
    for other in (personas.resident(at=at), factories.a_moderator(at), factories.an_official(at)):
        with pytest.raises(NotAllowed, match="Only its author"):
            _revise(waiting, other, at)
        with pytest.raises(NotAllowed, match="Only its author"):
            withdraw_contribution(contribution=waiting, by=other, at=at)

    waiting.refresh_from_db()
    assert (waiting.body, waiting.status) == ("First", ContributionStatus.WAITING)


def test_an_unfit_change_is_refused(waiting: Contribution, at: datetime) -> None:
    for body in ("", "x" * 10_001, "010190-1234"):
        with pytest.raises(UnfitText):
            _revise(waiting, _author(waiting), at, body=body)

    waiting.refresh_from_db()
    assert waiting.version == 1


def test_nothing_changes_after_the_deadline(waiting: Contribution, at: datetime) -> None:
    with pytest.raises(NotAllowed, match="The deadline has passed"):
        _revise(waiting, _author(waiting), at + timedelta(days=21))


def test_who_read_an_old_row_is_told_that_it_was_decided(waiting: Contribution, at: datetime) -> None:
    """The row was read while it waited; the decision came before the change was written."""
    _publish(Contribution.stored.get(pk=waiting.pk), at)

    with pytest.raises(AlreadyDecided):
        _revise(waiting, _author(waiting), at)
    with pytest.raises(AlreadyDecided):
        withdraw_contribution(contribution=waiting, by=_author(waiting), at=at)

    assert not PastText.objects.exists()
    assert not Entry.objects.filter(kind__in=("contribution.revised", "contribution.withdrawn")).exists()


def test_withdrawing_leaves_the_number_and_one_entry(waiting: Contribution, at: datetime) -> None:
    later = at + timedelta(days=400)

    assert withdraw_contribution(contribution=waiting, by=_author(waiting), at=later)
    assert not withdraw_contribution(contribution=waiting, by=_author(waiting), at=later)

    assert (waiting.status, waiting.decided_at) == (ContributionStatus.WITHDRAWN, later)
    assert Entry.objects.filter(kind="contribution.withdrawn", number=1).count() == 1
    assert_counts_are_true(waiting.consultation)


def test_what_was_decided_or_withdrawn_is_not_changed_any_more(topic: Topic, at: datetime) -> None:
    withdrawn, published = factories.a_contribution(topic, at=at), factories.a_published(topic, at=at)
    refused = factories.a_refused(topic, at=at)
    author = _author(withdrawn)
    withdraw_contribution(contribution=withdrawn, by=author, at=at)

    for row in (withdrawn, published, refused):
        row.refresh_from_db()
        with pytest.raises(NotAllowed, match="A moderator has decided"):
            _revise(row, author, at)
    with pytest.raises(NotAllowed, match="nothing to withdraw"):
        withdraw_contribution(contribution=refused, by=author, at=at)


def test_a_published_text_is_taken_back_and_stays_sealed_in_its_row(topic: Topic, at: datetime) -> None:
    asked = factories.a_published(topic, at=at, kind=ContributionKind.QUESTION, body="Taken back")
    reply = factories.a_published(topic, at=at, in_reply_to=asked)
    answer = factories.an_answer(asked, at=at)
    asked.refresh_from_db()
    later = at + timedelta(days=400)

    assert withdraw_contribution(contribution=asked, by=_author(asked), at=later)
    assert not withdraw_contribution(contribution=asked, by=_author(asked), at=later)

    assert (asked.status, asked.decided_at, asked.body) == (ContributionStatus.WITHDRAWN, later, "Taken back")
    for standing in (reply, answer):
        standing.refresh_from_db()
        assert standing.is_published
    assert_counts_are_true(topic.consultation)
    sequence_entries()
    assert check_ledger().problem == ""


def test_an_answer_is_the_municipalitys_and_stands(topic: Topic, at: datetime) -> None:
    answer = factories.an_answer(factories.a_published(topic, at=at), at=at)

    with pytest.raises(NotAllowed, match="stands"):
        withdraw_contribution(contribution=answer, by=factories.an_official(at), at=at)
