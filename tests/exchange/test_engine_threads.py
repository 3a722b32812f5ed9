from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from apps.exchange.engine.rows import Moderation, Note, SourceRow
from apps.exchange.engine.threads import flatten_replies, in_time_order

START = datetime(2020, 1, 1, tzinfo=UTC)


def row(number: int, parent: int | None = None, minute: int | None = None, topic: str = "t") -> SourceRow:
    return SourceRow(
        source_id=str(number),
        author=None,
        topic=topic,
        topic_title=topic,
        parent_id=None if parent is None else str(parent),
        created_at=START + timedelta(minutes=number if minute is None else minute),
        body="x",
        moderation=Moderation.ACCEPTED,
        empty=False,
        line=number,
    )


def shape(rows: list[SourceRow]) -> list[tuple[str, str | None, str | None, Note]]:
    return [(each.source_id, each.parent_id, each.in_reply_to, each.note) for each in rows]


def test_deeper_replies_go_under_their_root_and_keep_what_they_answer() -> None:
    assert shape(flatten_replies([row(1), row(2, 1), row(3, 2), row(4, 3), row(5, 1)])) == [
        ("1", None, None, Note.NONE),
        ("2", "1", None, Note.NONE),
        ("3", "1", "2", Note.NONE),
        ("4", "1", "3", Note.NONE),
        ("5", "1", None, Note.NONE),
    ]


def test_an_orphan_stands_alone_with_a_note_and_its_replies_under_it() -> None:
    assert shape(flatten_replies([row(2, 99), row(3, 2)])) == [
        ("2", None, None, Note.PARENT_MISSING),
        ("3", "2", None, Note.NONE),
    ]


def test_a_reply_before_its_parent_keeps_its_time_and_stands_alone() -> None:
    assert shape(flatten_replies([row(1, 5), row(5)])) == [
        ("1", None, None, Note.PARENT_LATER),
        ("5", None, None, Note.NONE),
    ]


def test_a_reply_in_another_topic_stands_alone() -> None:
    assert shape(flatten_replies([row(1), row(2, 1, topic="other")]))[1] == ("2", None, None, Note.PARENT_ELSEWHERE)


def test_rows_of_one_moment_keep_the_order_of_the_source_but_parents_come_first() -> None:
    rows = [row(4, minute=0), row(3, 1, minute=0), row(2, minute=0), row(1, minute=0)]

    assert [each.source_id for each in in_time_order(rows)] == ["4", "1", "3", "2"]


def test_parents_in_a_circle_come_to_an_end() -> None:
    rows = flatten_replies([row(1, 3, minute=0), row(2, 1, minute=0), row(3, 2, minute=0), row(4, 4)])

    assert len(rows) == 4
    assert sum(each.note == Note.PARENT_LATER for each in rows) == 2


def test_a_thread_a_hundred_thousand_deep_is_flattened() -> None:
    rows = flatten_replies([row(number, number - 1 or None, minute=0) for number in range(100_000, 0, -1)])

    assert {each.parent_id for each in rows} == {None, "1"}


@given(st.lists(st.tuples(st.none() | st.integers(0, 12), st.integers(0, 4), st.sampled_from("ab")), max_size=12))
def test_any_parents_and_times(sources: list[tuple[int | None, int, str]]) -> None:
    rows = [row(number, parent, minute, topic) for number, (parent, minute, topic) in enumerate(sources)]
    flat = flatten_replies(rows)
    places = {each.source_id: place for place, each in enumerate(flat)}
    parents = {each.source_id: each for each in flat}

    assert sorted(places) == sorted(each.source_id for each in rows)
    assert [each.created_at for each in flat] == sorted(each.created_at for each in rows)
    for each in flat:
        if each.parent_id:
            assert places[each.parent_id] < places[each.source_id]
            assert parents[each.parent_id].parent_id is None
            assert parents[each.parent_id].topic == each.topic
