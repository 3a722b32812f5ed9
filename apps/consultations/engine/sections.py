"""A proposal's text in sections: lines that begin with # are headings, and what stands under each is small Markdown."""

import re
from dataclasses import dataclass
from html import escape
from itertools import count

from apps.common.richtext import to_html
from apps.common.slugs import danish_slug

LONGEST_SECTION = 10_000
_HEADING = re.compile(r"^(#{1,3})[ \t]+(.*?)[ \t]*#*[ \t]*$")
# The page has its title, and over the proposal a heading of its own.
_ELEMENTS = {1: "h3", 2: "h4"}


@dataclass(frozen=True)
class Section:
    """A stretch of the text. What stands before the first heading has no title; level 2 stands under a level 1."""

    level: int
    title: str
    anchor: str
    body: str


def sections_of(text: str) -> list[Section]:
    """Return the sections in order. Each has an address within the page, and no level is left out."""
    found: list[tuple[int, str, list[str]]] = [(0, "", [])]
    for line in text.splitlines():
        heading = _HEADING.match(line)
        if heading and heading[2]:
            level = 2 if len(heading[1]) > 2 and found[-1][0] else 1  # noqa: PLR2004 - three signs
            found.append((level, heading[2], []))
        else:
            found[-1][2].append(line)
    taken: set[str] = set()
    return [
        Section(level, title, _anchor(title, taken), "\n".join(lines).strip())
        for level, title, lines in found
        if title or any(line.strip() for line in lines)
    ]


def _anchor(title: str, taken: set[str]) -> str:
    if not title:
        return ""
    wanted = f"section-{danish_slug(title)}".rstrip("-")
    names = (wanted, *()) if wanted not in taken else (f"{wanted}-{step}" for step in count(2))
    anchor = next(name for name in names if name not in taken)
    taken.add(anchor)
    return anchor


def proposal_html(text: str) -> str:
    """Return the whole text as safe HTML: headings as plain words, everything else through `richtext`."""
    return "\n".join(part for section in sections_of(text) for part in _parts(section) if part)


def _parts(section: Section) -> tuple[str, str]:
    element = _ELEMENTS.get(section.level, "")
    title = f'<{element} id="{section.anchor}">{escape(section.title)}</{element}>' if element else ""
    return title, to_html(section.body) if section.body else ""


@dataclass(frozen=True)
class ContentsLine:
    """A heading in the table of contents, with those under it."""

    title: str
    anchor: str
    below: "list[ContentsLine]"


def contents_of(text: str) -> list[ContentsLine]:
    """Return the table of contents; nothing for a text with fewer than two headings, which needs none."""
    headings = [section for section in sections_of(text) if section.level]
    lines: list[ContentsLine] = []
    for heading in headings:
        place = lines[-1].below if heading.level > 1 else lines
        place.append(ContentsLine(heading.title, heading.anchor, []))
    return lines if len(headings) > 1 else []
