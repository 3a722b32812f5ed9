"""What differs between two texts, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Words with the blanks before them, and the ends of lines by themselves.
_WORDS = re.compile(r"\n|[^\S\n]*\S+|[^\S\n]+")
# Comparing two passages costs their numbers of words, multiplied; above this one is shown as taken out, one as put in.
_MOST_PAIRS = 1_000_000

SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, was added or was removed."""

    kind: str
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """Return both texts as one: first compared line by line, then by words within lines that differ.

    What stayed and what was removed give the old text, what stayed and what was added the new one.
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    pieces: list[Piece] = []
    for piece in _compared(before, after, by_words=True):
        if pieces and pieces[-1].kind == piece.kind:
            pieces[-1] = Piece(piece.kind, pieces[-1].text + piece.text)
        else:
            pieces.append(piece)
    return pieces


def _compared(before: Sequence[str], after: Sequence[str], *, by_words: bool) -> Iterator[Piece]:
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        removed, added = "".join(before[i:j]), "".join(after[k:m])
        if kind == "equal":
            yield Piece(SAME, removed)
        elif kind == "replace" and by_words:
            yield from _by_words(removed, added)
        else:
            yield from (Piece(name, text) for name, text in ((REMOVED, removed), (ADDED, added)) if text)


def _by_words(removed: str, added: str) -> Iterator[Piece]:
    before, after = _WORDS.findall(removed), _WORDS.findall(added)
    if len(before) * len(after) > _MOST_PAIRS:
        yield from (Piece(REMOVED, removed), Piece(ADDED, added))
    else:
        yield from _compared(before, after, by_words=False)
