"""A text cut into its sentences, each with where it begins and ends in the stored text, so that people mark whole ones.

A passage never begins or ends inside something formatted: what is read of the passages is what is read of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from apps.common.richtext import block_spans, plain

LONGEST = 10_000
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+|\n[\s>]*")
# What may be formatted, or lead to somewhere, when it stands in a text.
_MARKS = re.compile(r"[*_\[\]<>\\`]|\n\s*(?:[-+]|[0-9]+[.)])(?:\s|\Z)")
_ABBREVIATIONS = frozenset(
    [
        "bl.a.",
        "f.eks.",
        "fx.",
        "dvs.",
        "ca.",
        "nr.",
        "kl.",
        "kr.",
        "m.fl.",
        "m.m.",
        "m.v.",
        "mv.",
        "osv.",
        "pga.",
        "stk.",
        "jf.",
        "evt.",
        "inkl.",
        "ekskl.",
        "hhv.",
        "vedr.",
        "st.",
        "sml.",
        "s.",
        "§",
        "d.",
        "pct.",
        "e.g.",
        "i.e.",
        "no.",
        "nos.",
        "approx.",
        "etc.",
        "mr.",
        "mrs.",
        "dr.",
        "jr.",
        "sr.",
    ]
)
_LONGEST_WORD = 24
_A_DATE = re.compile(r"[0-9]{1,2}\.\Z")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a text: from which character to which, the words that are read of it, and in which paragraph."""

    start: int
    end: int
    words: str
    paragraph: int


def passages_of(body: str) -> list[Passage]:
    """Return the sentences of a stored text, in order, without gaps that anything is read of.

    A text that cannot be cut without changing what is read of it is one passage.
    """
    found: list[Passage] = []
    for paragraph, (start, end) in enumerate(block_spans(body)):
        found += [Passage(*span, words_in(body, *span), paragraph) for span in _sentences(body, start, end)]
    found = [passage for passage in found if passage.words]
    words = words_in(body)
    if not words or " ".join(passage.words for passage in found) == words:
        return found if words else []
    return [Passage(*span, words, 0) for span in _trimmed(body, 0, len(body), [])]


def words_in(body: str, start: int | None = None, end: int | None = None) -> str:
    """Return what is read of a passage of a stored text, on one line; of all of it when none is given."""
    part = body[start:end]
    return plain(part, LONGEST) if _MARKS.search(f"\n{part}") else " ".join(part.split())


def is_passage(body: str, start: int, end: int) -> bool:
    """Tell whether that is a passage of the text: something is read of it, and just that is read in the text."""
    words = words_in(body, start, end) if 0 <= start < end <= len(body) else ""
    return bool(words) and words in words_in(body)


def _sentences(body: str, start: int, end: int) -> list[tuple[int, int]]:
    block = body[start:end]
    cuts = [start + match.end() for match in _END.finditer(block) if _ends_sentence(block, match)]
    spans = list(_trimmed(body, start, end, cuts))
    if len(spans) <= 1 or not any(_MARKS.search(f"\n{body[left:right]}") for left, right in spans):
        return spans
    return _whole(body, spans, start, end)


def _whole(body: str, spans: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences, with those put together that something formatted reaches over."""
    kept: list[tuple[int, int]] = []
    for span in spans:
        if kept and _is_open(body[kept[-1][0] : kept[-1][1]]):
            kept[-1] = (kept[-1][0], span[1])
        else:
            kept.append(span)
    is_same = " ".join(words_in(body, *span) for span in kept) == words_in(body, start, end)
    return kept if is_same else list(_trimmed(body, start, end, []))


def _is_open(part: str) -> bool:
    """Tell whether something formatted begins in the part of a text and does not end in it."""
    brackets = part.count("[") > part.count("]") or part.count("](") > part.count(")")
    return brackets or part.count("*") % 2 == 1 or part.count("_") % 2 == 1


def _ends_sentence(block: str, match: re.Match[str]) -> bool:
    """Tell a sentence's end from the sign of an abbreviation, a date, or a line that the sentence goes on in."""
    following = block[match.end() : match.end() + 1]
    if match.group()[0] == "\n":
        return following.isupper()
    before = match.start() + 1
    word = block[max(0, before - _LONGEST_WORD) : before].rsplit(maxsplit=1)[-1].casefold()
    is_date = following.islower() and _A_DATE.search(word) is not None
    return word not in _ABBREVIATIONS and not is_date


def _trimmed(body: str, start: int, end: int, cuts: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches between the cuts, without the blanks around them."""
    for left, right in zip([start, *cuts], [*cuts, end], strict=True):
        part = body[left:right]
        if part.strip():
            yield left + len(part) - len(part.lstrip()), left + len(part.rstrip())
