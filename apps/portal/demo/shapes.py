"""The shapes in which the demo municipality is written down.

Everything here is plain data. Days are counted from the day of seeding in the municipality's own
zone: `days_ago` backwards, `day` forwards (a negative day is past), so the demo never grows old.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["administrator", "official", "moderator", "resident", "visitor"]
Kind = Literal["view", "question", "proposal"]
Icon = Literal["sound", "leaf", "view", "home", "coin", "road"]
DocumentKind = Literal["plan", "report", "table", "minutes"]
State = Literal["open", "closed", "draft", "review"]
Reason = Literal["personal_attack", "private_information", "off_topic", "spam", "duplicate", "unlawful"]


def prose(text: str) -> str:
    """Return the text with each paragraph and each list item on one line.

    The content modules wrap their lines for the reader of the code; people who write in a
    text field do not.
    """
    blocks = []
    for block in text.strip().split("\n\n"):
        lines: list[str] = []
        for line in (part.strip() for part in block.splitlines()):
            if lines and not line.startswith("- "):
                lines[-1] = f"{lines[-1]} {line}"
            else:
                lines.append(line)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A part of the municipality where people live."""

    slug: str
    name: str
    postal_codes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """The municipality itself, as its footer and its settings name it."""

    name: str
    site_name: str
    code: str
    address: str
    phone: str
    email: str
    districts: tuple[District, ...]


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """An association with an account. No real one has the CVR number."""

    name: str
    cvr: str
    email: str
    chair: str
    speaker: str
    asked_days_ago: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone with an account. A visitor has a confirmed e-mail and no residency."""

    key: str
    name: str
    email: str
    role: Role
    title: str = ""
    department: str = ""
    district: str = ""
    joined_days_ago: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A number and what it is a number of."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of whole local days, both included. `last_day` None is open-ended."""

    slug: str
    title: str
    first_day: int
    last_day: int | None
    writing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A PDF in `apps/portal/demo/documents/`, and what stands in it in a sentence."""

    title: str
    kind: DocumentKind
    file: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A file of GeoJSON in `apps/portal/demo/documents/`, what it shows in words, and distances in metres."""

    file: str
    description: str
    rings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A citizens' meeting on a coming or a past day; one that is past may have minutes about some topics.

    `comers` signed up, a day after people could write.
    """

    title: str
    day: int
    starts: str
    ends: str
    place: str
    access: str
    about: str = ""
    places: int | None = None
    comers: tuple[str, ...] = ()
    minutes: str = ""
    minutes_topics: tuple[str, ...] = ()
    attended: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The case worker whom people may ring."""

    person: str
    phone: str
    hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A named question with one thread."""

    slug: str
    title: str
    question: str
    icon: Icon
    facts: tuple[Fact, ...] = ()
    facts_source: str = ""
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """No moderator has decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A moderator let it through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A moderator refused it: the public sentence shows in the thread, the facts never."""

    reason: Reason
    public: str
    facts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A moderator moved it to the topic where it belongs, and published it there."""

    to: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """The author took it back while it waited."""


Outcome = Waiting | Published | Refused | Moved | Withdrawn
PUBLISHED = Published()
WAITING = Waiting()
WITHDRAWN = Withdrawn()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that came with a contribution, with the name it had; `made` draws it."""

    name: str
    about: str
    made: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One contribution. Its time is `days_ago` with `time`, or `hours_ago` and neither of them."""

    ref: str
    author: str
    topic: str
    kind: Kind
    body: str
    days_ago: int = 0
    time: str = ""
    hours_ago: float = 0.0
    reply_to: str | None = None
    outcome: Outcome = PUBLISHED
    moderator: str = "sofie"
    files: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What came by letter or telephone, and was typed in two days later: `days_ago`, at `time`. It is published."""

    channel: Literal["letter", "phone"]
    topic: str
    name: str
    body: str
    days_ago: int
    time: str
    address: str = ""
    postal_line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The municipality's answer, in the thread of the contribution that it answers."""

    ref: str
    official: str
    reply_to: str
    days_ago: int
    time: str
    body: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One claim of a summary and the refs of the contributions that it rests on."""

    title: str
    body: str
    cites: tuple[str, ...]
    title_en: str = ""
    body_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """An official's summary; it covers what was received up to and including a day."""

    title: str
    official: str
    days_ago: int
    time: str
    covers_until_days_ago: int
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What a colleague says about a draft that they were asked to look at."""

    official: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A step after the deadline, and the sentence that everyone reads about it."""

    to: Literal["considered", "decided", "followed_up"]
    days_ago: int
    time: str
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """A consultation with all that its page shows.

    Published at local midnight of its writing phase's first day; contributions are accepted until
    the end of that phase's last day.
    """

    slug: str
    title: str
    state: State
    official: str
    lede: str
    body: str
    topics: tuple[Topic, ...]
    phases: tuple[Phase, ...]
    contact: Contact
    # Who is invited: kind and name.
    parties: tuple[tuple[str, str], ...] = ()
    # The code of the law that asks for the hearing.
    legal_basis: str = ""
    # English versions by the Danish texts.
    english: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    decision_day: int | None = None
    decision_note: str = ""
    residents_only: bool = False
    documents: tuple[Document, ...] = ()
    map: Map | None = None
    meeting: Meeting | None = None
    voices: tuple[Voice, ...] = ()
    letters: tuple[Letter, ...] = ()
    answers: tuple[Answer, ...] = ()
    summary: Summary | None = None
    comments: tuple[Comment, ...] = ()
    stages: tuple[Stage, ...] = ()
