"""What cannot be moved to another hearing, where to nothing can, and what both cost."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.consultations.actions import stop_writing
from apps.consultations.enums import WriteAccess
from apps.consultations.models import Consultation, Topic
from apps.discussions.actions import (
    withdraw_contribution,
)
from apps.discussions.errors import (
    AlreadyDecided,
    CannotLeave,
    EditedSinceRead,
    MovedMeanwhile,
    SameTopic,
)
from apps.discussions.models import Contribution, OffsiteAuthor
from apps.discussions.queries import thread_page, topics_to_move_to
from tests import factories, personas
from tests.discussions.moving import Move, agrees, stands

pytestmark = pytest.mark.django_db


def _closed(topic: Topic, at: datetime) -> object:
    return topic.consultation.phases.update(closes_at=at - timedelta(days=1))


def _stopped(topic: Topic, at: datetime) -> object:
    return stop_writing(
        consultation=topic.consultation, topic=None, sentence="Too heated.", by=factories.an_official(at), at=at
    )


def _topic_stopped(topic: Topic, at: datetime) -> object:
    return stop_writing(
        consultation=topic.consultation, topic=topic, sentence="Too heated.", by=factories.an_official(at), at=at
    )


def _draft(topic: Topic, at: datetime) -> object:
    return Consultation.objects.filter(pk=topic.consultation_id).update(status="draft")


def _residents(topic: Topic, at: datetime) -> object:
    return Consultation.objects.filter(pk=topic.consultation_id).update(write_access=WriteAccess.RESIDENTS)


CLOSED_WAYS = {
    "closed": (_closed, "The deadline has passed"),
    "stopped": (_stopped, "Writing is stopped for now: Too heated"),
    "topic stopped": (_topic_stopped, "Writing is stopped for now: Too heated"),
    "not published": (_draft, "not published yet"),
    "residents only": (_residents, r"Only verified residents can write there, and the author of no\. 1"),
}


@pytest.mark.parametrize("way", CLOSED_WAYS)
def test_nothing_is_moved_to_where_its_author_could_not_write(
    way: str, here: Topic, there: Topic, move: Move, at: datetime
) -> None:
    close, sentence = CLOSED_WAYS[way]
    row = factories.a_published(here, at=at)
    assert there in topics_to_move_to(row, at=at)
    close(there, at)

    with pytest.raises(CannotLeave, match=sentence):
        move(row, there)

    assert there not in topics_to_move_to(row, at=at)
    assert (stands(here), Consultation.objects.get(pk=there.consultation_id).next_number) == (["1"], 2)


def test_what_a_resident_wrote_is_moved_to_where_residents_write(
    here: Topic, there: Topic, move: Move, at: datetime
) -> None:
    """By the receipt: who has moved away since could write there then."""
    row = factories.a_published(here, at=at, by=personas.resident(at=at))
    _residents(there, at)

    assert there in topics_to_move_to(row, at=at)
    move(row, there, at=at + timedelta(hours=1))

    assert row.consultation_id == there.consultation_id


def test_a_reply_whose_author_could_not_write_there_holds_all_of_it_back(
    here: Topic, there: Topic, move: Move, at: datetime
) -> None:
    row = factories.a_published(here, at=at, by=personas.resident(at=at))
    factories.a_published(here, at=at, in_reply_to=row)
    _residents(there, at)

    with pytest.raises(CannotLeave, match=r"no\. 2"):
        move(row, there, with_replies=True)
    move(row, there)

    assert stands(here) == ["1>2", "2"]


def test_an_answer_and_what_was_written_elsewhere_stay(here: Topic, there: Topic, move: Move, at: datetime) -> None:
    asked = factories.a_published(here, at=at)
    answer = factories.an_answer(asked, at=at)
    with pytest.raises(CannotLeave, match="goes along with what it answers"):
        move(answer, there)

    offsite = OffsiteAuthor.objects.create(consultation=here.consultation, source_ref="9", name="Deltager 9")
    Contribution.stored.filter(pk=asked.pk).update(author=None, offsite_author=offsite)
    asked.refresh_from_db()
    with pytest.raises(CannotLeave, match="belongs to this hearing only"):
        move(asked, there)

    assert topics_to_move_to(answer, at=at) == topics_to_move_to(asked, at=at) == []


def test_what_was_decided_changed_or_moved_meanwhile_is_not_moved(
    here: Topic, there: Topic, move: Move, at: datetime
) -> None:
    row = factories.a_contribution(here, at=at)
    stale = Contribution.stored.get(pk=row.pk)
    third = factories.the_topic(factories.a_hearing(at=at))
    with pytest.raises(SameTopic):
        move(row, here)
    with pytest.raises(EditedSinceRead):
        move(row, there, version=2)
    left = move(row, there)
    with pytest.raises(SameTopic):  # a double click
        move(Contribution.stored.get(pk=row.pk), there)
    with pytest.raises(MovedMeanwhile):
        move(stale, third)
    with pytest.raises(AlreadyDecided):
        move(left, third)
    withdraw_contribution(contribution=row, by=factories.a_writer(at), at=at)
    with pytest.raises(AlreadyDecided):
        move(row, third)

    assert Consultation.objects.get(pk=third.consultation_id).next_number == 1
    agrees(here, there, third)


@pytest.mark.parametrize("change", [{"body": "x"}, {"author_name": "x"}, {"moved_to": None}, {"status": "published"}])
def test_the_database_keeps_a_number_that_was_left_without_text(
    change: dict[str, object], here: Topic, there: Topic, move: Move, at: datetime
) -> None:
    left = move(factories.a_published(here, at=at), there)

    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.stored.filter(pk=left.pk).update(**change)


@pytest.mark.parametrize("count", [1, 3])
def test_where_to_costs_the_same_for_one_and_three_hearings(
    count: int, here: Topic, at: datetime, django_assert_num_queries: object
) -> None:
    for _step in range(count):
        factories.a_topic(factories.a_hearing(at=at), at=at)
    row = factories.a_published(here, at=at)

    with django_assert_num_queries(1):  # type: ignore[operator]
        found = [(topic.consultation.title, topic.title) for topic in topics_to_move_to(row, at=at)]

    assert len(found) == 2 * count


def test_a_thread_of_moved_texts_costs_the_same(
    here: Topic, there: Topic, move: Move, at: datetime, django_assert_num_queries: object
) -> None:
    for _step in range(3):
        move(factories.a_published(here, at=at), there)

    for topic in (here, there):
        with django_assert_num_queries(3):  # type: ignore[operator]
            rows = thread_page(topic).rows
            _titles = [
                place.consultation.title
                for row in rows
                if row.contribution and (place := row.contribution.moved_to or row.contribution.moved_from)
            ]
        assert len(_titles) == 3
