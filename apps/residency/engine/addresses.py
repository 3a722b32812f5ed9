"""Danish addresses: reading what people type, and finding it in a register however it was typed.

An address is a street, a house number, and in a house of several homes a floor and a door, within a postal code.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Protocol

LONGEST = 200
_FLOORS = {"st": "st", "stuen": "st", "kl": "kl", "kld": "kl", "kælder": "kl", "kaelder": "kl", "kælderen": "kl"}
_DOORS = {"tv": "tv", "th": "th", "mf": "mf"}
# How street names are shortened on letterboxes, in folded form; "St." stands for Store and for Sankt.
_SHORT = {
    "gammel": "gl",
    "nordre": "ndr",
    "noerre": "nr",
    "soendre": "sdr",
    "soender": "sdr",
    "vestre": "vstr",
    "oestre": "oestr",
    "store": "st",
    "sankt": "st",
    "skt": "st",
    "sct": "st",
    "lille": "ll",
    "doktor": "dr",
    "plads": "pl",
}
_POSTAL = re.compile(r"^(?P<rest>.*?)[\s,]+(?P<code>\d{4})(?:\s+[^\d]*)?$")
_HOUSE = re.compile(r"(?<!\d)\d{1,3}(?:\s?[a-zæøå])?(?=[\s,]|$)", re.IGNORECASE)
_NUMBER = re.compile(r"^0*(?P<digits>\d{1,3})\s?(?P<letter>[A-Za-zÆØÅæøå]?)$")
_FLOOR = re.compile(r"^(?:[1-9]\d?|k[2-9])$")
_DOOR = re.compile(r"^(?:[1-9]\d{0,3}|[a-zæøå]{1,2}\d{0,3})$")


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisteredAddress:
    """One home as the register spells it. Floor and door are empty where a house is one home."""

    street: str
    house_number: str
    floor: str = ""
    door: str = ""
    postal_code: str
    city: str
    district: str = ""

    @property
    def line(self) -> str:
        """The first line on an envelope: "Havnegade 12, 1. tv"."""
        house = f"{self.street} {self.house_number}"
        floor = f"{self.floor}." if self.floor and not self.floor.startswith("k") else self.floor
        home = " ".join(part for part in (floor, self.door) if part)
        return f"{house}, {home}" if home else house

    @property
    def postal_line(self) -> str:
        """The second line: "7999 Vesterhav"."""
        return f"{self.postal_code} {self.city}".strip()

    def __str__(self) -> str:
        return f"{self.line}, {self.postal_line}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """An address as it was typed, taken apart. Parts that were not written are empty."""

    street: str
    house_number: str
    floor: str = ""
    door: str = ""
    postal_code: str = ""
    leftover: str = ""


class AddressRegister(Protocol):
    """Where addresses are looked up: a file today, a web service where a municipality has one.

    Both may raise `apps.residency.errors.RegisterUnreadable` when the register cannot be asked.
    """

    def find(self, wanted: Wanted) -> RegisteredAddress | None:
        """Return the one home that is meant, or None when there is none or it could be several."""
        ...

    def suggest(self, wanted: Wanted, limit: int) -> Sequence[RegisteredAddress]:
        """Return homes that may have been meant, the likeliest first."""
        ...


def read_address(line: str, home: str = "", postal_code: str = "") -> Wanted | None:
    """Return the parts of a typed address; None when it has no street or no house number.

    All of it may stand in `line`; what is typed on its own goes before.
    """
    text = " ".join(unicodedata.normalize("NFC", line).split()).strip(" ,")[:LONGEST]
    with_code = _POSTAL.match(text)
    if with_code:
        text, postal_code = with_code["rest"].strip(" ,"), postal_code or with_code["code"]
    readings = [_reading(text, house, home, postal_code) for house in _HOUSE.finditer(text)]
    possible = [reading for reading in readings if any(sign.isalpha() for sign in reading.street)]
    whole = (reading for reading in possible if not reading.leftover)
    return next(whole, possible[0] if possible else None)


def _reading(text: str, house: re.Match[str], home: str, postal_code: str) -> Wanted:
    """Return the address if this is the number of the house: some streets have numbers in their names."""
    floor, door, leftover = read_home(home or text[house.end() :])
    return Wanted(
        street=text[: house.start()].strip(" ,"),
        house_number=plain_number(house[0]),
        floor=floor,
        door=door,
        postal_code="".join(postal_code.split()),
        leftover=leftover,
    )


def read_home(text: str) -> tuple[str, str, str]:
    """Return floor, door and what is neither, of "1. tv", "1.tv", "1. sal, t.v." or "st 12"."""
    small = re.sub(r"\bt\.\s?([vh])\b", r"t\1", unicodedata.normalize("NFC", text).casefold())
    small = re.sub(r"\bm\.\s?f\b", "mf", small)
    words = [word for word in re.split(r"[\s.,/]+", small) if word and word not in {"sal", "dør"}]
    floor = door = ""
    if words and (words[0] in _FLOORS or _FLOOR.match(words[0])):
        first = words.pop(0)
        floor = _FLOORS.get(first, first)
    if words and (words[0] in _DOORS or _DOOR.match(words[0])):
        door = words.pop(0)
    return floor, door, " ".join(words)


def plain_number(text: str) -> str:
    """Return a house number as it is usually written, "12B"; other texts as they are."""
    found = _NUMBER.match(text.strip())
    return f"{found['digits']}{found['letter'].upper()}" if found else text.strip()


def folded(text: str) -> str:
    """Return one form for all spellings of a street's name: "Skt. Jørgens Allé" is "sankt joergens alle"."""
    small = text.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa").replace("ö", "oe")
    small = small.replace("ä", "ae")
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", small) if not unicodedata.combining(sign))
    words = re.sub(r"[\W_]+", " ", bare).split()
    return "".join(_SHORT.get(word, word) for word in words)


def plain_address(text: str) -> str:
    """Return one form for all spellings of an address, for keys; the city's name is left out.

    What is not an address comes back folded.
    """
    wanted = read_address(text)
    if wanted is None:
        return folded(text)
    parts = (folded(wanted.street), wanted.house_number, wanted.floor, wanted.door, wanted.leftover, wanted.postal_code)
    return "|".join(parts)


class MemoryRegister:
    """A register whose homes are held in memory, by house."""

    def __init__(self, homes: Iterable[RegisteredAddress]) -> None:
        self._houses: dict[tuple[str, str], tuple[RegisteredAddress, ...]] = {}
        names: dict[str, str] = {}
        for home in homes:
            street = names.get(home.street) or names.setdefault(home.street, folded(home.street))
            homes_there = self._houses.get((street, home.house_number), ())
            if home not in homes_there:
                self._houses[street, home.house_number] = (*homes_there, home)
        self._streets = frozenset(names.values())

    def __len__(self) -> int:
        return sum(map(len, self._houses.values()))

    def find(self, wanted: Wanted) -> RegisteredAddress | None:
        """Return the one home that is meant; without floor and door only where the house has one home."""
        homes = self._in_house(wanted)
        exact = [home for home in homes if (home.floor, home.door) == (wanted.floor, wanted.door)]
        if wanted.leftover:
            return None
        if len(exact) == 1:
            return exact[0]
        partly = [home for home in homes if _agrees(home, wanted)]
        return partly[0] if len(partly) == 1 and not exact else None

    def suggest(self, wanted: Wanted, limit: int) -> list[RegisteredAddress]:
        """Return the homes of that house, else of houses of that number elsewhere or in streets that sound alike."""
        homes = [home for home in self._in_house(wanted) if _agrees(home, wanted)] or self._in_house(wanted)
        if not homes:
            homes = self._houses.get((folded(wanted.street), wanted.house_number), ())
        if not homes:
            alike = get_close_matches(folded(wanted.street), self._streets, n=3, cutoff=0.75)
            found = [home for street in alike for home in self._houses.get((street, wanted.house_number), ())]
            homes = [home for home in found if home.postal_code == wanted.postal_code] or found
        return sorted(homes, key=_by_floor)[:limit]

    def _in_house(self, wanted: Wanted) -> Sequence[RegisteredAddress]:
        """Return the homes of the house; where two streets fold alike, of the one that is spelled as typed."""
        homes = self._houses.get((folded(wanted.street), wanted.house_number), ())
        there = [home for home in homes if home.postal_code == wanted.postal_code]
        return [home for home in there if home.street.casefold() == wanted.street.casefold()] or there


def _agrees(home: RegisteredAddress, wanted: Wanted) -> bool:
    """What was typed is true of this home, as far as it goes."""
    return wanted.floor in {"", home.floor} and wanted.door in {"", home.door}


def _by_floor(home: RegisteredAddress) -> tuple[str, str, int, str]:
    level = -1 if home.floor.startswith("k") else int(home.floor) if home.floor.isdigit() else 0
    return (home.street, home.postal_code, level, home.door)
