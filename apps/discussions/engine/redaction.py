"""The bar that stands where a moderator redacted a passage, and putting it there."""

import re

BLOCK = "█"
EDGE = BLOCK * 5
# Signs that look like a bar, and none that people need: block elements, a large square, a row of small ones.
LIKE_A_BAR = re.compile("[\u2580-\u259f\u2b1b]|\u25a0{2,}")
_BAR = re.compile(rf"{EDGE} \[[^\[\]\n]*\] {EDGE}")
# What the small Markdown could take for more than words.
_MARKS = re.compile(r"[\[\]()*_`<>\\~#|]")


def bar_of(words: str) -> str:
    """Return the bar with these words in it: plain enough to be seen in every output, and to change nothing else."""
    return f"{EDGE} [{' '.join(_MARKS.sub(' ', words).split())}] {EDGE}"


def bars_in(text: str) -> frozenset[str]:
    """Return the bars that stand in a text."""
    return frozenset(_BAR.findall(text))


def looks_redacted(text: str, *, bars: frozenset[str] = frozenset()) -> bool:
    """Tell whether a text holds what looks like a bar, other than these."""
    for bar in bars:
        text = text.replace(bar, "")
    return LIKE_A_BAR.search(text) is not None


def without_passage(text: str, passage: str, bar: str) -> str | None:
    """Return the text with the bar wherever the passage stands, however its words are spaced; None if it does not."""
    words = passage.split()
    if not words:
        return None
    changed, times = re.subn(r"\s+".join(map(re.escape, words)), lambda _found: bar, text)
    return changed if times else None


def says_anything(words: str) -> bool:
    """Tell whether words are left beside the bars."""
    return any(sign.isalnum() for sign in _BAR.sub("", words))
