"""Finds names of protected employees in a text, as Danish texts write them. It compares words; it guesses no person.

A name is found whole (also without its middle names, surname first, written together or letter by letter), by initials
before the surname, by initials alone where the list has them, and by first name or surname beside a post, a courtesy
title or a department. A first name or a surname by itself names nobody.

Elected politicians stand on the list to be exempt: their office is criticised by name. Where an employee shares the
name or surname, the words around decide. An office beside it (borgmester Holm) means the politician, a post
(sagsbehandler Holm) the employee; a full name that only one of them has means that one. What is left open (fru Holm)
means the politician where the text names them clearly elsewhere, and else the employee: a moderator looks, and decides.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from apps.screening.engine.findings import Finding
from apps.screening.engine.name_index import Listed, Name, NameIndex, index_of
from apps.screening.engine.name_parts import (
    agrees,
    are_only_words,
    begins_sentence,
    first_begins,
    goes_before,
    goes_on,
    is_initials,
    is_linked,
    is_of_another,
)
from apps.screening.engine.name_surroundings import Beside, Role, beside, follows_post, role_before
from apps.screening.engine.posts import ABBREVIATIONS, FIRST_NAMES, LITTLE_WORDS, WORDS_AS_NAMES
from apps.screening.engine.tokens import Token
from apps.screening.enums import Flag

WHOLE: Final = "whole"
INITIALS: Final = "initials"
TITLE: Final = "title"

_MOST_BETWEEN: Final = 4
_ENOUGH_LETTERS: Final = 3


class Candidate(NamedTuple):
    """Words that may name these people."""

    first: int
    last: int
    detail: str
    people: tuple[Listed, ...]


def find_names(tokens: Sequence[Token], people: tuple[Listed, ...]) -> list[Finding]:
    """The places in a text of these words that may name a protected employee, from first to last, none in another."""
    index = index_of(people)
    found: dict[tuple[int, int], Candidate] = {}
    for place in range(len(tokens)):
        for finder in _FINDERS:
            for one in finder(tokens, place, index):
                known = found.setdefault((one.first, one.last), one)
                if known is not one:
                    found[one.first, one.last] = known._replace(people=(*known.people, *one.people))
    named = (
        Finding(Flag.PROTECTED_NAME, tokens[one.first].start, tokens[one.last].end, one.detail, person.id)
        for one, person in _of_employees(list(found.values()), tokens)
    )
    return _longest(named)


def _of_employees(found: Sequence[Candidate], tokens: Sequence[Token]) -> Iterator[tuple[Candidate, Listed]]:
    """Those that mean an employee; what means a politician is left out."""
    roles = [beside(tokens, one.first, one.last).role for one in found]
    clear = {
        person.id
        for one, role in zip(found, roles, strict=True)
        if role is Role.ELECTED or all(person.is_elected for person in one.people)
        for person in one.people
        if person.is_elected
    }
    for one, role in zip(found, roles, strict=True):
        employee = next((person for person in one.people if not person.is_elected), None)
        elected = {person.id for person in one.people if person.is_elected}
        means_the_politician = elected and (
            role is Role.ELECTED or (role is not Role.EMPLOYEE and not elected.isdisjoint(clear))
        )
        if employee and not means_the_politician:
            yield one, employee


def _longest(found: Iterable[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or finding.end > kept[-1].end:
            kept.append(finding)
    return kept


def _candidate(first: int, last: int, detail: str, names: Iterable[Name]) -> Iterator[Candidate]:
    people = {name.person.id: name.person for name in names}
    if people:
        yield Candidate(first, last, detail, tuple(people.values()))


def _by_surname(tokens: Sequence[Token], place: int, index: NameIndex) -> Iterator[Candidate]:
    """Everything that a surname at this place may be the end, or the beginning, of."""
    token = tokens[place]
    for key in token.bare:
        firsts = index.by_surname.get(key)
        if firsts is None:
            continue
        is_genitive = key not in token.keys
        if not goes_on(tokens, place, index, is_genitive=is_genitive):
            yield from _whole(tokens, place, firsts)
            for first, names in _surnames(tokens, place, index, key):
                yield from _with_initials(tokens, first, place, index, names)
                yield from _surname_with_title(tokens, first, place, index, names)
        if not is_genitive:
            yield from _surname_first(tokens, place, index, key)


def _whole(tokens: Sequence[Token], last: int, firsts: dict[str, list[Name]]) -> Iterator[Candidate]:
    place = last
    while place > 0 and last - place <= _MOST_BETWEEN and is_linked(tokens, place):
        place -= 1
        for key in tokens[place].keys:
            for name in firsts.get(key, ()):
                first = first_begins(tokens, place, name)
                fits = first is not None and agrees(tokens[place + 1 : last], name.rest[:-1])
                if first is None or not fits or goes_before(tokens, first) or are_only_words(tokens, first, last):
                    continue
                yield Candidate(first, last, WHOLE, (name.person,))


def _surnames(
    tokens: Sequence[Token], last: int, index: NameIndex, key: str
) -> "Iterator[tuple[int, Sequence[Name] | None]]":
    """Where a surname that ends here may begin, and whose it is then: al-Khatib, van der Meer; None is everybody's."""
    yield last, None
    if last == 0 or not is_linked(tokens, last):
        return
    names: Sequence[Name] = index.by_two.get((tokens[last - 1].keys[0], key), ())
    place = last - 1
    words: tuple[str, ...] = (tokens[place].keys[0],)
    while names:
        yield place, names
        if place == 0 or not is_linked(tokens, place):
            return
        place, words = place - 1, (tokens[place - 1].keys[0], *words)
        names = [name for name in names if name.rest[-1 - len(words) : -1] == words]


def _with_initials(
    tokens: Sequence[Token], begin: int, last: int, index: NameIndex, names: Sequence[Name] | None
) -> Iterator[Candidate]:
    """M. K. Holm, MK Holm, m.aagaard; not I Holm, which is a place in Danish, nor Peter M. Holm."""
    first, letters = _letters_before(tokens, begin)
    if not letters or (not tokens[last].is_capital and not WORDS_AS_NAMES.isdisjoint(tokens[last].bare)):
        return
    is_word = letters in {"i", "a"} and not tokens[begin].gap.startswith(".")
    if is_word or is_of_another(tokens, first, index):
        return
    if names is None:
        names = [name for key in tokens[last].bare for name in index.by_letter.get(key, {}).get(letters[0], ())]
    spelled = last - begin
    yield from _candidate(first, last, WHOLE, (name for name in names if _has_letters(name, letters, spelled)))


def _letters_before(tokens: Sequence[Token], last: int) -> tuple[int, str]:
    """The letters directly before a surname, and where they begin."""
    place, letters = last, ""
    while place > 0 and is_linked(tokens, place) and is_initials(tokens[place - 1]):
        before = tokens[place - 1]
        if not before.is_capital and not tokens[place].gap.startswith("."):
            break
        if len(before.text) > 1 and tokens[last].is_upper:
            break
        letters = "".join(before.keys[0]) + letters
        place -= 1
    return place, letters


def _has_letters(name: Name, letters: str, spelled: int = 0) -> bool:
    """Whether these are first letters of the name in their order; that many words before its end are spelled out."""
    own = list(name.letters[: len(name.letters) - spelled])
    if not own or letters[0] != own.pop(0):
        return False
    if not own:
        return True
    for letter in letters[1:]:
        while own and own[0] != letter:
            own.pop(0)
        if not own:
            return False
        own.pop(0)
    return True


def _surname_with_title(
    tokens: Sequence[Token], first: int, last: int, index: NameIndex, names: Sequence[Name] | None
) -> Iterator[Candidate]:
    """Sagsbehandler Holm, fru Holm, Holm fra forvaltningen, planchef Nørregaard-Petersen."""
    if is_of_another(tokens, first, index) or goes_before(tokens, first):
        return
    before = role_before(tokens, first)
    is_named_as_one = before is Role.COURTESY or follows_post(tokens, first)
    is_told = before is not Role.UNTOLD and WORDS_AS_NAMES.isdisjoint(tokens[last].bare)
    if not (tokens[last].is_capital or is_named_as_one or is_told):
        return
    around = beside(tokens, first, last)
    if around == Beside(Role.UNTOLD):
        return
    if names is None:
        people = {pk: one for key in tokens[last].bare for pk, one in index.with_surname.get(key, {}).items()}
    else:
        people = {name.person.id: name.person for name in names}
    meant = _told(people, around, index)
    if meant:
        yield Candidate(first, last, TITLE, meant)


def _told(people: Mapping[int, Listed], around: Beside, index: NameIndex) -> tuple[Listed, ...]:
    """Those of the people whose role, or whose department, the words around tell."""
    if around.role is not Role.UNTOLD:
        return tuple(people.values())
    ids = {one for key in around.places for one in index.places.get(key, ())}
    return tuple(people[one] for one in sorted(ids & people.keys()))


def _surname_first(tokens: Sequence[Token], place: int, index: NameIndex, key: str) -> Iterator[Candidate]:
    """Holm, Mette; Holm Mette; Holm, M.K."""
    if place + 1 >= len(tokens) or not tokens[place].is_capital or is_of_another(tokens, place, index):
        return
    after = tokens[place + 1]
    has_comma = after.gap in {", ", ",", ",\n"}
    if not after.is_capital or not (has_comma or after.gap == " "):
        return
    if has_comma and is_initials(after) and len(after.text) < _ENOUGH_LETTERS:
        last, letters = _letters_from(tokens, place + 1)
        names = index.by_letter[key].get(letters[0], ())
        yield from _candidate(place, last, WHOLE, (name for name in names if _has_letters(name, letters)))
        return
    for first in after.bare:
        for name in index.by_surname[key].get(first, ()):
            is_whole = len(name.first) == 1 and not _is_followed_by_a_name(tokens, place + 1, name.rest, index)
            if is_whole and (has_comma or first not in WORDS_AS_NAMES):
                yield Candidate(place, place + 1, WHOLE, (name.person,))


def _letters_from(tokens: Sequence[Token], place: int) -> tuple[int, str]:
    letters = tokens[place].keys[0]
    while place + 1 < len(tokens) and tokens[place + 1].gap in {".", ". "} and len(tokens[place + 1].text) == 1:
        place += 1
        letters += tokens[place].keys[0]
    return place, letters


def _is_followed_by_a_name(tokens: Sequence[Token], place: int, own: Sequence[str], index: NameIndex) -> bool:
    """Whether a first name goes on with another name than its own ones."""
    if place + 1 >= len(tokens) or tokens[place + 1].gap != " " or not tokens[place + 1].is_capital:
        return False
    after = tokens[place + 1]
    if after.keys[0] in own or after.keys[0] in LITTLE_WORDS:
        return False
    return not after.is_upper or any(key in index.by_surname for key in after.bare)


def _first_with_title(tokens: Sequence[Token], place: int, index: NameIndex) -> Iterator[Candidate]:
    """Sagsbehandler Mette, Mette fra Teknik og Miljø, jeres medarbejder Mette H."""
    names = [name for key in tokens[place].bare for name in index.by_first.get(key, ())]
    if not names or not tokens[place].is_capital:
        return
    last = _end_of_first(tokens, place, index)
    if last is None:
        return
    begins = {first for name in names if (first := first_begins(tokens, place, name)) is not None}
    for first in sorted(begins):
        around = beside(tokens, first, last)
        is_also_a_word = tokens[place].keys[0] in WORDS_AS_NAMES and role_before(tokens, first) is not Role.EMPLOYEE
        means_none = around.role in {Role.ELECTED, Role.COURTESY} or around == Beside(Role.UNTOLD)
        if means_none or is_also_a_word or goes_before(tokens, first) or is_of_another(tokens, first, index):
            continue
        letter = tokens[last].keys[0] if last > place else ""
        people = {
            name.person.id: name.person
            for name in names
            if first_begins(tokens, place, name) == first and any(part.startswith(letter) for part in name.rest)
        }
        meant = _told(people, around, index)
        if meant:
            yield Candidate(first, last, TITLE, meant)


def _end_of_first(tokens: Sequence[Token], place: int, index: NameIndex) -> int | None:
    """The place where a first name by itself, or with the first letter of a surname, ends; None if more follows."""
    if place + 1 >= len(tokens) or tokens[place + 1].gap not in {" ", "-"}:
        return place
    after = tokens[place + 1]
    if after.gap == "-" and after.is_capital:
        return None
    if len(after.text) == 1 and after.is_capital and after.text not in {"I", "Å", "A"}:
        return place + 1
    return None if _is_followed_by_a_name(tokens, place, (), index) else place


def _written_otherwise(tokens: Sequence[Token], place: int, index: NameIndex) -> Iterator[Candidate]:
    """Names written together (mettekholm, M e t t e H o l m), spellings of one word, and initials."""
    token = tokens[place]
    for key in token.bare:
        for name in index.together.get(key, ()):
            inner = any(sign.isupper() for sign in token.text[1:]) and not token.text.isupper()
            is_apart = token.end - token.start > len(token.text) + 1
            if inner or is_apart or token.gap.endswith(("@", "#")) or name.rest[-1] not in WORDS_AS_NAMES:
                yield Candidate(place, place, WHOLE, (name.person,))
    if token.is_capital and not _is_of_a_first_name(tokens, place):
        alone = tuple(dict.fromkeys(person for key in token.bare for person in index.alone.get(key, ())))
        if alone:
            yield Candidate(place, place, WHOLE, alone)
    yield from _initials_alone(tokens, place, index)


def _is_of_a_first_name(tokens: Sequence[Token], place: int) -> bool:
    return place > 0 and is_linked(tokens, place) and tokens[place - 1].keys[0] in FIRST_NAMES


def _initials_alone(tokens: Sequence[Token], place: int, index: NameIndex) -> Iterator[Candidate]:
    """MKH where the list has these initials. Two letters, abbreviations and small letters need a post beside them."""
    token = tokens[place]
    people = index.initials.get(token.text.upper())
    if not people:
        return
    is_plain = token.text.isupper() and len(token.text) >= _ENOUGH_LETTERS and token.text not in ABBREVIATIONS
    means_initials = is_plain and not _is_shouted(tokens, place)
    if means_initials or role_before(tokens, place) is Role.EMPLOYEE or _is_called_initials(tokens, place):
        yield Candidate(place, place, INITIALS, tuple(people))


def _is_called_initials(tokens: Sequence[Token], place: int) -> bool:
    return (
        place > 0 and tokens[place - 1].keys[0].startswith("initial") and tokens[place].gap in {" ", ": ", " (", " “"}
    )


def _is_shouted(tokens: Sequence[Token], place: int) -> bool:
    beside = [tokens[other] for other in (place - 1, place + 1) if 0 <= other < len(tokens)]
    return bool(beside) and all(token.is_upper for token in beside) and not begins_sentence(tokens, place)


_FINDERS: Final = (_by_surname, _first_with_title, _written_otherwise)
