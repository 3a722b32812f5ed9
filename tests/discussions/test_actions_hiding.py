"""Sent back, waiting again, hidden and shown again: each only where it can be, and told in the ledger."""

from datetime import datetime, timedelta

import pytest

from apps.accounts.rules import as_moderator
from apps.consultations.models import Topic
from apps.discussions.actions import (
    hide_contribution,
    publish_contribution,
    reopen_contribution,
    reopen_lapsed,
    restore_contribution,
    return_contribution,
    revise_contribution,
)
from apps.discussions.errors import AlreadyAnswered, AlreadyDecided
from apps.discussions.models import Contribution
from apps.discussions.queries import thread_page
from apps.discussions.rules import EDIT_TAKEN
from apps.exchange.queries import check_ledger
from apps.ledger.models import Actor, Entry
from apps.municipality.models import RefusalReason
from tests import factories
from tests.discussions.recount import assert_counts_are_true

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(at: datetime) -> Actor:
    return as_moderator(factories.a_moderator(at))


@pytest.fixture
def reason() -> RefusalReason:
    return RefusalReason.objects.get(code="private_information")


def told() -> list[str]:
    """Return what the ledger tells of contributions, in order, without the receipts."""
    kinds = Entry.objects.filter(kind__startswith="contribution.").order_by("pk").values_list("kind", flat=True)
    return [kind.removeprefix("contribution.") for kind in kinds if kind != "contribution.received"]


def send_back(row: Contribution, reason: RefusalReason, by: Actor, at: datetime) -> None:
    return_contribution(contribution=row, version=1, reason=reason, sentence="Leave the name out.", by=by, at=at)


def test_what_was_sent_back_keeps_its_number_and_waits_again_once_it_is_changed(
    topic: Topic, reason: RefusalReason, by: Actor, at: datetime
) -> None:
    row = factories.a_contribution(topic, at=at)
    number, received = row.number, row.received_at

    send_back(row, reason, by, at)
    assert (row.status, row.refusal_sentence) == ("returned", "Leave the name out.")
    assert [shown.is_trace for shown in thread_page(topic).rows] == [True]

    # The deadline has passed meanwhile; on time goes by the receipt.
    late = at + EDIT_TAKEN - timedelta(seconds=1)
    topic.consultation.phases.update(closes_at=at + timedelta(minutes=1))
    revise_contribution(contribution=row, kind=row.kind, body="Without the name", by=factories.a_writer(at), at=late)

    assert (row.status, row.number, row.received_at, row.version) == ("waiting", number, received, 2)
    assert (row.refusal_reason, row.refusal_sentence, row.decided_at) == (None, "", None)
    assert told() == ["returned", "revised"]
    assert check_ledger().problem == ""


def test_an_edit_that_nobody_hands_in_waits_for_a_person_again(
    topic: Topic, reason: RefusalReason, by: Actor, at: datetime
) -> None:
    row = factories.a_contribution(topic, at=at)
    send_back(row, reason, by, at)

    assert reopen_lapsed(at=at + EDIT_TAKEN - timedelta(seconds=1)) == 0
    assert reopen_lapsed(at=at + EDIT_TAKEN) == 1
    assert reopen_lapsed(at=at + EDIT_TAKEN) == 0

    row.refresh_from_db()
    assert (row.status, row.version, row.decided_at) == ("waiting", 1, None)
    assert Entry.objects.get(kind="contribution.reopened").actor_role == "system"
    assert check_ledger().problem == ""


def test_a_hidden_text_leaves_its_number_and_comes_back_to_its_place(
    topic: Topic, reason: RefusalReason, by: Actor, at: datetime
) -> None:
    row = factories.a_published(topic, at=at)
    reply = factories.a_published(topic, at=at, in_reply_to=row)

    hide_contribution(contribution=row, reason=reason, sentence="It names somebody.", by=by, at=at)
    assert [(shown.number, shown.is_trace) for shown in thread_page(topic).rows] == [(1, True), (2, False)]
    assert_counts_are_true(topic.consultation)
    with pytest.raises(AlreadyDecided):
        hide_contribution(contribution=row, reason=reason, sentence="Again.", by=by, at=at)

    restore_contribution(contribution=row, by=by, at=at)
    assert [(shown.number, shown.is_trace) for shown in thread_page(topic).rows] == [(1, False), (2, False)]
    assert (row.refusal_reason, row.refusal_sentence) == (None, "")
    assert_counts_are_true(topic.consultation)
    with pytest.raises(AlreadyDecided):
        restore_contribution(contribution=row, by=by, at=at)
    assert reply.root_id == row.pk
    assert check_ledger().problem == ""


def test_the_municipalitys_answer_is_not_hidden(topic: Topic, reason: RefusalReason, by: Actor, at: datetime) -> None:
    answer = factories.an_answer(factories.a_published(topic, at=at), at=at)

    with pytest.raises(AlreadyDecided):
        hide_contribution(contribution=answer, reason=reason, sentence="No.", by=by, at=at)

    answer.refresh_from_db()
    assert answer.is_published


def test_a_decision_is_taken_back_unless_somebody_replied(topic: Topic, by: Actor, at: datetime) -> None:
    row, other = factories.a_published(topic, at=at), factories.a_published(topic, at=at)
    factories.a_contribution(topic, at=at, in_reply_to=other)

    reopen_contribution(contribution=row, by=by, at=at)
    assert row.is_waiting
    assert_counts_are_true(topic.consultation)
    with pytest.raises(AlreadyDecided):
        reopen_contribution(contribution=row, by=by, at=at)
    with pytest.raises(AlreadyAnswered):
        reopen_contribution(contribution=other, by=by, at=at)

    publish_contribution(contribution=row, version=1, by=by, at=at)
    assert told()[-2:] == ["reopened", "published"]
    assert check_ledger().problem == ""
