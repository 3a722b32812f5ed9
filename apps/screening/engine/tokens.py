"""The words of a text as a reader takes them in, whatever stands between or inside their letters.

Folded is what people write in several ways: case, accents, æ/ae, ø/oe, å/aa, letters of other alphabets that look the
same, digits for letters. Letters set apart (H o l m, H.o.l.m) are one word.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from apps.common.reading import as_read

# Apostrophes stand inside words (O'Brien) and mark genitives (Holm's, Jens'); stars between letters are Markdown.
_WORD: Final = re.compile(r"[^\W_]+(?:['’`´][^\W_]+)*['’´]?")
_APART: Final = re.compile(r"[ .\-_·*]{1,2}")
_NO_LETTER: Final = re.compile(r"['’`´]")
# Letters of other alphabets that look like Latin ones.
_LOOKALIKES: Final = {
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "і": "i", "ј": "j", "ѕ": "s", "һ": "h",
    "к": "k", "м": "m", "т": "t", "в": "b", "н": "h",
    "α": "a", "ο": "o", "ρ": "p", "ν": "v", "ι": "i", "κ": "k", "τ": "t", "ε": "e", "υ": "u", "χ": "x",
    "ä": "æ", "ö": "ø",
}  # fmt: skip
_SIGNS: Final = str.maketrans(
    _LOOKALIKES
    | {
        "æ": "ae",
        "ä": "ae",
        "ø": "oe",
        "ö": "oe",
        "å": "aa",
        "ü": "ue",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "đ": "d",
        "ı": "i",
    }
)
# What is typed for a letter the keyboard lacks is read as the letter without its mark: Aagaard, Ågård and Agard alike.
_PAIRS: Final = re.compile("aa|ae|oe|ue")
_DIGITS: Final = str.maketrans("034578", "oeastb")
_FEWEST_APART = 3


@dataclass(slots=True)
class Token:
    """One word: its place in the original, its signs, what stands before it, and how it may be meant.

    `keys` are its folded readings, `bare` those without a genitive as well.
    """

    text: str
    start: int
    end: int
    gap: str
    keys: tuple[str, ...]
    bare: tuple[str, ...]

    @property
    def is_upper(self) -> bool:
        """The word is in capitals, and not a single one."""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def is_capital(self) -> bool:
        """The word begins with a capital."""
        return self.text[:1].isupper()


def tokens_of(text: str) -> list[Token]:
    """The words of the text in their order."""
    read, places = as_read(text)
    if "*" in read:
        read, places = _without_stars(read, places)
    pieces = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(read)]
    found: list[Token] = []
    before = 0
    for word, start, end in _joined(pieces, read):
        keys = tuple(map(fold, readings(word)))
        bare = (*keys, *(key[:-1] for key in keys if len(key) > 1 and key.endswith("s")))
        found.append(Token(word, places[start], places[end - 1] + 1, read[before:start], keys, bare))
        before = end
    return found


@lru_cache(maxsize=1024)
def _plain(sign: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))


def fold(word: str) -> str:
    """The word as it is compared: `Ågård` and `Aagaard` are the same."""
    small = _NO_LETTER.sub("", word).casefold()
    if not small.isascii():
        small = "".join(map(_plain, small.translate(_SIGNS)))
    return _PAIRS.sub(lambda pair: pair.group()[0], small)


def fold_finely(word: str) -> str:
    """The word without case and accents, but with its æ, ø and å: a røv is no rov."""
    small = _NO_LETTER.sub("", word).casefold()
    if small.isascii():
        return small
    return "".join(sign if sign in "æøå" else _plain(_LOOKALIKES.get(sign, sign)) for sign in small)


def readings(word: str) -> tuple[str, ...]:
    """The word, or where digits stand among its letters, the words they may stand for; 1 is read in two ways."""
    if word.isalpha() or not any(map(str.isalpha, word)) or not any(map(str.isdigit, word)):
        return (word,)
    meant = word.translate(_DIGITS)
    return tuple(dict.fromkeys(meant.replace("1", letter) for letter in "il"))


def _without_stars(read: str, places: Sequence[int]) -> tuple[str, list[int]]:
    """Drop the marks of emphasis inside a word: Met**te**."""
    kept, where = [], []
    for place, sign in enumerate(read):
        if sign == "*" and _is_inside(read, place):
            continue
        kept.append(sign)
        where.append(places[place])
    return "".join(kept), where


def _is_inside(read: str, place: int) -> bool:
    left, right = read[max(place - 3, 0) : place].rstrip("*"), read[place + 1 : place + 4].lstrip("*")
    return left[-1:].isalpha() and right[:1].islower()


def _joined(pieces: list[tuple[str, int, int]], read: str) -> list[tuple[str, int, int]]:
    """Put letters that stand one by one together; a capital after a small letter begins the next word."""
    found: list[tuple[str, int, int]] = []
    place = 0
    while place < len(pieces):
        end = _end_of_run(pieces, place, read)
        if end - place >= _FEWEST_APART:
            found += _words_of_run(pieces[place:end])
            place = end
        else:
            found.append(pieces[place])
            place += 1
    return found


def _end_of_run(pieces: list[tuple[str, int, int]], first: int, read: str) -> int:
    """Return the place behind the letters that stand apart by the same sign, beginning here."""
    if len(pieces[first][0]) > 1 or not pieces[first][0].isalpha():
        return first + 1
    apart = ""
    place = first + 1
    while place < len(pieces) and len(pieces[place][0]) == 1 and pieces[place][0].isalpha():
        gap = read[pieces[place - 1][2] : pieces[place][1]]
        if not _APART.fullmatch(gap) or (apart and gap != apart):
            break
        apart = gap
        place += 1
    return place


def _words_of_run(run: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    words: list[tuple[str, int, int]] = []
    for letter, start, end in run:
        if words and not (letter.isupper() and words[-1][0][-1].islower()):
            words[-1] = (words[-1][0] + letter, words[-1][1], end)
        else:
            words.append((letter, start, end))
    return words
