"""A response that is longer than a text in the thread may be: its first words stand there, all of it is in a file."""

from typing import Final

LONGEST_LONG_TEXT: Final = 200_000
OPENING: Final = 600


def opening_of(text: str) -> str:
    """Return the first words of a text, up to the end of one, for the thread."""
    words = text.strip()
    if len(words) <= OPENING:
        return words
    return f"{words[:OPENING].rsplit(maxsplit=1)[0].rstrip()} …"
