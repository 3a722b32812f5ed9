"""The account of every voice: who said what, what statements rest on, and what is not treated yet.

Pure: the rows are read once, and whatever is counted of a white paper is counted here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Voice:
    """A contribution that a white paper accounts for: its number, its letter of several, and who sent it."""

    pk: int
    number: int
    letter: int | None
    person: str
    is_public: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage of a version of a text, or all of it, under a statement. It holds no words."""

    number: int
    version: int
    start: int | None = None
    end: int | None = None
    statement: int = 0
    point: int = 0


@dataclass(frozen=True, slots=True)
class Noted:
    """What was noted with a sentence, or left out on a ground."""

    number: int
    is_left_out: bool = False
    sentence: str = ""
    ground: str = ""
    same_as: int | None = None


@dataclass(frozen=True, slots=True)
class Rests:
    """What a statement rests on: the numbers with a point, those of the same letters, and how many people these are.

    `by_letter` of the people sent a letter that others sent too; `letters` is how many such letters there are.
    """

    numbers: tuple[int, ...] = ()
    same_letter: tuple[int, ...] = ()
    people: int = 0
    by_letter: int = 0
    letters: int = 0
    points: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what was received is treated: `received` is without what was left out, `missing` in order."""

    received: int = 0
    left_out: int = 0
    treated: int = 0
    missing: tuple[int, ...] = ()

    @property
    def percent(self) -> int:
        """The share in whole percent, never rounded up: 100 is all of it."""
        return 100 * self.treated // self.received if self.received else 100

    @property
    def is_whole(self) -> bool:
        """Every voice is accounted for."""
        return not self.missing


@dataclass(frozen=True)
class Account:
    """The rows of a white paper as they were read at one moment.

    `weighed` are the statements with a disposition and a reply. Marks of numbers that are no voices, as those moved to
    another consultation since, count for nothing, and so do those of what was left out.
    """

    voices: Sequence[Voice] = ()
    marks: Sequence[Mark] = ()
    noted: Sequence[Noted] = ()
    weighed: Collection[int] = ()

    @cached_property
    def voice_of(self) -> Mapping[int, Voice]:
        """The voices by number."""
        return {voice.number: voice for voice in self.voices}

    @cached_property
    def left_out(self) -> Mapping[int, Noted]:
        """What was left out, by number. A double of what is no voice any more is none, and has to be treated itself."""
        rows = (row for row in self.noted if row.is_left_out and row.number in self.voice_of)
        return {row.number: row for row in rows if row.same_as is None or row.same_as in self.voice_of}

    @cached_property
    def standing(self) -> Mapping[int, Sequence[Mark]]:
        """The marks that count, by statement, in the order of numbers and passages."""
        found: dict[int, list[Mark]] = defaultdict(list)
        for mark in sorted(self.marks, key=_place):
            if mark.number in self.voice_of and mark.number not in self.left_out:
                found[mark.statement].append(mark)
        return found

    @cached_property
    def noted_only(self) -> Mapping[int, Noted]:
        """What was noted and stands under no statement, by number."""
        under = {number for rests in self.rests.values() for number in (*rests.numbers, *rests.same_letter)}
        rows = (row for row in self.noted if not row.is_left_out and row.number in self.voice_of)
        return {row.number: row for row in rows if row.number not in under}

    @cached_property
    def coverage(self) -> Coverage:
        """How much is treated: under a weighed statement, by the same letter as what is, or noted with a sentence."""
        counted = [voice for voice in self.voices if voice.number not in self.left_out]
        marked = {mark.number for key in self.weighed for mark in self.standing.get(key, ())}
        letters = {self.voice_of[number].letter for number in marked} - {None}
        noted = {row.number for row in self.noted if not row.is_left_out}
        missing = sorted(
            voice.number
            for voice in counted
            if voice.number not in marked and voice.letter not in letters and voice.number not in noted
        )
        return Coverage(len(counted), len(self.left_out), len(counted) - len(missing), tuple(missing))

    @cached_property
    def rests(self) -> Mapping[int, Rests]:
        """What each statement rests on, for those that rest on something."""
        return {statement: self._rests(marks) for statement, marks in self.standing.items()}

    def _rests(self, marks: Sequence[Mark]) -> Rests:
        numbers = {mark.number for mark in marks}
        letters = {self.voice_of[number].letter for number in numbers} - {None}
        mates = {voice.number for letter in letters for voice in self._of_letter[letter]} - numbers
        shared = [letter for letter in letters if len(self._of_letter[letter]) > 1]
        senders = {voice.person for letter in shared for voice in self._of_letter[letter]}
        people = {self.voice_of[number].person for number in numbers | mates}
        return Rests(tuple(sorted(numbers)), tuple(sorted(mates)), len(people), len(senders), len(shared), len(marks))

    @cached_property
    def _of_letter(self) -> Mapping[int | None, Sequence[Voice]]:
        found: dict[int | None, list[Voice]] = defaultdict(list)
        for voice in self.voices:
            if voice.letter is not None and voice.number not in self.left_out:
                found[voice.letter].append(voice)
        return found

    def unpublished(self) -> Iterator[int]:
        """Yield the numbers of what is accounted for and not public, in order."""
        yield from sorted(voice.number for voice in self.voices if not voice.is_public)


def _place(mark: Mark) -> tuple[int, int, int, int]:
    return mark.number, -1 if mark.start is None else mark.start, mark.end or 0, mark.point
