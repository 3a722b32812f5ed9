"""What a source holds, in one shape for all formats: consultations, topics, rows and what could not be read."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

MAX_BODY = 10_000


class Moderation(StrEnum):
    """What the source's own moderators decided."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PENDING = "pending"


class Note(StrEnum):
    """Why a reply of the source stands as a contribution of its own."""

    NONE = ""
    PARENT_MISSING = "in reply to a contribution that is not in the source"
    PARENT_LATER = "in reply to a contribution that the source dates later"
    PARENT_ELSEWHERE = "in reply to a contribution in another topic"


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceRow:
    """One contribution of the source.

    As read, `parent_id` is what the source names. After `flatten_replies` it is the root of the
    thread, and `in_reply_to` is what was answered where that is not the root itself.
    """

    source_id: str
    author: str | None
    author_role: str = ""
    topic: str
    topic_title: str
    parent_id: str | None
    in_reply_to: str | None = None
    created_at: datetime
    body: str
    moderation: Moderation
    empty: bool
    note: Note = Note.NONE
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceTopic:
    """A topic in the source's order; without a title there it is called by its id."""

    source_id: str
    title: str
    description: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceProblem:
    """A row that could not be read: where it begins, and why, as a sentence."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceConsultation:
    """All that was read of one source; rows by time received, replies flattened to one level.

    `unreadable` means that a whole file is missing or is not what it should be: then nothing can be
    imported, not even by leaving out bad rows. `file` is the one that the rows stand in.
    """

    title: str
    file: str
    description: str = ""
    topics: list[SourceTopic] = field(default_factory=list)
    rows: list[SourceRow] = field(default_factory=list)
    problems: list[SourceProblem] = field(default_factory=list)
    unreadable: bool = False
