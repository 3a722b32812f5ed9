import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.exchange.engine.csv_lines import BAD_ENCODING, BAD_QUOTES, CsvRow, csv_rows, decoded


def test_rows_begin_at_their_physical_line() -> None:
    text = 'a,b\n"one\ntwo",2\n\nthree,3\r\n'

    assert list(csv_rows(text)) == [CsvRow(1, ["a", "b"]), CsvRow(2, ["one\ntwo", "2"]), CsvRow(5, ["three", "3"])]


def test_a_byte_order_mark_is_no_part_of_the_first_name() -> None:
    assert next(csv_rows(decoded(b"\xef\xbb\xbfid,text\n"))).cells == ["id", "text"]


def test_bytes_that_are_not_utf_8_spoil_their_row_only() -> None:
    rows = list(csv_rows(decoded("id,text\n1,blå\n2,ok\n".encode("cp1252") + "3,blå\n".encode())))

    assert [(row.line, row.problem) for row in rows] == [(1, ""), (2, BAD_ENCODING), (3, ""), (4, "")]
    assert rows[3].cells == ["3", "blå"]


def test_an_open_quotation_mark_spoils_its_row_and_not_those_after_it() -> None:
    rows = list(csv_rows('1,"open\n2,"closed"\n3,plain\n'))

    assert rows == [CsvRow(1, [], BAD_QUOTES), CsvRow(2, ["2", "closed"]), CsvRow(3, ["3", "plain"])]


def test_text_after_a_closing_quotation_mark_is_a_problem() -> None:
    assert list(csv_rows('1,"a"b\n2,c\n')) == [CsvRow(1, [], BAD_QUOTES), CsvRow(2, ["2", "c"])]


@pytest.mark.parametrize("text", ["", "\n", "\r\n\r\n", "\ufeff"])
def test_an_empty_file_has_no_rows(text: str) -> None:
    assert list(csv_rows(decoded(text.encode()))) == []


@given(st.binary(max_size=200))
def test_any_bytes_give_rows_with_cells_or_a_problem(raw: bytes) -> None:
    rows = list(csv_rows(decoded(raw)))

    assert all(bool(row.cells) != bool(row.problem) for row in rows)
    assert [row.line for row in rows] == sorted({row.line for row in rows})


@given(st.lists(st.sampled_from(['"', ",", "\n", "a", '""', "\r", "\udcff"]), max_size=60).map("".join))
def test_any_quotation_marks_come_to_an_end(text: str) -> None:
    lines = [row.line for row in csv_rows(text)]

    assert lines == sorted(set(lines))


def test_many_open_quotation_marks_are_read_in_reasonable_time() -> None:
    started = time.process_time()
    rows = list(csv_rows('x,"a\n' * 2_000))

    assert len(rows) == 2_000
    assert time.process_time() - started < 10
