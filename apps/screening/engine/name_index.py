"""The list of protected and exempt people, prepared so that a text is searched by its words and not by the list."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from apps.screening.engine.posts import is_surname
from apps.screening.engine.tokens import fold

_WORDS: Final = re.compile(r"[^\W_]+(?:['’`´][^\W_]+)*")
_GROUPS: Final = re.compile(r"[^\s,;]+")
_LETTERS: Final = re.compile(r"(?:[^\W\d_]\.?){2,5}")
_SHORTEST_WRITTEN_TOGETHER: Final = 6
_SHORTEST_PLACE: Final = 3


class Listed(NamedTuple):
    """One person of the list. `spellings` are other ways to write the name, and initials in capitals."""

    id: int
    name: str
    spellings: tuple[str, ...] = ()
    department: str = ""
    title: str = ""
    is_elected: bool = False


class Name(NamedTuple):
    """One way to write a person's name: folded first name in its parts, and what follows; the last is the surname."""

    person: Listed
    first: tuple[str, ...]
    rest: tuple[str, ...]

    @property
    def letters(self) -> tuple[str, ...]:
        """The first letters of all names but the surname."""
        return tuple(part[0] for part in (*self.first, *self.rest[:-1]))


@dataclass(slots=True)
class NameIndex:
    """Everybody by the folded words that may name them."""

    by_surname: dict[str, dict[str, list[Name]]] = field(default_factory=dict)
    by_letter: dict[str, dict[str, list[Name]]] = field(default_factory=dict)
    by_first: dict[str, list[Name]] = field(default_factory=dict)
    by_two: dict[tuple[str, ...], list[Name]] = field(default_factory=dict)
    together: dict[str, list[Name]] = field(default_factory=dict)
    with_surname: dict[str, dict[int, Listed]] = field(default_factory=dict)
    alone: dict[str, list[Listed]] = field(default_factory=dict)
    initials: dict[str, list[Listed]] = field(default_factory=dict)
    places: dict[str, set[int]] = field(default_factory=dict)

    def add(self, person: Listed) -> None:
        """Put a person in, by their name and other spellings."""
        for written in (person.name, *person.spellings):
            self._add_written(person, written.strip())
        for word in _WORDS.findall(f"{person.department} {person.title}"):
            if len(word) >= _SHORTEST_PLACE:
                self.places.setdefault(fold(word), set()).add(person.id)

    def _add_written(self, person: Listed, written: str) -> None:
        if _LETTERS.fullmatch(written) and written.isupper():
            self.initials.setdefault(written.replace(".", ""), []).append(person)
            return
        words = _WORDS.findall(written)
        if len(words) == 1:
            self.alone.setdefault(fold(words[0]), []).append(person)
        elif words:
            for name in _names(person, written):
                self._add_name(name)

    def _add_name(self, name: Name) -> None:
        surname = name.rest[-1]
        firsts = self.by_surname.setdefault(surname, {})
        firsts.setdefault(name.first[-1], []).append(name)
        self.by_letter.setdefault(surname, {}).setdefault(name.first[0][0], []).append(name)
        self.by_first.setdefault(name.first[-1], []).append(name)
        if len(name.rest) > 1:
            self.by_two.setdefault(name.rest[-2:], []).append(name)
            first = f"{name.first[-1]}{name.rest[0]}"  # JensPeter Friis
            firsts.setdefault(first, []).append(name._replace(first=(first,), rest=name.rest[1:]))
        self.with_surname.setdefault(surname, {})[name.person.id] = name.person
        if len(name.first) > 1:
            one = name._replace(first=("".join(name.first),))
            firsts.setdefault(one.first[0], []).append(one)
            self.by_first.setdefault(one.first[0], []).append(one)
        for key in {"".join((*name.first, *name.rest)), "".join((*name.first, surname))}:
            if len(key) >= _SHORTEST_WRITTEN_TOGETHER:
                self.together.setdefault(key, []).append(name)


@lru_cache(maxsize=1)
def index_of(people: tuple[Listed, ...]) -> NameIndex:
    """The index of a list; the same list is prepared once a process, and none is kept that is out of date."""
    index = NameIndex()
    for person in people:
        index.add(person)
    return index


def _names(person: Listed, written: str) -> Iterable[Name]:
    """The ways to write a name of several words; `Holm, Mette` is turned round."""
    if written.count(",") == 1:
        surname, _comma, others = written.partition(",")
        written = f"{others} {surname}"
    found = (tuple(map(fold, _WORDS.findall(group))) for group in _GROUPS.findall(written))
    groups = [parts for parts in found if parts]
    if len(groups) == 1:  # a first name and a surname, parted by nothing but a hyphen
        groups = [(word,) for word in groups[0]]
    first, rest = groups[0], tuple(word for parts in groups[1:] for word in parts)
    if not rest:
        return
    yield Name(person, first, rest)
    if len(groups[-1]) > 1:
        yield Name(person, first, (*rest[: -len(groups[-1])], "".join(groups[-1])))
    # People go by a surname in the middle too: Mette Holm Jensen is Mette Holm.
    own = len(rest) - len(groups[-1])
    for place, part in enumerate(rest[:-1], start=1):
        if is_surname(part) or place > own:
            yield Name(person, first, rest[:place])
