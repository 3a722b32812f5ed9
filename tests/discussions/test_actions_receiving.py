"""Receiving: numbers without gaps, one a key, times that do not run back, an entry for each."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction

from apps.accounts.actions import erase_account
from apps.accounts.models import User
from apps.accounts.rules import as_citizen
from apps.common.errors import NotAllowed
from apps.consultations.enums import WriteAccess
from apps.consultations.models import Topic
from apps.discussions.actions import publish_answer, revise_contribution, submit_contribution
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.errors import CannotReply, UnfitText
from apps.discussions.models import Contribution
from apps.ledger.actions import fingerprint
from apps.ledger.models import Entry, EntryActor
from apps.ledger.queries import facts_of
from apps.municipality.models import District
from apps.residency.actions import grant_residency
from tests import factories, personas
from tests.discussions.recount import assert_counts_are_true

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(at: datetime) -> User:
    return factories.a_writer(at)


def _submit(topic: Topic, by: User, at: datetime, *, key: int = 1, body: str = "Text", **more: object) -> Contribution:
    return submit_contribution(
        topic=topic, kind=ContributionKind.VIEW, body=body, submission_key=UUID(int=key), by=by, at=at, **more
    )  # type: ignore[arg-type]


@pytest.mark.parametrize("body", ["", "\n\t ", "x" * 10_001, "010190-1234"])
def test_an_unfit_text_takes_no_number(body: str, topic: Topic, writer: User, at: datetime) -> None:
    with pytest.raises(UnfitText):
        _submit(topic, writer, at, body=body)

    assert _submit(topic, writer, at).number == 1
    assert Entry.objects.filter(kind="contribution.received").count() == 1


def test_those_who_may_not_write_take_no_number(writer: User, at: datetime) -> None:
    topic = factories.the_topic(factories.a_hearing(at=at, write_access=WriteAccess.RESIDENTS))

    with pytest.raises(NotAllowed, match="Only verified residents"):
        _submit(topic, writer, at)

    assert not Contribution.stored.exists()


def test_a_number_of_what_was_rolled_back_is_given_again(topic: Topic, writer: User, at: datetime) -> None:
    _submit(topic, writer, at, key=1)
    with transaction.atomic():
        assert _submit(topic, writer, at, key=2).number == 2
        transaction.set_rollback(True)

    assert _submit(topic, writer, at, key=3).number == 2
    assert_counts_are_true(topic.consultation)


def test_numbers_run_through_all_topics_of_a_consultation(topic: Topic, writer: User, at: datetime) -> None:
    other = factories.a_topic(topic.consultation, at=at)
    elsewhere = factories.the_topic(factories.a_hearing(at=at))

    numbers = [_submit(place, writer, at, key=key).number for key, place in enumerate((topic, other, elsewhere, topic))]

    assert numbers == [1, 2, 1, 3]


def test_another_text_under_the_same_key_is_not_lost(topic: Topic, writer: User, at: datetime) -> None:
    """Somebody went back to the form that was sent, and wrote the next text into it."""
    first = _submit(topic, writer, at, key=1, body="One")

    second = {_submit(topic, writer, at, key=1, body="Two ").number for _click in range(2)}
    again = _submit(topic, writer, at, key=1, body="One\r\n")

    assert (first.number, second, again.number) == (1, {2}, 1)
    assert [row.body for row in Contribution.stored.order_by("number")] == ["One", "Two"]


def test_a_text_that_was_changed_meanwhile_is_not_received_again(topic: Topic, writer: User, at: datetime) -> None:
    sent = _submit(topic, writer, at, key=1, body="One")
    revise_contribution(contribution=sent, kind=ContributionKind.VIEW, body="Better", by=writer, at=at)

    assert _submit(topic, writer, at, key=1, body="One") == sent
    assert Contribution.stored.count() == 1


def test_the_source_of_an_answer_holds_no_identity_number(topic: Topic, at: datetime) -> None:
    asked, official = factories.a_published(topic, at=at), factories.an_official(at)

    with pytest.raises(UnfitText):
        publish_answer(
            to=asked, body="Yes.", source="Letter of 010190-1234", submission_key=UUID(int=1), by=official, at=at
        )


def test_the_same_key_gives_what_it_gave_before(topic: Topic, writer: User, at: datetime) -> None:
    first = _submit(topic, writer, at, body="First")

    again = _submit(topic, writer, at + timedelta(days=400), body="First")

    assert (again.pk, again.body) == (first.pk, "First")
    assert Entry.objects.filter(kind="contribution.received").count() == 1


def test_a_clock_that_steps_back_does_not_turn_the_order(topic: Topic, writer: User, at: datetime) -> None:
    first = _submit(topic, writer, at, key=1)

    second = _submit(topic, writer, at - timedelta(hours=1), key=2)
    third = _submit(topic, writer, at + timedelta(hours=1), key=3)

    assert [row.received_at for row in (first, second, third)] == [at, at, at + timedelta(hours=1)]


def test_the_row_keeps_the_writer_of_that_moment(topic: Topic, at: datetime) -> None:
    person = personas.unverified(at=at)
    grant_residency(
        person=person, district=District.objects.create(name="Nørre Klint"), by=factories.an_official(at), at=at
    )

    row = _submit(topic, person, at)
    User.objects.filter(pk=person.pk).update(display_name="Somebody Else")
    row.refresh_from_db()

    assert (row.author_name, row.author_district, row.author_is_resident) == ("Una Underveis", "Nørre Klint", True)


def test_a_receipt_waits_and_counts_nowhere_yet(topic: Topic, writer: User, at: datetime) -> None:
    row = _submit(topic, writer, at, body="A *text*")

    assert (row.status, row.root, row.root_number, row.decided_at) == (ContributionStatus.WAITING, None, 1, None)
    assert row.body_html == "<p>A <em>text</em></p>"
    assert_counts_are_true(topic.consultation)


def test_the_entry_holds_a_fingerprint_and_no_personal_data(topic: Topic, writer: User, at: datetime) -> None:
    row = _submit(topic, writer, at, body="A very private text")

    entry = Entry.objects.get(kind="contribution.received")
    assert facts_of(entry) == {
        "kind": "view",
        "in_reply_to": None,
        "fingerprint": fingerprint(bytes(row.salt), row.body),
        "late": False,
    }
    assert (entry.number, entry.topic_id, entry.consultation_id) == (1, topic.pk, topic.consultation_id)
    assert EntryActor.objects.get(entry=entry).person_id == writer.pk
    assert len(row.salt) == 32
    assert "private" not in entry.payload
    assert "Una" not in entry.payload


def test_a_reply_to_a_reply_stands_under_its_root(topic: Topic, writer: User, at: datetime) -> None:
    root = factories.a_published(topic, at=at)
    reply = factories.a_published(topic, at=at, in_reply_to=root)

    row = _submit(topic, writer, at, in_reply_to=reply)

    assert (row.root, row.root_number, row.in_reply_to, row.in_reply_to_number) == (root, 1, reply, 2)


def test_only_what_is_published_in_the_topic_is_replied_to(topic: Topic, writer: User, at: datetime) -> None:
    other = factories.a_topic(topic.consultation, at=at)
    answered = [
        factories.a_contribution(topic, at=at),
        factories.a_refused(topic, at=at),
        factories.a_published(other, at=at),
        factories.a_published(factories.the_topic(factories.a_hearing(at=at)), at=at),
    ]

    for row in answered:
        with pytest.raises(CannotReply):
            _submit(topic, writer, at, in_reply_to=row)

    assert _submit(topic, writer, at).number == 4


# ------------------------------------------------------------------ the municipality's answer


def test_an_answer_is_published_at_once_and_marks_what_it_answers(topic: Topic, at: datetime) -> None:
    question = factories.a_published(topic, at=at, kind=ContributionKind.QUESTION)

    first = factories.an_answer(question, at=at + timedelta(days=1))
    factories.an_answer(question, at=at + timedelta(days=2))

    question.refresh_from_db()
    assert question.answered_at == at + timedelta(days=1)
    assert (first.number, first.root_number, first.kind, first.status) == (2, 1, "answer", "published")
    assert [entry.number for entry in Entry.objects.filter(kind="answer.published").order_by("id")] == [2, 3]
    assert_counts_are_true(topic.consultation)


def test_only_officials_answer_and_only_what_is_published(topic: Topic, writer: User, at: datetime) -> None:
    published, waiting = factories.a_published(topic, at=at), factories.a_contribution(topic, at=at)
    key = UUID(int=999)

    for by, to in ((writer, published), (factories.a_moderator(at), published), (factories.an_official(at), waiting)):
        with pytest.raises(NotAllowed):
            publish_answer(to=to, body="Yes.", submission_key=key, by=by, at=at)
    with pytest.raises(UnfitText):
        publish_answer(to=published, body=" ", submission_key=key, by=factories.an_official(at), at=at)

    assert not Contribution.stored.filter(kind=ContributionKind.ANSWER).exists()


def test_an_answer_sent_twice_is_one(topic: Topic, at: datetime) -> None:
    to, official = factories.a_published(topic, at=at), factories.an_official(at)

    answers = {publish_answer(to=to, body="Yes.", submission_key=UUID(int=9), by=official, at=at).pk for _ in range(2)}

    assert len(answers) == 1
    assert_counts_are_true(topic.consultation)


def test_nothing_is_received_from_an_account_that_was_deleted_meanwhile(at: datetime) -> None:
    topic = factories.the_topic(factories.a_hearing(at=at))
    person = personas.unverified(at=at)
    as_loaded_before = User.objects.get(pk=person.pk)
    erase_account(person=person, reason="own_wish", by=as_citizen(person), at=at)

    with pytest.raises(NotAllowed):
        submit_contribution(
            topic=topic, kind=ContributionKind.VIEW, body="Too late.", submission_key=UUID(int=7),
            by=as_loaded_before, at=at,
        )  # fmt: skip

    assert not Contribution.stored.filter(author=person).exists()
