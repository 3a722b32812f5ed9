"""What the words beside a name say of whom it means: a post, an elected office, a courtesy title, a department."""

import re
from collections.abc import Sequence
from enum import Enum
from typing import Final, NamedTuple

from apps.screening.engine.posts import (
    CONJUNCTIONS,
    COURTESY,
    FILLERS,
    TO_A_PLACE,
    VERBS_AS_POSTS,
    is_office,
    is_place,
    is_post,
)
from apps.screening.engine.tokens import Token

_MOST_FILLERS: Final = 3
_MOST_WORDS_TO_A_PLACE: Final = 4
_GOES_ON: Final = re.compile(r"[ (\n\"“”'*_]{0,3}|,[ \n]|: |[.] ?|[ ]?[-/][ ]?")
_APPOSITION: Final = re.compile(r",[ \n]|[ ]?[(-][ ]?|[ ]?/[ ]?")
_ON_THE_WAY: Final = re.compile(r"[ \"“]{1,2}|[ ]?[&-][ ]?")
_VERBS: Final = frozenset({"er", "som", "der", "is"})
_STANDS_ON: Final = frozenset({"i", "pa", "ved"})


class Role(Enum):
    """Whom a name means, by the words beside it."""

    UNTOLD = 0
    COURTESY = 1
    EMPLOYEE = 2
    ELECTED = 3


class Beside(NamedTuple):
    """The role that the words beside a name tell, and words behind it that may be somebody's department."""

    role: Role
    places: tuple[str, ...] = ()


def beside(tokens: Sequence[Token], first: int, last: int) -> Beside:
    """What stands before the name from `first` to `last`, or else behind it."""
    before = role_before(tokens, first)
    if before in {Role.EMPLOYEE, Role.ELECTED}:
        return Beside(before)
    behind = _behind(tokens, first, last)
    return Beside(before, behind.places) if behind.role is Role.UNTOLD else behind


_UNTOLD: Final = Beside(Role.UNTOLD)


def role_before(tokens: Sequence[Token], first: int) -> Role:
    """What stands before a name: sagsbehandler, sagsbehandleren hedder, hr."""
    for steps in range(1, _MOST_FILLERS + 2):
        place = first - steps
        if place < 0 or not _leads_on(tokens, place + 1):
            break
        key = tokens[place].keys[0]
        if is_office(key):
            return Role.ELECTED
        if is_post(key):
            return Role.EMPLOYEE
        if key in COURTESY and steps == 1:
            # Sagsbehandler fru Holm: what stands before the title says more.
            earlier = role_before(tokens, place)
            return Role.COURTESY if earlier is Role.UNTOLD else earlier
        if key not in FILLERS:
            break
    return Role.UNTOLD


def follows_post(tokens: Sequence[Token], first: int) -> bool:
    """Whether a post stands directly before, so that a word in small letters is a name: sagsbehandler holm.

    Posts that are verbs as well tell nothing: vi planlægger skov.
    """
    if first == 0 or tokens[first].gap != " ":
        return False
    key = tokens[first - 1].keys[0]
    return is_post(key) and key not in VERBS_AS_POSTS


def _leads_on(tokens: Sequence[Token], place: int) -> bool:
    gap = tokens[place].gap
    if not _GOES_ON.fullmatch(gap):
        return False
    return "." not in gap or tokens[place - 1].keys[0] in COURTESY


def _behind(tokens: Sequence[Token], first: int, last: int) -> Beside:
    place = last + 1
    if place >= len(tokens):
        return _UNTOLD
    gap, key = tokens[place].gap, tokens[place].keys[0]
    if len(tokens[last].text) == 1:  # Mette H. fra forvaltningen
        gap = gap.removeprefix(".")
    if gap == " " and key in TO_A_PLACE:
        # Holm fra forvaltningen; but what one is at, on or in is a place itself: på Holm i kommunen.
        is_a_place = first > 0 and tokens[first - 1].keys[0] in _STANDS_ON
        return _UNTOLD if is_a_place else _place_behind(tokens, place + 1)
    if _APPOSITION.fullmatch(gap) or (gap == " " and key in _VERBS):
        return _apposition(tokens, place)
    return _UNTOLD


def _place_behind(tokens: Sequence[Token], place: int) -> Beside:
    """Holm fra forvaltningen, Holm i Teknik og Miljø."""
    places = []
    for token in tokens[place : place + _MOST_WORDS_TO_A_PLACE]:
        key = token.keys[0]
        if not _ON_THE_WAY.fullmatch(token.gap):
            break
        if is_place(key):
            return Beside(Role.EMPLOYEE)
        if is_office(key):
            return Beside(Role.ELECTED)
        if not (key in FILLERS or key in CONJUNCTIONS or token.is_capital):
            break
        places += [key] if token.is_capital else []
    return Beside(Role.UNTOLD, tuple(places))


def _apposition(tokens: Sequence[Token], place: int) -> Beside:
    """Holm, jeres sagsbehandler; Holm (sagsbehandler); Holm er planchef; Holm, Teknik og Miljø."""
    for steps, token in enumerate(tokens[place : place + _MOST_FILLERS + 1]):
        key = token.keys[0]
        if steps and token.gap != " ":
            break
        if is_office(key):
            return Beside(Role.ELECTED)
        if is_post(key):
            return Beside(Role.EMPLOYEE)
        if key not in FILLERS:
            return Beside(Role.UNTOLD, (key,) if token.is_capital and not steps else ())
    return _UNTOLD
