"""A statement before it is a row."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class StatementText:
    """A statement as an official writes it, with the numbers it cites; in English too, or not at all."""

    title: str
    body: str
    cites: Sequence[int]
    title_en: str = ""
    body_en: str = ""
