"""Finds characters that nobody sees, that turn the direction of a text, or that pass for others.

Looked for in what was sent: cleaning takes most of these away before the text is stored. What ordinary texts bring
with them is let pass: soft hyphens of word processors, joiners within emoji and in scripts that need them.
"""

import re
import unicodedata
from typing import Final

from apps.screening.engine.findings import Finding
from apps.screening.enums import Flag

DIRECTION: Final = "direction"
HIDDEN: Final = "hidden"
LOOKALIKE: Final = "lookalike"
STACKED: Final = "stacked"

_DIRECTION: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065"
    "\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\ue000-\uf8ff\ufdd0-\ufdef\ud800-\udfff\ufffe\uffff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]+"
)
_JOINERS: Final = frozenset("\u200c\u200d")
_TAGS: Final = re.compile("[\U000e0020-\U000e007f]+")
_FLAG: Final = "\U0001f3f4"
_NOT_LATIN: Final = re.compile("[^\x00-\u02ff]")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_ALPHABETS: Final = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
_MARKS: Final = re.compile("[^\x00-\u02ff]{4,}")
_MOST_MARKS: Final = 3


def find_hidden_characters(text: str) -> list[Finding]:
    """The stretches of such characters, from first to last."""
    found = [
        *(Finding(Flag.HIDDEN_CHARACTERS, *match.span(), DIRECTION) for match in _DIRECTION.finditer(text)),
        *(
            Finding(Flag.HIDDEN_CHARACTERS, *match.span(), HIDDEN)
            for match in _HIDDEN.finditer(text)
            if not _is_usual(match, text)
        ),
    ]
    if _NOT_LATIN.search(text):
        found += _lookalikes(text)
        found += _stacked(text)
    return sorted(found)


def _is_usual(match: re.Match[str], text: str) -> bool:
    """Whether joiners stand in emoji or a script that needs them, tags in a flag, a mark of byte order at the start."""
    run = match.group()
    before, behind = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
    if _TAGS.fullmatch(run):
        return before == _FLAG
    if run == "\ufeff":
        return match.start() == 0
    return len(run) == 1 and run in _JOINERS and _wants_joiners(before) and _wants_joiners(behind)


def _wants_joiners(sign: str) -> bool:
    if not sign:
        return False
    is_emoji = unicodedata.category(sign) in {"So", "Sk"} or sign == "\ufe0f"
    return is_emoji or (ord(sign) > ord("\u0590") and unicodedata.category(sign)[0] in "LM" and _alphabet(sign) == "")


def _alphabet(sign: str) -> str:
    name = unicodedata.name(sign, "")
    return next((alphabet for alphabet in _ALPHABETS if name.startswith(alphabet)), "")


def _lookalikes(text: str) -> list[Finding]:
    """Words that mix alphabets, as a Holm with a Cyrillic o."""
    return [
        Finding(Flag.HIDDEN_CHARACTERS, *match.span(), LOOKALIKE)
        for match in _WORD.finditer(text)
        if _NOT_LATIN.search(match.group()) and len({_alphabet(sign) for sign in match.group()} - {""}) > 1
    ]


def _stacked(text: str) -> list[Finding]:
    found = []
    for match in _MARKS.finditer(text):
        first: int | None = None
        for place in range(match.start(), match.end() + 1):
            is_mark = place < match.end() and unicodedata.category(text[place]) in {"Mn", "Me"}
            if is_mark:
                first = place if first is None else first
                continue
            if first is not None and place - first > _MOST_MARKS:
                found.append(Finding(Flag.HIDDEN_CHARACTERS, first, place, STACKED))
            first = None
    return found
