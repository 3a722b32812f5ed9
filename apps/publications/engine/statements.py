"""A statement before it is a row."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class StatementText:
    """A statement as an official writes it, with the numbers it cites."""

    title: str
    body: str
    cites: Sequence[int]
