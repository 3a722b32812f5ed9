"""A statement before it is a row."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class StatementText:
    """A statement as an official writes it, with the numbers it cites; in English too, or not at all.

    `fits` says of an English text that was there before that it was looked at, and fits the Danish one.
    """

    title: str
    body: str
    cites: Sequence[int]
    title_en: str = ""
    body_en: str = ""
    fits: bool = False


def fingerprint_of_danish(title: str, body: str) -> str:
    """Return by what an English text knows the Danish one that it was written to."""
    return hashlib.sha256(f"{title}\n{body}".encode()).hexdigest()
