"""Makes the body of a contribution from the title and text of a source."""

import re
import unicodedata

from apps.exchange.engine.html_to_markdown import (
    escape_line_starts,
    escape_marks,
    html_to_markdown,
    is_html,
)

_CONTROLS_OF_WINDOWS = re.compile("[\x80-\x9f]")


def body_of(title: str, text: str) -> str:
    """The title as first line, an empty line, the text; HTML as the small Markdown."""
    title, text = repaired(title), repaired(text)
    title = html_to_markdown(title) if is_html(title) else escape_line_starts(escape_marks(" ".join(title.split())))
    title = " ".join(title.split())
    text = html_to_markdown(text) if is_html(text) else text.strip()
    return "\n\n".join(part for part in (title, text) if part)


def repaired(text: str) -> str:
    """The text with one kind of line end, and with Windows' typographic signs that came as controls in their place."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS_OF_WINDOWS.sub(lambda match: match.group().encode("latin-1").decode("cp1252", "ignore"), text)


def has_words(text: str) -> bool:
    """Whether a reader sees anything of the text."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)
