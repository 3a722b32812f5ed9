"""Receiving many at once leaves the same rows, counts and entries as receiving one after the other."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from apps.accounts.rules import AN_IMPORT, as_citizen, as_moderator
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import topics_of
from apps.discussions import actions
from apps.discussions.actions import Author, Received, Writing, name_offsite_authors, receive_many
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.errors import CannotReply
from apps.discussions.models import Contribution, OffsiteAuthor
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.municipality.models import RefusalReason
from tests import factories

PUBLISHED, REFUSED, WAITING = ContributionStatus.PUBLISHED, ContributionStatus.REFUSED, ContributionStatus.WAITING
KINDS = [ContributionKind.VIEW, ContributionKind.QUESTION, ContributionKind.PROPOSAL]


@dataclass(frozen=True)
class Sent:
    """A text as it is sent both ways; `reply_to` is the place of what it answers."""

    topic: int
    kind: ContributionKind
    status: ContributionStatus
    gap: int
    reply_to: int | None


def sent_texts(drawn: list[tuple[int, ContributionKind, ContributionStatus, int, int]]) -> list[Sent]:
    """Return drawn texts with what they can answer: something published before, in the same topic."""
    made: list[Sent] = []
    for topic, kind, status, gap, choice in drawn:
        answerable = [n for n, other in enumerate(made) if other.topic == topic and other.status == PUBLISHED]
        reply_to = answerable[choice % len(answerable)] if answerable and choice % 2 else None
        made.append(Sent(topic, kind, status, gap, reply_to))
    return made


DRAWN = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(KINDS),
        st.sampled_from([PUBLISHED, PUBLISHED, REFUSED, WAITING]),
        st.integers(-30, 600),
        st.integers(0, 50),
    ),
    max_size=14,
)


def three_topics(at: datetime, title: str) -> list[Topic]:
    hearing = factories.a_hearing(at=at, title=title, closes=timedelta(days=90))
    factories.a_topic(hearing, at=at, title="two")
    factories.a_topic(hearing, at=at, title="three")
    return [Topic.objects.select_related("consultation").get(pk=topic.pk) for topic in topics_of(hearing)]


def one_by_one(texts: list[Sent], topics: list[Topic], at: datetime, delay: timedelta) -> None:
    writer, moderator = factories.a_writer(at), as_moderator(factories.a_moderator(at))
    reason = RefusalReason.objects.get(code="spam")
    made: list[Contribution] = []
    for step, text in enumerate(texts):
        at += timedelta(seconds=text.gap)
        row = actions.submit_contribution(
            topic=topics[text.topic],
            kind=text.kind,
            body=f"Text *{step}*",
            in_reply_to=None if text.reply_to is None else made[text.reply_to],
            submission_key=UUID(int=step),
            by=writer,
            at=at,
        )
        decided = row.received_at + delay
        if text.status == PUBLISHED:
            actions.publish_contribution(contribution=row, version=1, by=moderator, at=decided)
        elif text.status == REFUSED:
            actions.refuse_contribution(
                contribution=row, version=1, reason=reason, sentence="", by=moderator, at=decided
            )
        made.append(row)


def all_at_once(texts: list[Sent], topics: list[Topic], at: datetime, delay: timedelta) -> None:
    writer, moderator = factories.a_writer(at), factories.a_moderator(at)
    rows, last = [], at
    for step, text in enumerate(texts):
        at += timedelta(seconds=text.gap)
        last = max(at, last) if rows else at
        writing = Writing(
            topic=topics[text.topic],
            author=Author(name=writer.display_name, person=writer),
            kind=text.kind,
            body=f"Text *{step}*",
        )
        decided_at = None if text.status == WAITING else last + delay
        rows.append(
            Received(
                writing=writing,
                received_at=at,
                status=text.status,
                decided_at=decided_at,
                reason="spam",
                reply_to=text.reply_to,
            )
        )
    receive_many(
        consultation_id=topics[0].consultation_id, rows=rows, by=as_citizen(writer), decided_by=as_moderator(moderator)
    )


LEFT_OUT = {"id", "consultation", "topic", "root", "in_reply_to", "salt", "submission_key", "source_ref", "author"}


def rows_of(topics: list[Topic]) -> list[dict[str, Any]]:
    """Return all fields of the rows but ids, salts and keys; references by number, topics by place."""
    places = {topic.pk: place for place, topic in enumerate(topics)}
    found = Contribution.stored.filter(consultation=topics[0].consultation_id).select_related("root", "in_reply_to")
    kept = [f.attname for f in Contribution._meta.concrete_fields if f.name not in LEFT_OUT]
    return [
        {name: getattr(row, name) for name in kept}
        | {
            "topic": places[row.topic_id],
            "root": row.root.number if row.root else None,
            "in_reply_to": row.in_reply_to.number if row.in_reply_to else None,
            "author": row.author_id,
        }
        for row in found.order_by("number")
    ]


def entries_of(topics: list[Topic]) -> list[dict[str, Any]]:
    """Return all fields of the entries about contributions but ids and fingerprints, with who acted."""
    places = {topic.pk: place for place, topic in enumerate(topics)}
    found = Entry.objects.filter(consultation_id=topics[0].consultation_id, number__isnull=False)
    return [
        {name: getattr(entry, name) for name in ("kind", "at", "actor_role", "subject", "number")}
        | {"topic": places[entry.topic_id or 0], "person": entry.person.person_id}
        | {"facts": json.loads(entry.payload) | {"fingerprint": None}}
        for entry in found.select_related("person").order_by("id")
    ]


def counts_of(topics: list[Topic]) -> list[Any]:
    hearing = Consultation.objects.get(pk=topics[0].consultation_id)
    kept = [(t.published_count, t.answered_count, t.last_activity_at) for t in topics_of(hearing)]
    return [hearing.next_number, hearing.last_received_at, hearing.published_count, kept]


@pytest.mark.django_db
def test_many_at_once_leave_what_one_after_the_other_leave(at: datetime) -> None:
    single, bulk = three_topics(at, "One by one"), three_topics(at, "At once")
    before = at - timedelta(days=1)

    @settings(max_examples=settings.default.max_examples // 5, phases=[Phase.generate])
    @given(DRAWN, st.sampled_from([timedelta(), timedelta(minutes=7)]))
    def holds(drawn: list[tuple[int, ContributionKind, ContributionStatus, int, int]], delay: timedelta) -> None:
        texts = sent_texts(drawn)
        with transaction.atomic():
            one_by_one(texts, single, before, delay)
            all_at_once(texts, bulk, before, delay)
            assert rows_of(bulk) == rows_of(single)
            assert entries_of(bulk) == entries_of(single)
            assert counts_of(bulk) == counts_of(single)
            assert check_ledger().problem == ""
            transaction.set_rollback(True)

    holds()


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


def a_row(topic: Topic, *, at: datetime, body: str = "A text.", **changes: Any) -> Received:
    """Return a text of somebody elsewhere; changes of the writing and of what became of it, by name."""
    author = name_offsite_authors(consultation_id=topic.consultation_id, refs=["7"])["7"]
    written = {name: changes.pop(name) for name in ("in_reply_to", "source_ref", "note") if name in changes}
    writing = Writing(
        topic=topic, author=Author(name=author.name, offsite=author), kind=ContributionKind.VIEW, body=body, **written
    )
    return Received(writing=writing, received_at=at, **changes)


def receive(topic: Topic, *rows: Received) -> list[Contribution]:
    return receive_many(consultation_id=topic.consultation_id, rows=rows, by=AN_IMPORT, decided_by=AN_IMPORT)


@pytest.mark.django_db
def test_nothing_to_receive_changes_nothing(topic: Topic) -> None:
    entries = Entry.objects.count()

    assert receive(topic) == []
    assert Entry.objects.count() == entries
    assert check_ledger().problem == ""


@pytest.mark.django_db
def test_an_answer_to_another_topic_is_refused_and_nothing_is_kept(topic: Topic, at: datetime) -> None:
    other = factories.a_topic(topic.consultation, at=at)

    with pytest.raises(CannotReply), transaction.atomic():
        receive(topic, a_row(topic, at=at), a_row(other, at=at, reply_to=0))

    assert not Contribution.stored.exists()
    assert Consultation.objects.get(pk=topic.consultation_id).next_number == 1


@pytest.mark.django_db
def test_the_same_row_of_a_source_is_held_once(topic: Topic, at: datetime) -> None:
    receive(topic, a_row(topic, at=at, source_ref="a"))

    with pytest.raises(IntegrityError), transaction.atomic():
        receive(topic, a_row(topic, at=at, source_ref="a"))

    assert Contribution.stored.count() == 1
    assert check_ledger().problem == ""


@pytest.mark.django_db
def test_numbers_go_on_after_what_is_there_and_no_receipt_goes_back_in_time(topic: Topic, at: datetime) -> None:
    factories.a_published(topic, at=at)

    made = receive(topic, a_row(topic, at=at - timedelta(days=1)), a_row(topic, at=at + timedelta(days=1)))

    assert [(row.number, row.received_at, row.decided_at) for row in made] == [
        (2, at, at),
        (3, at + timedelta(days=1), at + timedelta(days=1)),
    ]


@pytest.mark.django_db
def test_a_deep_conversation_becomes_one_level_and_keeps_what_was_answered(topic: Topic, at: datetime) -> None:
    rows = [a_row(topic, at=at, reply_to=step - 1 if step else None) for step in range(20)]

    receive(topic, *rows)

    stored = Contribution.stored.order_by("number").select_related("root", "in_reply_to")
    assert [row.root.number if row.root else None for row in stored] == [None] + [1] * 19
    assert [row.in_reply_to.number if row.in_reply_to else None for row in stored] == [None, *range(1, 20)]
    assert check_ledger().problem == ""


@pytest.mark.django_db
def test_what_is_held_already_can_be_answered(topic: Topic, at: datetime) -> None:
    held = factories.a_published(topic, at=at)

    (made,) = receive(topic, a_row(topic, at=at, in_reply_to=held))

    assert (made.root_number, made.in_reply_to_number) == (1, 1)
    assert check_ledger().problem == ""


@pytest.mark.django_db
def test_a_refused_text_needs_a_reason(topic: Topic, at: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        receive(topic, a_row(topic, at=at, status=REFUSED, reason=None))

    receive(topic, a_row(topic, at=at, status=REFUSED, reason="empty_in_source", body=""))

    row = Contribution.stored.get()
    assert (row.status, row.refusal_reason_id, row.body_html) == (REFUSED, "empty_in_source", "")


@pytest.mark.django_db
def test_what_waits_is_not_counted_and_has_no_decision(topic: Topic, at: datetime) -> None:
    receive(topic, a_row(topic, at=at, status=WAITING), a_row(topic, at=at))

    waiting = Contribution.stored.get(number=1)
    topic.refresh_from_db()
    assert (waiting.decided_at, topic.published_count) == (None, 1)
    assert check_ledger().problem == ""


@pytest.mark.django_db
def test_texts_of_a_bulk_go_through_the_sanitisers(topic: Topic, at: datetime) -> None:
    receive(topic, a_row(topic, at=at, body="<script>x</script> *word* [a](javascript:x)"))

    assert "<script" not in Contribution.stored.get().body_html
    assert "<em>word</em>" in Contribution.stored.get().body_html
    assert "href" not in Contribution.stored.get().body_html


@pytest.mark.django_db
def test_an_author_of_a_source_has_one_pseudonym_in_a_consultation(topic: Topic, at: datetime) -> None:
    hearing = topic.consultation_id
    first = name_offsite_authors(consultation_id=hearing, refs=["b", "", "a", "b"])
    again = name_offsite_authors(consultation_id=hearing, refs=["a", "c", ""])
    elsewhere = name_offsite_authors(consultation_id=factories.a_hearing(at=at).pk, refs=["a"])

    assert {ref: author.name for ref, author in first.items()} == {"b": "Deltager 1", "": "Deltager", "a": "Deltager 2"}
    assert again["a"] == first["a"]
    assert again["c"].name == "Deltager 3"
    assert elsewhere["a"].name == "Deltager 1"
    assert OffsiteAuthor.objects.count() == 5
