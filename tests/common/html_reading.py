"""Reads the HTML of a contribution the way a strict checker does: what is not on the list is named."""

import re
from html.parser import HTMLParser

ALLOWED = {"p", "br", "ul", "ol", "li", "em", "strong", "blockquote", "a"}
NESTING = {"ul", "ol", "blockquote"}
REL = "nofollow ugc noopener"


class Reader(HTMLParser):
    """Collects links, words, depth and everything that must not be there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.offences: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.blocks = 0
        self.deepest = 0
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.offences.append(f"<{tag}>")
        self._read_attributes(tag, dict(attrs))
        if tag != "br":
            self._open.append(tag)
        self.blocks += tag in {"p", "ul", "ol", "li", "blockquote"}
        self.deepest = max(self.deepest, sum(name in NESTING for name in self._open))

    def _read_attributes(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "a" and attributes.pop("rel", None) != REL:
            self.offences.append("a link without its rel")
        if tag == "a" and "href" in attributes:
            self._read_target(attributes.pop("href") or "")
        if tag == "ol" and (attributes.pop("start", "1") or "").isdecimal() is False:
            self.offences.append("a start that is no number")
        self.offences += [f"{tag} {name}" for name in attributes]

    def _read_target(self, target: str) -> None:
        self.links.append(target)
        if not re.match(r"https?://[^/?#]|mailto:", target, re.IGNORECASE) or re.search(r"[\s\"<>\x00-\x1f]", target):
            self.offences.append(f"target {target!r}")

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.offences.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.offences.append(f"comment {data!r}")

    def handle_decl(self, decl: str) -> None:
        self.offences.append(f"declaration {decl!r}")

    def handle_pi(self, data: str) -> None:
        self.offences.append(f"instruction {data!r}")

    def unknown_decl(self, data: str) -> None:
        self.offences.append(f"section {data!r}")


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    reader.offences += [f"<{tag}> stays open" for tag in reader._open]
    return reader
