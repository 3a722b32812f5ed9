"""Reads which language each word of a page is marked as: that of the nearest element with a `lang`."""

from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "col"}
# Titles of windows and drawings hold no elements, so no part of them can be marked; scripts are no words.
WORDLESS = {"script", "style", "title"}


class Words(HTMLParser):
    """Collects each piece of text with its language, empty where nothing says."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._open.append((tag, dict(attrs).get("lang") or self.language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not WORDLESS & {tag for tag, _ in self._open}:
            self.pieces.append((data, self.language))

    @property
    def language(self) -> str:
        return self._open[-1][1] if self._open else ""


def words_by_language(html: str) -> list[tuple[str, str]]:
    """Return the words of a page with the language that each is marked as."""
    reader = Words()
    reader.feed(html)
    reader.close()
    return reader.pieces
