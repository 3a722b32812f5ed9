"""What a reader sees of a text, with the place of each sign in the original."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

_RAISED_SIGNS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"  # a footnote after a number is not a digit of it


def as_read(text: str) -> tuple[str, Sequence[int]]:
    """The text as a reader sees it: digits of any script as 0-9, dashes and spaces as one, invisible signs gone.

    With it comes the place of each character in the original.
    """
    if text.isascii():
        return text, range(len(text))
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in character if character.isascii() else _fold_one(character):
            folded.append(part)
            places.append(place)
    return "".join(folded), places


@lru_cache(maxsize=4096)
def _fold_one(character: str) -> str:
    category = unicodedata.category(character)
    if character in _RAISED_SIGNS:
        return character
    if category in {"Cf", "Mn", "Me"}:
        return ""
    if category == "Pd" or character in "\u2212\u2043":
        return "-"
    if category == "Zs":
        return " "
    if category in {"Nd", "No"}:
        value = unicodedata.digit(character, None)
        return character if value is None else str(value)
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character
