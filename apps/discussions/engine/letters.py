"""Whether two texts are the same letter, word for word or nearly, and how they differ.

Compared is what is read before the closing formula; the names and addresses below it may differ. What somebody adds of
their own is never lost in a letter: the rule is narrow, and whatever it lets pass is shown to a moderator.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

SMALL_PART: Final = 0.05
"""How large a part of a letter may differ for another to be nearly the same."""
FEWEST_WORDS: Final = 4
"""In a short letter as many words may differ, and in any letter no more in one place."""
MOST_ADDED: Final = 2
"""So many words may come to a place: three can be a sentence of one's own."""
LONGEST_SIGNATURE: Final = 10
"""More words below the closing formula are no name and address: somebody goes on writing."""

_PIECE: Final = re.compile(r"\S+\s*")
_SIGNS: Final = re.compile(r"[\W_]+")
_CLOSING: Final = frozenset({"hilsen", "hilsner", "mvh", "vh", "regards", "sincerely", "greetings"})
# Words that turn a sentence into its opposite.
_TURNING: Final = frozenset(
    {"ikke", "ej", "aldrig", "ingen", "intet", "imod", "uden", "not", "no", "never", "none", "against", "without"}
)
_GOES_ON: Final = frozenset({"ps"})


class Sort(StrEnum):
    """What a part of a text is beside another text."""

    SAME = "same"
    ADDED = "added"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Part:
    """Some words in a row, as they stand in the text they are from."""

    sort: Sort
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """How another text differs from a letter: its parts in order, and whether it is nearly the same."""

    parts: Sequence[Part]
    is_nearly_none: bool
    is_below_closing: bool = False
    """Only the name and the address below the letter are others."""

    @property
    def is_none(self) -> bool:
        """Word for word the same."""
        return not self.changes

    @property
    def changes(self) -> list[Part]:
        """The parts that are not the same."""
        return [part for part in self.parts if part.sort != Sort.SAME]


def difference(letter: str, other: str) -> Difference:
    """Return how another text differs from a letter. Case and signs say nothing."""
    pieces, others = _PIECE.findall(letter), _PIECE.findall(other)
    words, theirs = [_word(piece) for piece in pieces], [_word(piece) for piece in others]
    if words == theirs:
        return Difference([Part(Sort.SAME, other)], is_nearly_none=True)
    steps = SequenceMatcher(None, words, theirs, autojunk=False).get_opcodes()
    parts: list[Part] = []
    for step, first, last, start, end in steps:
        if step == "equal":
            parts.append(Part(Sort.SAME, "".join(others[start:end])))
            continue
        if last > first:
            parts.append(Part(Sort.LEFT_OUT, "".join(pieces[first:last])))
        if end > start:
            parts.append(Part(Sort.ADDED, "".join(others[start:end])))
    return Difference(
        parts,
        is_nearly_none=_is_nearly_none(words, theirs),
        is_below_closing=_before_signature(words) == _before_signature(theirs),
    )


def without_signature(text: str) -> str:
    """Return the text down to its closing formula, so that letters are alike whoever signed them."""
    pieces = _PIECE.findall(text)
    return "".join(pieces[: len(_before_signature([_word(piece) for piece in pieces]))])


def _is_nearly_none(words: Sequence[str], theirs: Sequence[str]) -> bool:
    """Tell whether a small part differs at most, in which nothing is turned round and no figure is another."""
    ours, others = _before_signature(words), _before_signature(theirs)
    most = max(FEWEST_WORDS, int(SMALL_PART * len(ours)))
    added: list[str] = []
    left_out: list[str] = []
    for step, first, last, start, end in SequenceMatcher(None, ours, others, autojunk=False).get_opcodes():
        if step == "equal":
            continue
        if max(last - first, end - start) > FEWEST_WORDS or (end - start) - (last - first) > MOST_ADDED:
            return False
        left_out += ours[first:last]
        added += others[start:end]
    if max(len(added), len(left_out)) > most:
        return False
    return not any(word in _TURNING or any(map(str.isdigit, word)) for word in (*added, *left_out))


def _before_signature(words: Sequence[str]) -> Sequence[str]:
    """Return the words down to the closing formula, where no more than a name and an address stand below it."""
    for below in range(1, min(LONGEST_SIGNATURE + 1, len(words)) + 1):
        if words[-below] in _CLOSING:
            signature = words[len(words) - below + 1 :]
            return words if _GOES_ON.intersection(signature) else words[: len(words) - below + 1]
    return words


def _word(piece: str) -> str:
    return _SIGNS.sub("", piece.casefold())
