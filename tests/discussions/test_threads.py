"""From rows to what a page shows: roots with replies, folded traces, roots that stand elsewhere, ranges of numbers."""

from dataclasses import dataclass

import pytest

from apps.common.wording import number_ranges
from apps.discussions.engine.threads import blocks


@dataclass(frozen=True)
class Row:
    number: int
    root_number: int
    is_trace: bool = False
    same_as: int | None = None


def root(number: int, *, is_trace: bool = False, same_as: int | None = None) -> Row:
    return Row(number, number, is_trace, same_as)


def reply(number: int, to: int, *, is_trace: bool = False, same_as: int | None = None) -> Row:
    return Row(number, to, is_trace, same_as)


def told(*rows: Row) -> list[str]:
    """Return the blocks as words: `1[2 (3–4)]` is root 1 with reply 2 and the folded traces 3 and 4."""
    return [
        (_run(block.root) if block.root else f"…{block.root_number}")
        + (f"[{' '.join(_run(run) for run in block.replies)}]" if block.replies else "")
        for block in blocks(rows)
    ]


def _run(run: object) -> str:
    return f"({run.numbers})" if run.is_fold else run.numbers  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], []),
        ([root(1)], ["1"]),
        ([root(1), reply(3, 1), reply(5, 1), root(2)], ["1[3 5]", "2"]),
        ([root(1), root(2, is_trace=True), root(3)], ["1", "2", "3"]),
        ([root(1), root(2, is_trace=True), root(3, is_trace=True), root(4)], ["1", "(2–3)", "4"]),
        ([root(2, is_trace=True), root(3, is_trace=True), root(7, is_trace=True)], ["(2–3, 7)"]),
        ([root(1), reply(2, 1, is_trace=True), reply(3, 1, is_trace=True), reply(4, 1)], ["1[(2–3) 4]"]),
        ([root(1, is_trace=True), reply(2, 1), root(3, is_trace=True)], ["1[2]", "3"]),
        ([root(1, is_trace=True), root(2, is_trace=True), reply(3, 2)], ["1", "2[3]"]),
        ([reply(52, 1), reply(53, 1), root(2)], ["…1[52 53]", "2"]),
        ([reply(52, 1, is_trace=True), root(2, is_trace=True)], ["…1[52]", "2"]),
        ([root(9), root(8, is_trace=True), root(7, is_trace=True)], ["9", "(7–8)"]),
        # What is the same as another text folds by itself and with its like, and stands above its own replies.
        ([root(1), root(2, same_as=1), root(3, same_as=1), root(4)], ["1", "(2–3)", "4"]),
        ([root(1), root(2, same_as=1), reply(4, 2), root(3, same_as=1)], ["1", "(2)[4]", "(3)"]),
        ([root(3, same_as=1), root(4, same_as=2), root(5, is_trace=True)], ["(3)", "(4)", "5"]),
        ([root(1), reply(2, 1, same_as=1), reply(3, 1, is_trace=True), reply(4, 1)], ["1[(2) 3 4]"]),
    ],
)
def test_rows_become_blocks(rows: list[Row], expected: list[str]) -> None:
    assert told(*rows) == expected


def test_no_row_is_lost_or_shown_twice() -> None:
    rows = [root(1), reply(4, 1, is_trace=True), reply(5, 1, is_trace=True), root(2, is_trace=True)]
    rows += [root(3, is_trace=True), reply(9, 8), root(10)]

    shown = [row for block in blocks(rows) for run in (block.root, *block.replies) if run for row in run.rows]

    assert shown == rows


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([], ""),
        ([7], "7"),
        ([1, 2], "1–2"),
        ([3, 1, 2, 9], "1–3, 9"),
        ([15, 16, 17, 22], "15–17, 22"),
        ([2, 4], "2, 4"),
    ],
)
def test_numbers_in_words(numbers: list[int], words: str) -> None:
    assert number_ranges(numbers) == words
