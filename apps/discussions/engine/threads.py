"""From rows in the order of their keys to what a thread's page shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Generic, Protocol, TypeVar

from apps.common.wording import number_ranges


class Row(Protocol):
    """What a thread needs to know of a row: its key, and whether only a trace of it is shown."""

    @property
    def number(self) -> int:
        """The receipt number."""

    @property
    def root_number(self) -> int:
        """The number of the root it stands under; its own for a root."""

    @property
    def is_trace(self) -> bool:
        """Whether the text is not shown."""

    @property
    def same_as(self) -> int | None:
        """The number of the same letter, which is shown in full, where the text opens from a line only."""


AnyRow = TypeVar("AnyRow", bound=Row)


@dataclass(frozen=True)
class Run(Generic[AnyRow]):
    """One shown row, or several traces in a row that fold into one line."""

    rows: Sequence[AnyRow]

    @property
    def is_fold(self) -> bool:
        """Several traces fold, while one stands for itself; what is the same as another text folds by itself."""
        return len(self.rows) > 1 or self.rows[0].same_as is not None

    @property
    def numbers(self) -> str:
        """The numbers in words: `15–17, 22`."""
        return number_ranges([row.number for row in self.rows])


@dataclass(frozen=True)
class Block(Generic[AnyRow]):
    """A root with its replies; `root` is None where the root stands on another page or is not shown by the filter."""

    root_number: int
    root: Run[AnyRow] | None
    replies: list[Run[AnyRow]] = field(default_factory=list)

    @property
    def first_reply(self) -> AnyRow | None:
        """The first reply, which knows the root that is not here."""
        return self.replies[0].rows[0] if self.replies else None


def blocks(rows: Iterable[AnyRow]) -> list[Block[AnyRow]]:
    """Return rows (in thread order) as roots with their replies, traces in a row folded."""
    made: list[Block[AnyRow]] = []
    for root_number, group in groupby(rows, key=lambda row: row.root_number):
        members = list(group)
        root = members.pop(0) if members[0].number == root_number else None
        made.append(Block(root_number, Run([root]) if root else None, _runs(members)))
    return _fold_roots(made)


def _runs(rows: Sequence[AnyRow]) -> list[Run[AnyRow]]:
    runs: list[Run[AnyRow]] = []
    for folds, group in groupby(rows, key=_fold_of):
        members = list(group)
        runs.extend([Run(members)] if folds else [Run([row]) for row in members])
    return runs


def _fold_of(row: Row) -> tuple[bool, int | None] | None:
    """Return what a row folds together with: traces with traces, a letter with the same letter; None for nothing."""
    return (row.is_trace, row.same_as) if row.is_trace or row.same_as is not None else None


def _fold_roots(made: list[Block[AnyRow]]) -> list[Block[AnyRow]]:
    folded: list[Block[AnyRow]] = []
    for folds, group in groupby(made, key=_lonely_fold_of):
        members = list(group)
        if folds and len(members) > 1:
            rows = [row for block in members if block.root for row in block.root.rows]
            folded.append(Block(members[0].root_number, Run(rows)))
        else:
            folded.extend(members)
    return folded


def _lonely_fold_of(block: Block[AnyRow]) -> tuple[bool, int | None] | None:
    return _fold_of(block.root.rows[0]) if block.root is not None and not block.replies else None
