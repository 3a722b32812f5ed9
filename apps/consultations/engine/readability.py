"""How hard a text is to read: LIX, and sentences that are too long.

LIX (C. H. Björnsson, Läsbarhet, 1968) is words per sentence plus the share of words with more than six letters in per
cent. It was made for the Scandinavian languages and knows nothing of grammar: it points to long sentences and long
words, and never says that a text is good.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Björnsson's steps: up to 34 easy, up to 44 as newspapers are, from 45 on hard, from 55 on very hard.
HARD, VERY_HARD = 45, 55
LONG_WORD = 7
LONGEST_SENTENCE = 25
# Of fewer words the figure says nothing.
FEWEST_WORDS = 30

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# Signs of the small Markdown at the beginning of a line, and addresses: nobody reads them as words.
_SIGNS = re.compile(r"^[ \t]*(?:#{1,6}|[-*>]|\d{1,9}[.)])[ \t]+")
_ADDRESS = re.compile(r"https?://\S+")
# A sentence ends where a capital letter follows: "kl. 19", "f.eks. her" and "den 3. marts" go on.
_END = re.compile(r"[.!?:]+[\"»”)*_]*\s+(?=[\"«»“(*_]*[^\W\d_a-zæøå])")


@dataclass(frozen=True)
class Readability:
    """The figure, and the sentences that have too many words, as they stand in the text."""

    lix: int
    words: int
    sentences: int
    long_sentences: tuple[str, ...]

    @property
    def is_hard(self) -> bool:
        """Many readers give up."""
        return self.lix >= HARD


def readability_of(text: str) -> Readability | None:
    """Return how hard a text in the small Markdown is to read; None for one of too few words to tell."""
    sentences = [(one, _WORD.findall(one)) for one in _sentences(text)]
    counted = [words for _one, words in sentences if words]
    total = sum(map(len, counted))
    if total < FEWEST_WORDS:
        return None
    long_words = sum(len(word) >= LONG_WORD for words in counted for word in words)
    return Readability(
        lix=round(total / len(counted) + 100 * long_words / total),
        words=total,
        sentences=len(counted),
        long_sentences=tuple(one for one, words in sentences if len(words) > LONGEST_SENTENCE),
    )


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences; a heading, a list item and a paragraph end one too."""
    block: list[str] = []
    for line in [*text.splitlines(), ""]:
        is_sign = _SIGNS.match(line) is not None
        if block and (is_sign or not line.strip()):
            yield from _END.split(" ".join(block))
            block = []
        words = _ADDRESS.sub("", _SIGNS.sub("", line)).strip()
        if is_sign and line.lstrip().startswith("#"):
            yield words
        elif words:
            block.append(words)
