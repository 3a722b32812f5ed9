"""Finds what is written in capital letters: the whole text, or several words on end."""

import re
from typing import Final

from apps.screening.engine.findings import Finding
from apps.screening.enums import Flag

_WORD: Final = re.compile(r"[^\W\d_]+")
_FEWEST_LETTERS: Final = 20
_FEWEST_WORDS: Final = 4
_SHARE: Final = 0.7


def find_capitals(text: str) -> list[Finding]:
    """The text where most of its letters are capitals, else each stretch of at least four words in capitals.

    Abbreviations and one word for emphasis are no shouting: there are at least twenty letters of it.
    """
    words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    letters = sum(len(word) for word, _start, _end in words)
    capitals = sum(map(str.isupper, text))
    if len(words) >= _FEWEST_WORDS and letters >= _FEWEST_LETTERS and capitals >= _SHARE * letters:
        return [Finding(Flag.CAPITALS, words[0][1], words[-1][2], "whole")]
    found = []
    run: list[tuple[str, int, int]] = []
    for word in [*words, ("", len(text), len(text))]:
        if word[0].isupper():
            run.append(word)
            continue
        if len(run) >= _FEWEST_WORDS and sum(len(one[0]) for one in run) >= _FEWEST_LETTERS:
            found.append(Finding(Flag.CAPITALS, run[0][1], run[-1][2]))
        run = []
    return found
