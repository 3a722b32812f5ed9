from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.exchange.engine.folders import read_polis
from apps.exchange.engine.polis import parse_polis
from apps.exchange.engine.rows import Moderation

SAMPLES = Path(__file__).parent / "samples"
HEADER = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"


def comment(number: object = 0, *, stamp: object = 1651744336822, moderated: object = 1, body: str = "Ja") -> str:
    return f"{stamp},Thu May 05 16:52:16 WIB 2022,{number},7,1,0,{moderated},{body}\n"


def parse(*comments: str, header: str = HEADER) -> list[tuple[int, str]]:
    """The lines and reasons of the problems."""
    return [(problem.line, problem.reason) for problem in parse_polis((header + "".join(comments)).encode()).problems]


def test_an_export_of_2022_is_read() -> None:
    source = read_polis(SAMPLES / "polis-2022")

    assert (source.title, source.description) == ("Energi", 'Hvad mener du?\n\nSkriv "frit", her.')
    assert [(topic.source_id, topic.title) for topic in source.topics] == [("2abcdefghi", "Energi")]
    assert [(row.source_id, row.author, row.line, row.moderation) for row in source.rows] == [
        ("0", "1", 5, Moderation.PENDING),
        ("1", "7", 4, Moderation.REJECTED),
        ("2", "1", 2, Moderation.ACCEPTED),
    ]
    assert source.rows[2].body == 'Lokal varme, ja tak:\nogså "egen" varme'
    assert source.rows[2].created_at.isoformat() == "2022-05-05T09:52:16.822000+00:00"
    assert not source.problems


def test_an_export_of_2024_without_a_summary_is_read() -> None:
    source = read_polis(SAMPLES / "polis-2024")

    assert (source.title, source.topics[0].title, source.problems) == ("", "polis", [])
    assert [row.body for row in source.rows] == ["Build, build", "I hope it keeps its character"]


def test_a_report_export_with_unquoted_comments_is_rebuilt() -> None:
    source = read_polis(SAMPLES / "polis-report")

    assert source.problems == []
    assert [(row.source_id, row.line, row.body) for row in source.rows] == [
        ("0", 7, '"Hello"'),
        ("1", 6, '"All of it" she said'),
        ("2", 3, "Two lines:\n7 of them, or 2"),
        ("3", 2, 'Unquoted, with a comma and "quotes"'),
    ]
    assert source.rows[0].created_at.isoformat() == "2022-05-05T09:50:00+00:00"


def test_a_report_export_with_quoted_comments_is_csv() -> None:
    text = HEADER + comment(stamp=1651744336, body='"Ja, ""nej""\nog måske"') + comment(1, stamp=1651744337)

    assert [row.body for row in parse_polis(text.encode()).rows] == ['Ja, "nej"\nog måske', "Ja"]


def test_milliseconds_with_unquoted_comments_are_rebuilt_too() -> None:
    text = HEADER + comment(body="Ja, tak") + comment(1, stamp=1651744336823, body='Nej, "tak"\nellers')

    assert [row.body for row in parse_polis(text.encode()).rows] == ["Ja, tak", 'Nej, "tak"\nellers']


def test_comments_of_one_second_are_in_the_order_of_their_numbers() -> None:
    text = HEADER + "".join(comment(number, stamp=1651744336) for number in (10, 9, 2, 1))

    assert [row.source_id for row in parse_polis(text.encode()).rows] == ["1", "2", "9", "10"]


def test_broken_rows_are_named_and_the_others_read() -> None:
    source = parse_polis(
        (
            HEADER
            + comment(1, body='"Ja, tak"')
            + "garbage,row\n"
            + comment(2, stamp="yesterday")
            + comment(3, moderated=5)
            + comment("x4")
            + comment(1)
            + comment(6, body="too, many")
            + comment(7, body='"open')
            + comment(8)
        ).encode()
        + comment(9, body="bl").encode()[:-1] + b"\xe5\n"
    )  # fmt: skip

    assert [row.source_id for row in source.rows] == ["1", "8"]
    assert [problem.line for problem in source.problems] == [3, 4, 5, 6, 7, 8, 9, 11]
    assert {problem.file for problem in source.problems} == {"comments.csv"}
    assert all(problem.reason.endswith(".") for problem in source.problems)
    assert not source.unreadable


def test_a_broken_row_among_unquoted_ones_is_not_taken_for_a_comment() -> None:
    text = (
        HEADER
        + comment(1, stamp=1651744336, body="a, b")
        + comment("x", stamp=1651744337)
        + comment(2, stamp=1651744338)
    )
    source = parse_polis(text.encode())

    assert [row.body for row in source.rows] == ["a, b", "Ja"]
    assert [problem.line for problem in source.problems] == [3]


@pytest.mark.parametrize("body", ["", " ", '""', '" \n "'])
def test_a_comment_without_words_is_empty(body: str) -> None:
    assert [row.empty for row in parse_polis((HEADER + comment(body=body)).encode()).rows] == [True]


def test_a_comment_longer_than_a_contribution_may_be_is_a_problem() -> None:
    assert parse(comment(body="a" * 10_000)) == []
    assert parse(comment(body="a" * 10_001)) == [(2, "The text has 10001 characters; at most 10000 are possible.")]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n",
        b"id,text\n1,a\n",
        b"\xff\xfe\x00i\x00d",
        b'"open',
        b"PK\x03\x04",
        HEADER.replace("moderated", "x").encode(),
    ],
)
def test_another_file_cannot_be_imported_at_all(raw: bytes) -> None:
    source = parse_polis(raw)

    assert source.unreadable
    assert [problem.line for problem in source.problems] == [1]


def test_a_missing_folder_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    source = read_polis(tmp_path / "nowhere")

    assert source.unreadable
    assert "comments.csv" in source.problems[0].reason


def test_an_export_without_comments_has_no_rows() -> None:
    source = parse_polis(HEADER.encode())

    assert (source.rows, source.problems, source.unreadable) == ([], [], False)


@given(
    st.lists(
        st.sampled_from([comment(), comment(1, stamp=1651744336), '"', ",", "\n", "x", "1651744336,"]), max_size=12
    ).map("".join)
)
def test_any_broken_export_is_read_to_its_end(text: str) -> None:
    source = parse_polis((HEADER + text).encode())

    assert not source.unreadable
    assert len({row.source_id for row in source.rows}) == len(source.rows)
