"""Publishing, refusing and moving: once, on the version that was read, with true counts and signposts."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from apps.accounts.rules import as_moderator
from apps.consultations.models import Topic
from apps.discussions.actions import (
    move_contribution,
    publish_contribution,
    refuse_contribution,
    return_contribution,
    revise_contribution,
    withdraw_contribution,
)
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.errors import AlreadyDecided, EditedSinceRead, SameTopic
from apps.discussions.models import Contribution, Signpost
from apps.discussions.queries import thread_page
from apps.ledger.models import Actor, Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import RefusalReason
from tests import factories
from tests.discussions.recount import assert_counts_are_true

Decide = Callable[..., None]

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(at: datetime) -> Actor:
    return as_moderator(factories.a_moderator(at))


@pytest.fixture
def other(topic: Topic, at: datetime) -> Topic:
    return factories.a_topic(topic.consultation, at=at)


def _publish(row: Contribution, by: Actor, at: datetime, version: int = 1) -> None:
    publish_contribution(contribution=row, version=version, by=by, at=at)


def _refuse(row: Contribution, by: Actor, at: datetime, version: int = 1) -> None:
    reason = RefusalReason.objects.get(code="off_topic")
    refuse_contribution(contribution=row, version=version, reason=reason, sentence="Elsewhere.", by=by, at=at)


def _return(row: Contribution, by: Actor, at: datetime, version: int = 1) -> None:
    reason = RefusalReason.objects.get(code="private_information")
    return_contribution(contribution=row, version=version, reason=reason, sentence="A name.", by=by, at=at)


def _move(row: Contribution, to: Topic, by: Actor, at: datetime, *, with_replies: bool = False) -> list[int]:
    return move_contribution(contribution=row, to=to, with_replies=with_replies, by=by, at=at)


def _stands(topic: Topic) -> list[str]:
    """Return a topic's thread in words: `>3` is a signpost, `1/2` is reply 2 under root 1."""
    return [
        f"{'>' if row.signpost else ''}{f'{row.parent}/' if row.parent else ''}{row.number}"
        for row in thread_page(topic).rows
    ]


# ------------------------------------------------------------------ publishing and refusing


@pytest.mark.parametrize("decide", [_publish, _refuse, _return])
def test_a_text_that_was_edited_since_it_was_read_is_not_decided(
    decide: Decide, topic: Topic, by: Actor, at: datetime
) -> None:
    row = factories.a_contribution(topic, at=at)
    fresh = Contribution.stored.get(pk=row.pk)
    revise_contribution(contribution=fresh, kind=ContributionKind.VIEW, body="Newer", by=row.author, at=at)

    with pytest.raises(EditedSinceRead):
        decide(row, by, at)

    row.refresh_from_db()
    assert row.is_waiting
    decide(row, by, at, version=2)
    assert not row.is_waiting


@pytest.mark.parametrize("decide", [_publish, _refuse, _return])
@pytest.mark.parametrize("state", ["published", "refused", "withdrawn"])
def test_what_no_longer_waits_is_not_decided_again(
    state: str, decide: Decide, topic: Topic, by: Actor, at: datetime
) -> None:
    row = factories.a_contribution(topic, at=at)
    stale = Contribution.stored.get(pk=row.pk)
    if state == "withdrawn":
        withdraw_contribution(contribution=row, by=row.author, at=at)
    else:
        {"published": _publish, "refused": _refuse}[state](row, by, at)
    entries = Entry.objects.count()

    with pytest.raises(AlreadyDecided):
        decide(stale, by, at)

    assert Contribution.stored.get().status == state
    assert Entry.objects.count() == entries
    assert_counts_are_true(topic.consultation)


def test_publishing_counts_and_marks_the_activity(topic: Topic, by: Actor, at: datetime) -> None:
    row = factories.a_contribution(topic, at=at)

    _publish(row, by, at + timedelta(hours=2))

    topic.refresh_from_db()
    assert (row.status, row.decided_at, row.received_at) == ("published", at + timedelta(hours=2), at)
    assert topic.last_activity_at == at + timedelta(hours=2)
    assert facts_of(Entry.objects.get(kind="contribution.published"))["version"] == 1
    assert_counts_are_true(topic.consultation)


def test_refusing_leaves_the_reason_and_counts_nothing(topic: Topic, by: Actor, at: datetime) -> None:
    row = factories.a_contribution(topic, at=at)

    _refuse(row, by, at)

    topic.refresh_from_db()
    assert (row.status, row.refusal_reason_id, row.refusal_sentence) == ("refused", "off_topic", "Elsewhere.")
    assert topic.last_activity_at is None
    assert facts_of(Entry.objects.get(kind="contribution.refused")) == {"version": 1, "reason": "off_topic"}
    assert_counts_are_true(topic.consultation)


def test_the_place_of_a_late_publication_is_that_of_its_number(topic: Topic, by: Actor, at: datetime) -> None:
    early = factories.a_contribution(topic, at=at)
    factories.a_published(topic, at=at)

    _publish(early, by, at + timedelta(days=3))

    assert _stands(topic) == ["1", "2"]


# ------------------------------------------------------------------ moving


def test_a_root_moves_alone_and_its_replies_become_roots(topic: Topic, other: Topic, by: Actor, at: datetime) -> None:
    root = factories.a_published(topic, at=at)
    reply = factories.a_published(topic, at=at, in_reply_to=root)
    factories.a_published(topic, at=at, in_reply_to=reply)

    assert _move(root, other, by, at) == []

    assert _stands(topic) == [">1", "2", "3"]
    assert _stands(other) == ["1"]
    assert_counts_are_true(topic.consultation)


def test_a_root_takes_its_replies_and_answers_along(topic: Topic, other: Topic, by: Actor, at: datetime) -> None:
    root = factories.a_published(topic, at=at)
    factories.a_published(topic, at=at, in_reply_to=root)
    factories.an_answer(root, at=at)
    factories.a_contribution(topic, at=at, in_reply_to=root)
    factories.a_published(topic, at=at)

    assert _move(root, other, by, at, with_replies=True) == [2, 3, 4]

    assert _stands(topic) == [">1", ">1/2", ">1/3", ">1/4", "5"]
    assert _stands(other) == ["1", "1/2", "1/3"]
    assert facts_of(Entry.objects.get(kind="contribution.moved")) == {
        "from": topic.slug,
        "to": other.slug,
        "replies": [2, 3, 4],
        "stayed": [],
        "root": 1,
        "rejoined": [],
        "reason": "off_topic",
    }
    assert_counts_are_true(topic.consultation)


def test_a_reply_that_is_moved_becomes_a_root(topic: Topic, other: Topic, by: Actor, at: datetime) -> None:
    root = factories.a_published(topic, at=at)
    reply = factories.a_published(topic, at=at, in_reply_to=root)

    _move(reply, other, by, at)

    assert _stands(topic) == ["1", ">1/2"]
    assert _stands(other) == ["2"]
    assert_counts_are_true(topic.consultation)


def test_signposts_of_a_chain_of_moves_all_lead_to_the_last_place(
    topic: Topic, other: Topic, by: Actor, at: datetime
) -> None:
    third = factories.a_topic(topic.consultation, at=at)
    row = factories.a_published(topic, at=at)

    _move(row, other, by, at)
    _move(row, third, by, at)

    posts = Signpost.objects.order_by("pk").values_list("topic", "to_topic")
    assert set(posts) == {(topic.pk, third.pk), (other.pk, third.pk)}
    assert [_stands(place) for place in (topic, other, third)] == [[">1"], [">1"], ["1"]]


def test_a_contribution_that_returns_stands_there_once(topic: Topic, other: Topic, by: Actor, at: datetime) -> None:
    row = factories.a_published(topic, at=at)

    _move(row, other, by, at)
    _move(row, topic, by, at)

    assert [_stands(place) for place in (topic, other)] == [["1"], [">1"]]
    _move(row, other, by, at)
    assert [_stands(place) for place in (topic, other)] == [[">1"], ["1"]]
    assert_counts_are_true(topic.consultation)


def test_replies_that_return_with_their_root_stand_there_once(
    topic: Topic, other: Topic, by: Actor, at: datetime
) -> None:
    root = factories.a_published(topic, at=at)
    factories.a_published(topic, at=at, in_reply_to=root)

    _move(root, other, by, at, with_replies=True)
    _move(root, topic, by, at, with_replies=True)

    assert _stands(topic) == ["1", "1/2"]
    assert _stands(other) == [">1", ">1/2"]
    assert_counts_are_true(topic.consultation)


def test_a_waiting_one_moves_and_waits_on(topic: Topic, other: Topic, by: Actor, at: datetime) -> None:
    row = factories.a_contribution(topic, at=at)

    _move(row, other, by, at)

    assert (row.status, row.topic) == (ContributionStatus.WAITING, other)
    assert (_stands(topic), _stands(other)) == ([">1"], [])
    assert_counts_are_true(topic.consultation)


@pytest.mark.parametrize("with_replies", [True, False])
def test_it_cannot_be_moved_to_where_it_is_or_to_another_hearing(
    with_replies: bool, topic: Topic, by: Actor, at: datetime
) -> None:
    row = factories.a_published(topic, at=at)

    for to in (topic, factories.the_topic(factories.a_hearing(at=at))):
        with pytest.raises(SameTopic):
            _move(row, to, by, at, with_replies=with_replies)

    assert not Signpost.objects.exists()


def test_what_was_refused_or_withdrawn_is_not_moved(topic: Topic, other: Topic, by: Actor, at: datetime) -> None:
    withdrawn = factories.a_contribution(topic, at=at)
    withdraw_contribution(contribution=withdrawn, by=withdrawn.author, at=at)

    for row in (factories.a_refused(topic, at=at), withdrawn):
        with pytest.raises(AlreadyDecided):
            _move(row, other, by, at)

    assert not Signpost.objects.exists()


def test_every_change_of_state_has_one_entry(topic: Topic, other: Topic, by: Actor, at: datetime) -> None:
    row = factories.a_contribution(topic, at=at)
    _publish(row, by, at)
    _move(row, other, by, at)
    _move(row, topic, by, at)

    kinds = (
        Entry.objects.filter(subject="contribution", subject_id=row.pk).order_by("id").values_list("kind", flat=True)
    )

    assert list(kinds) == ["contribution.received", "contribution.published", *["contribution.moved"] * 2]
