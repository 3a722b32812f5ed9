"""Finds listed coarse words, in their inflection and with signs for letters, never as a part of another word.

A listed word may end or begin with a star: `lorte*` is every word that begins so. It may be several words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from apps.screening.engine.findings import Finding
from apps.screening.engine.tokens import Token, fold_finely, readings
from apps.screening.enums import Flag

_ENDINGS: Final = ("ernes", "erne", "enes", "ene", "ens", "ets", "ers")
_SHORT_ENDINGS: Final = ("en", "et", "er", "es", "s", "e")
_MASKED: Final = re.compile(r"(?<![\w*#])[^\W\d_][^\W\d_*#]{0,20}(?:[*#]{1,8}[^\W\d_]{0,20}){1,3}(?![\w])")
_REPEATED: Final = re.compile(r"(.)\1{2,}")
_SHORTEST_INFLECTED: Final = 3


@dataclass(slots=True)
class WordIndex:
    """The listed words by how they are looked for."""

    whole: set[str] = field(default_factory=set)
    first_letters: set[str] = field(default_factory=set)
    begins: dict[str, set[str]] = field(default_factory=dict)
    ends: dict[str, set[str]] = field(default_factory=dict)
    phrases: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    by_length: dict[int, set[str]] = field(default_factory=dict)


@lru_cache(maxsize=4)
def index_of_words(words: tuple[str, ...]) -> WordIndex:
    """The index of a list; the same list is prepared once a process."""
    index = WordIndex()
    for word in words:
        parts = tuple(fold_finely(part) for part in re.findall(r"[^\W_]+", word))
        if not parts:
            continue
        if len(parts) > 1:
            index.phrases.setdefault(parts[0], []).append(parts)
            continue
        key = parts[0]
        index.by_length.setdefault(len(key), set()).add(key)
        if word.endswith("*"):
            index.begins.setdefault(key[:2], set()).add(key)
        if word.startswith("*"):
            index.ends.setdefault(key[-2:], set()).add(key)
        if "*" not in word:
            index.whole.add(key)
            index.first_letters.add(key[:2])
    return index


def find_profanity(text: str, tokens: Sequence[Token], words: tuple[str, ...]) -> list[Finding]:
    """The listed words of a text and its tokens, from first to last."""
    index = index_of_words(words)
    known: dict[str, bool] = {}
    found = []
    for place, token in enumerate(tokens):
        if token.text not in known:
            known[token.text] = any(_is_listed(key, index) for key in _keys(token))
        if known[token.text]:
            found.append((token.start, token.end))
        if index.phrases:
            found += _phrases(tokens, place, index)
    found += [match.span() for match in _MASKED.finditer(text) if _is_masked(match.group(), index)]
    kept: list[Finding] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1].end:
            kept.append(Finding(Flag.PROFANITY, start, end))
    return kept


def _keys(token: Token) -> set[str]:
    """The word in all its readings: kaelling for kælling, sh1t, and letters repeated for emphasis once or twice."""
    keys = {fold_finely(reading) for reading in readings(token.text)}
    keys |= {key.replace("ae", "æ").replace("oe", "ø").replace("aa", "å") for key in keys}
    for key in list(keys):
        if _REPEATED.search(key):
            keys |= {_REPEATED.sub(r"\1", key), _REPEATED.sub(r"\1\1", key)}
    return keys


def _is_listed(key: str, index: WordIndex) -> bool:
    """Whether a word is listed as it is, in another form, or by a star."""
    begins = index.begins.get(key[:2])
    if begins and key.startswith(tuple(begins)):
        return True
    if key[:2] not in index.first_letters and not index.ends:
        return False
    return any(_is_stem(stem, index) for stem in _stems(key))


def _stems(key: str) -> Iterator[str]:
    """The word without Danish and English endings; before one the last letter may be doubled: pik, pikken."""
    yield key
    for ending in (*_ENDINGS, *_SHORT_ENDINGS):
        stem = key.removesuffix(ending)
        if stem != key and len(stem) >= _SHORTEST_INFLECTED:
            yield stem
            if stem[-1] == stem[-2]:
                yield stem[:-1]


def _is_stem(stem: str, index: WordIndex) -> bool:
    ends = index.ends.get(stem[-2:])
    return stem in index.whole or (ends is not None and stem.endswith(tuple(ends)))


def _phrases(tokens: Sequence[Token], place: int, index: WordIndex) -> Iterator[tuple[int, int]]:
    first = tokens[place]
    for phrase in index.phrases.get(fold_finely(first.text), ()):
        words = tokens[place : place + len(phrase)]
        if len(words) == len(phrase) and all(part in _keys(token) for part, token in zip(phrase, words, strict=True)):
            yield words[0].start, words[-1].end


def _is_masked(word: str, index: WordIndex) -> bool:
    """Whether signs stand for the letters of a listed word of the same length: f*ck, l**t."""
    if sum(map(str.isalpha, word)) < 2:  # noqa: PLR2004 - one letter and stars may be any word
        return False
    small = fold_finely(word)
    return any(
        all(sign in "*#" or sign == letter for sign, letter in zip(small, listed, strict=True))
        for listed in index.by_length.get(len(small), ())
    )
