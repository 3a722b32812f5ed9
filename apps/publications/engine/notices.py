"""Who is told of a decision: each person once, whatever they wrote, in the first way that reaches them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

# First first: what has the effect of a letter comes before mail, and paper last.
PREFERENCE = ("digital_post", "mail", "letter")


@dataclass(frozen=True, kw_only=True)
class Voice:
    """What somebody wrote on time: its row and number, who it was, and in which ways that person can be reached."""

    pk: int
    number: int
    person: tuple[object, ...]
    reached_by: frozenset[str]


@dataclass(kw_only=True)
class Addressee:
    """Somebody who wrote on time, with all that they wrote; `pk` is the first that reaches them."""

    pk: int
    number: int
    numbers: list[int] = field(default_factory=list)
    reached_by: frozenset[str] = frozenset()

    def way(self, chosen: Collection[str]) -> str:
        """Return the first of the chosen ways that reaches them, or nothing."""
        return next((way for way in PREFERENCE if way in chosen and way in self.reached_by), "")


def addressees(voices: Iterable[Voice]) -> list[Addressee]:
    """Return each person once, in the order of their first numbers.

    Who left an address with one text only is written to by that one.
    """
    found: dict[tuple[object, ...], Addressee] = {}
    for voice in voices:
        one = found.setdefault(voice.person, Addressee(pk=voice.pk, number=voice.number))
        if voice.reached_by and not one.reached_by:
            one.pk, one.number, one.reached_by = voice.pk, voice.number, voice.reached_by
        one.numbers.append(voice.number)
    return list(found.values())


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Who is told how if these ways are chosen. `unreached` are those whom none of them reaches."""

    told: Sequence[tuple[Addressee, str]]
    unreached: Sequence[Addressee]

    def count(self, way: str) -> int:
        """Return how many are told in that way."""
        return sum(1 for _one, chosen in self.told if chosen == way)


def plan_of(people: Sequence[Addressee], chosen: Collection[str]) -> Plan:
    """Return who is told how if these ways are chosen."""
    ways = [(one, one.way(chosen)) for one in people]
    return Plan(told=[(one, way) for one, way in ways if way], unreached=[one for one, way in ways if not way])
