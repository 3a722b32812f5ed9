from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.exchange.engine.common_table import parse_common
from apps.exchange.engine.folders import read_common
from apps.exchange.engine.rows import Moderation, Note, SourceConsultation

SAMPLES = Path(__file__).parent / "samples"
HEADER = "set,id,parent_id,topic_id,topic_title,author_id,created_at,title,text,moderation\n"


def parse(*rows: str, header: str = HEADER, topics: bytes | None = None) -> SourceConsultation:
    return parse_common((header + "".join(f"{row}\n" for row in rows)).encode(), topics)


def test_a_table_is_read_with_its_topics() -> None:
    source = read_common(SAMPLES / "common")

    assert source.title == "havnen"
    assert [(topic.source_id, topic.title, topic.description) for topic in source.topics] == [
        ("t2", "Kajen ved havnen", "Kort om kajen\n\nLangt om *kajen*"),
        ("t3", "Ingen har skrevet endnu", ""),
        ("t1", "Molen", ""),
    ]
    assert [(row.source_id, row.parent_id, row.in_reply_to, row.moderation) for row in source.rows] == [
        ("a1", None, None, Moderation.ACCEPTED),
        ("a2", "a1", None, Moderation.ACCEPTED),
        ("a3", "a1", "a2", Moderation.PENDING),
        ("a4", None, None, Moderation.REJECTED),
        ("a5", None, None, Moderation.ACCEPTED),
        ("a6", None, None, Moderation.ACCEPTED),
    ]
    assert [row.source_id for row in source.rows if row.note is Note.PARENT_MISSING] == ["a4"]
    assert [row.source_id for row in source.rows if row.empty] == ["a5"]
    assert [row.author for row in source.rows] == ["10", "11", "10", None, "12", "12"]
    assert source.rows[0].author_role == "topic_author"
    assert source.problems == []


def test_titles_lead_and_html_becomes_the_small_markdown() -> None:
    rows = {row.source_id: row for row in read_common(SAMPLES / "common").rows}

    assert rows["a1"].body == "Behold molen\n\nDen er **vores**.\n\n- bænke"
    assert rows["a2"].body == "Enig, men\nto linjer"
    assert rows["a6"].body == "Kun en titel"
    assert rows["a3"].line == 5


def test_times_without_offset_are_those_of_the_zone() -> None:
    table = HEADER.encode() + b"s,1,,t,T,,2024-01-01T12:00:00,,x,\n"

    assert parse_common(table).rows[0].created_at.hour == 11
    assert parse_common(table, zone=ZoneInfo("Atlantic/Faroe")).rows[0].created_at.hour == 12


def test_rows_are_in_time_order_and_within_a_day_in_the_order_of_the_table() -> None:
    source = parse("s,1,,t,T,,2024-01-02,,x,", "s,2,,t,T,,2024-01-01,,x,", "s,3,,t,T,,2024-01-01,,x,")

    assert [row.source_id for row in source.rows] == ["2", "3", "1"]


def test_a_table_with_one_topic_is_called_as_that() -> None:
    assert parse("s,1,,t,Cykler,,2024-01-01,,x,").title == "Cykler"
    assert parse("s,1,,t,,,2024-01-01,,x,").title == "s"
    assert [topic.title for topic in parse("s,1,,t,,,2024-01-01,,x,").topics] == ["t"]


def test_columns_are_found_by_name() -> None:
    source = parse('1,"Hej",2024-01-01,t', header="\ufeffID,text,created_at,topic_id\n")

    assert [(row.body, row.author, row.moderation) for row in source.rows] == [("Hej", None, Moderation.ACCEPTED)]


def test_broken_rows_are_named_and_the_others_read() -> None:
    source = parse(
        "s,1,,t,T,,2024-01-01,,x,",
        "s,2,,t,T,,2024-01-01,,x",
        "s,3,,t,T,,2024-01-01,,x,,",
        "s,4,,t,T,,i går,,x,",
        "s,5,,t,T,,2024-01-01,,x,maybe",
        "s,,,t,T,,2024-01-01,,x,",
        "s,7,,,T,,2024-01-01,,x,",
        "s,1,,t,T,,2024-01-01,,doubled,",
        f"s,9,,t,T,,2024-01-01,,{'a' * 10_001},",
        's,10,,t,T,,2024-01-01,,"open,',
        "s,11,1,t,T,,2024-01-02,,answer,",
        "s,12,4,t,T,,2024-01-02,,answer to a broken row,",
    )

    assert [row.source_id for row in source.rows] == ["1", "11", "12"]
    assert source.rows[2].note is Note.PARENT_MISSING
    assert [problem.line for problem in source.problems] == [3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert {problem.file for problem in source.problems} == {"contributions.csv"}
    assert not source.unreadable


def test_bytes_that_are_not_utf_8_are_a_problem_of_their_row() -> None:
    source = parse_common(
        HEADER.encode() + "s,1,,t,T,,2024-01-01,,blå,\n".encode("cp1252") + b"s,2,,t,T,,2024-01-01,,x,\n"
    )

    assert [problem.line for problem in source.problems] == [2]
    assert "UTF-8" in source.problems[0].reason
    assert len(source.rows) == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n",
        b"a,b\n1,2\n",
        b"id;topic_id;created_at;text\n1;t;2024-01-01;x\n",
        b"\xff\xfei\x00d\x00",
        b"id,id,topic_id,created_at,text\n",
    ],
)
def test_another_file_cannot_be_imported_at_all(raw: bytes) -> None:
    source = parse_common(raw)

    assert source.unreadable
    assert [(problem.file, problem.line) for problem in source.problems] == [("contributions.csv", 1)]


def test_broken_topics_are_named() -> None:
    topics = b"topic_id,title\nt,Kajen\nt,Igen\n,Uden\nu\n"
    source = parse("s,1,,t,T,,2024-01-01,,x,", topics=topics)

    assert [(topic.source_id, topic.title) for topic in source.topics] == [("t", "Kajen")]
    assert [(problem.file, problem.line) for problem in source.problems] == [("topics.csv", line) for line in (3, 4, 5)]


@pytest.mark.parametrize("topics", [b"\xff\xfe", b"name\nx\n", b"\n"])
def test_topics_that_are_another_file_are_a_problem(topics: bytes) -> None:
    source = parse("s,1,,t,T,,2024-01-01,,x,", topics=topics)

    assert [(problem.file, problem.line) for problem in source.problems] == [("topics.csv", 1)]
    assert [topic.title for topic in source.topics] == ["T"]


def test_a_missing_folder_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    assert read_common(tmp_path / "nowhere").unreadable
    assert read_common(SAMPLES / "common" / "contributions.csv").unreadable


@given(st.binary(max_size=200))
def test_any_bytes_are_read_to_their_end(raw: bytes) -> None:
    assert parse_common(raw).rows == []
    assert isinstance(parse_common(HEADER.encode() + raw, raw), SourceConsultation)
