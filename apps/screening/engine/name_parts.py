"""How the parts of a name hang together in a text: what may stand between them, and where a name goes on."""

import re
from collections.abc import Sequence
from typing import Final

from apps.screening.engine.name_index import Name, NameIndex
from apps.screening.engine.posts import (
    CONJUNCTIONS,
    COURTESY,
    FIRMS,
    FIRST_NAMES,
    LITTLE_WORDS,
    PARTICLES,
    STREETS,
    WORDS_AS_NAMES,
    is_office,
    is_place,
    is_post,
    is_surname,
)
from apps.screening.engine.tokens import Token

_LONGEST_GAP: Final = 4
_PARTS: Final = re.compile(r"[!?;:,…<>=@#&+%§\d]|\n\s*\n")
_SENTENCE_BEGINS: Final = re.compile(r"[.!?:\n•]")
_QUOTES: Final = re.compile('["“”„«»]')
_MOST_UNLISTED: Final = 2
_LONGEST_INITIALS: Final = 3
_OF_TWO_NAMES: Final = 2


def is_linked(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word and the one before it can be parts of one name: no sentence or list parts them."""
    gap, before = tokens[place].gap, tokens[place - 1]
    if place == 0 or len(gap) > _LONGEST_GAP or _PARTS.search(gap):
        return False
    dot = gap.find(".")
    ends_here = dot >= 0 and any(sign.isspace() for sign in gap[dot:])
    return not ends_here or is_initials(before)


def is_initials(token: Token) -> bool:
    """Whether a word may be first letters: M, MK."""
    return token.text.isalpha() and (
        len(token.text) == 1 or (token.text.isupper() and len(token.text) <= _LONGEST_INITIALS)
    )


def agrees(between: Sequence[Token], middles: Sequence[str]) -> bool:
    """Whether what stands between first name and surname fits the middle names, which may be left out or be letters.

    Where the list has no middle names, up to two in the text are let pass. Two people may share the surname (Mette og
    Jens Holm).
    """
    if len(between) == _OF_TWO_NAMES and between[0].keys[0] in CONJUNCTIONS and between[1].is_capital:
        return True
    if not middles:
        return len(between) <= _MOST_UNLISTED and all(_may_be_a_middle_name(token) for token in between)
    left = list(middles)
    for token in between:
        if token.keys[0] in PARTICLES or _QUOTES.search(token.gap):  # Mette "Planen" Holm
            continue
        for part in [token.keys[0]] if not is_initials(token) or token.keys[0] in left else token.keys[0]:
            while left and not (left[0] == part or (len(part) == 1 and left[0].startswith(part))):
                left.pop(0)
            if not left:
                return False
            left.pop(0)
    return True


def _may_be_a_middle_name(token: Token) -> bool:
    key = token.keys[0]
    if key in PARTICLES:
        return True
    return token.is_capital and key not in LITTLE_WORDS and not is_post(key)


def first_begins(tokens: Sequence[Token], place: int, name: Name) -> int | None:
    """The place where the first name begins that ends at this one, or None where parts of it are missing."""
    for part in reversed(name.first[:-1]):
        if not is_linked(tokens, place) or part not in tokens[place - 1].keys:
            return None
        place -= 1
    return place


def goes_on(tokens: Sequence[Token], place: int, index: NameIndex, *, is_genitive: bool) -> bool:
    """Whether the name ending here is part of a longer one, of a street, a firm: Mette Holm-Jensen, Mette Holms Vej."""
    if place + 1 >= len(tokens):
        return False
    after, gap = tokens[place + 1], tokens[place + 1].gap
    if gap not in {" ", "-"}:
        return False
    key = after.keys[0]
    if (key in STREETS and (after.is_capital or is_genitive)) or _is_firm(tokens, place + 1):
        return True
    if is_genitive or not (after.is_capital or not tokens[place].is_capital):
        return False
    if gap == "-":
        return after.is_capital
    return any(is_surname(one) or one in index.by_surname for one in after.bare)


def _is_firm(tokens: Sequence[Token], place: int) -> bool:
    if tokens[place].keys[0] in FIRMS and tokens[place].text not in {"is", "as"}:
        return True
    return (
        tokens[place].text in {"A", "I", "K", "P"}
        and place + 1 < len(tokens)
        and (tokens[place + 1].gap, tokens[place + 1].text) == ("/", "S")
    )


def goes_before(tokens: Sequence[Token], place: int) -> bool:
    """Whether the name beginning here is the end of a longer one with a hyphen: Anne-Mette."""
    return place > 0 and tokens[place].gap == "-"


def is_of_another(tokens: Sequence[Token], place: int, index: NameIndex) -> bool:
    """Whether a name stands directly before this word, so that the word is somebody else's surname."""
    if place == 0 or not is_linked(tokens, place):
        return False
    before = tokens[place - 1]
    key = before.keys[0]
    if not before.is_capital or key in LITTLE_WORDS or key in COURTESY:
        return False
    is_first_name = any(one in FIRST_NAMES or one in index.by_first for one in before.bare)
    if before.is_upper or begins_sentence(tokens, place - 1):
        return is_first_name
    return is_first_name or not (is_post(key) or is_office(key) or is_place(key))


def begins_sentence(tokens: Sequence[Token], place: int) -> bool:
    """Whether a capital says nothing here."""
    return place == 0 or bool(_SENTENCE_BEGINS.search(tokens[place].gap))


def are_only_words(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether both ends are everyday words as well, and the last is written as one: `bo lund`, `Bo skov`."""
    ends = (tokens[first].keys[0], *tokens[last].bare)
    return not tokens[last].is_capital and ends[0] in WORDS_AS_NAMES and any(end in WORDS_AS_NAMES for end in ends[1:])
