"""What an article of a thread is made of, so that its template decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from apps.common.richtext import trusted
from apps.discussions.rendering.proposals import ShownProgress

NOTHING = trusted("")


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownFile:
    """A file beside a text. Of one that the reader cannot open only `instead` is told: why it is not there."""

    url: str = ""
    image_url: str = ""
    name: str = ""
    facts: str = ""
    description: str = ""
    instead: str = ""


@dataclass(kw_only=True, slots=True)
class Article:
    """One article as shown. A trace has no name, no marks and no text."""

    number: str
    attributes: SafeString
    link: str
    style: str
    name: str = ""
    initials: str = ""
    marks: SafeString = NOTHING
    meta: SafeString = NOTHING
    html: SafeString = NOTHING
    source: str = ""
    note: str = ""
    is_unread: bool = False
    after: str = ""
    files: Sequence[ShownFile] = ()
    cited: Sequence[Any] = ()
    treated: Sequence[Any] = ()
    links: Sequence[SafeString] = ()
    correct_url: str = ""
    reply_url: str = ""
    answer_url: str = ""
    report_url: str = ""
    symbol: str = ""
    reason: str = ""
    moved_to: str = ""
    steps: Sequence["ShownStep"] = ()
    status_url: str = ""
    agree_url: str = ""
    is_agreed: bool = False
    sum: str = ""
    progress: ShownProgress | None = None
    letter: str = ""
    letter_url: str = ""
    place: str = ""
    place_url: str = ""


@dataclass(frozen=True, slots=True)
class ShownStep:
    """What the municipality said becomes of a suggestion, and when."""

    badge: SafeString
    sentence: str
    when: SafeString


@dataclass(frozen=True, slots=True)
class ShownRun:
    """One article, or several traces that open from one line."""

    articles: list[Article]
    words: str


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A root with its replies; `continued` names a root that stands on an earlier page."""

    root: ShownRun | None
    replies: list[ShownRun]
    number: int
    link: str
    continued: str
