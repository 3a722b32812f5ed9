"""What a story is made of, and the refusal of one that contradicts itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from apps.consultations.enums import ConsultationStatus, ModerationMode
from apps.discussions.enums import (
    ContributionKind,
    ContributionStatus,
)


class Disagreement(Exception):
    """The first thing that is wrong, as a sentence."""


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as it is read."""

    entry: int
    kind: str
    at: datetime
    subject_id: int
    topic_id: int | None
    number: int | None
    facts: dict[str, Any]


@dataclass(slots=True)
class ContributionStory:
    """What became of one number so far. `fingerprints` has one for each version of the text.

    Of a text that was moved here the fingerprints before the last are not told one by one: `former` is what they make
    together. When it is moved away nothing of the text is here any more.
    `unread_since` is when it was published by rule, until a moderator dealt with it.
    From `erased_at` on nothing of the text is kept; `ground` is why, and empty where the time to appeal was over.
    """

    number: int
    subject_id: int
    topic_id: int
    root: int
    in_reply_to: int | None
    kind: str
    status: str
    received_at: datetime
    fingerprints: list[str | None]
    decided_at: datetime | None = None
    unread_since: datetime | None = None
    answered_at: datetime | None = None
    reason: str | None = None
    erased_at: datetime | None = None
    ground: str = ""
    letter: int | None = None
    replies: list[int] = field(default_factory=list)
    former: str = ""
    came_late: bool = False
    # Fingerprints of the files that stand beside it, in their order, and of those that are held back.
    files: list[str] = field(default_factory=list)
    held_files: set[str] = field(default_factory=set)
    # How and on which day it came, of what was typed in by staff.
    outside: tuple[str, str] | None = None
    # Of an answer: what it answers together, and which answer it corrects.
    answers: list[int] = field(default_factory=list)
    corrects: int | None = None

    @property
    def is_moved_away(self) -> bool:
        """Its text went to another consultation."""
        return self.status == ContributionStatus.MOVED

    @property
    def version(self) -> int:
        """The version of the text, from 1."""
        return len(self.fingerprints)

    @property
    def is_published(self) -> bool:
        """Everyone can read it."""
        return self.status == ContributionStatus.PUBLISHED


@dataclass(slots=True)
class SummaryStory:
    """What was written and published of a consultation's summary."""

    subject_id: int
    drafts: int
    version: int = 0
    published_at: datetime | None = None
    numbers: Sequence[int] = ()
    fingerprint: str = ""


@dataclass(slots=True)
class WhitePaperStory:
    """What was written of a consultation's white paper, and its published versions.

    Statements with their disposition and fingerprint; how many points each rests on of which number; what was noted
    and left out; of each version the checksum and how many contributions were received, left out, and statements.
    """

    subject_id: int
    status: str = "draft"
    statements: dict[int, tuple[str, str]] = field(default_factory=dict)
    points: dict[tuple[int, int], int] = field(default_factory=dict)
    noted: set[int] = field(default_factory=set)
    left_out: dict[int, tuple[str, int | None]] = field(default_factory=dict)
    versions: dict[int, tuple[str, int, int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class MeetingStory:
    """What became of a meeting. `waiting` are the sign-ups on its waiting list, in their order."""

    subject_id: int
    is_called_off: bool = False
    minutes: Sequence[int] | None = None
    placed: set[int] = field(default_factory=set)
    waiting: list[int] = field(default_factory=list)
    has_new_limit: bool = False


@dataclass(slots=True)
class PartyStory:
    """A hearing party: what it is, how and when it was invited, and whether it has answered."""

    kind: str
    invitations: dict[int, tuple[str, str]] = field(default_factory=dict)
    has_answered: bool = False


@dataclass(slots=True)
class OutcomeStory:
    """How the case ends: the recommendation's row and the fingerprint of each version of it, and the meetings.

    Of each meeting, by its number, there are its row and, for each version, outcome, whether it ends the case, and
    fingerprint.
    """

    recommendation: int | None = None
    recommended: list[str] = field(default_factory=list)
    meetings: dict[int, tuple[int, list[tuple[str, str, str]]]] = field(default_factory=dict)
    # Of each notice, by the version of the decision and the number of its person, whether it has left.
    notices: dict[tuple[int, int], bool] = field(default_factory=dict)
    # Of each promise, by its number, what was told of it: status, day and fingerprint.
    promises: dict[int, list[tuple[str, str, str]]] = field(default_factory=dict)


@dataclass(slots=True)
class ConsultationStory:
    """What the entries of one consultation tell."""

    subject_id: int | None = None
    published_at: datetime | None = None
    mode: str = ModerationMode.BEFORE
    phases: int = 0
    # By which law it is held, whether late contributions are taken, the days that it lasts instead of the law's.
    basis: str = "none"
    late: str = "no"
    shortened: tuple[int, int] | None = None
    # Deadlines that were moved: which change, from when, to when.
    deadlines: dict[int, tuple[str, str]] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    # Topics that were merged, and into which.
    merged: dict[int, int] = field(default_factory=dict)
    meetings: dict[int, MeetingStory] = field(default_factory=dict)
    # Where it stands, and which phases were told to have begun or ended: what, and when.
    status: str = ConsultationStatus.DRAFT
    told_phases: set[tuple[str, str]] = field(default_factory=set)
    # Which role each place in the team has.
    team: dict[int, str] = field(default_factory=dict)
    # The fingerprint of each version of what is proposed.
    proposals: dict[int, str] = field(default_factory=dict)
    # Who is invited, by the id of the party.
    parties: dict[int, PartyStory] = field(default_factory=dict)
    # How many of its texts have an English version.
    english: int = 0
    # The checksum of each version of a document, and which versions are held back.
    documents: dict[int, list[str]] = field(default_factory=dict)
    held: set[tuple[int, int]] = field(default_factory=set)
    # The map as it was last set: features, points and the checksum of its file.
    map: tuple[int, int, str] | None = None
    numbers: dict[int, ContributionStory] = field(default_factory=dict)
    # Where a number stood before it was moved: (number, topic) and the root it stood under there.
    signposts: dict[tuple[int, int], int] = field(default_factory=dict)
    # Letters that several people sent, and the topic of each.
    letters: dict[int, int] = field(default_factory=dict)
    # What was said to become of suggestions, by number: status and fingerprint of the sentence, first word first.
    suggestions: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    # How many agreed with a number when that was last told.
    agreed: dict[int, int] = field(default_factory=dict)
    # Citizen proposals by number: supporters needed, days with those added, least age, how it ended and with how many
    # supporters.
    citizens: dict[int, tuple[int, int, int, str, int | None]] = field(default_factory=dict)
    # Who has to answer what, by the row of the text, and how far each draft of an answer is: status and revision.
    assigned: dict[int, str] = field(default_factory=dict)
    answer_drafts: dict[int, tuple[str, int]] = field(default_factory=dict)
    summary: SummaryStory | None = None
    white_paper: WhitePaperStory | None = None
    outcome: OutcomeStory = field(default_factory=OutcomeStory)
    # When somebody was last given a number for what they wrote: to be moved here is no receipt.
    last_received_at: datetime | None = None

    def letter(self, subject_id: int) -> tuple[int | None, int]:
        """Return which number is shown for a letter, and how many of its texts everyone can read."""
        shown = [told.number for told in self.numbers.values() if told.letter == subject_id and told.is_published]
        return min(shown, default=None), len(shown)

    def published_in(self, topic_id: int) -> tuple[int, int]:
        """Return how many contributions and how many answers a topic shows."""
        shown = [told for told in self.numbers.values() if told.topic_id == topic_id and told.is_published]
        answers = sum(1 for told in shown if told.kind == ContributionKind.ANSWER)
        return len(shown) - answers, answers


def expect(holds: bool, told: Told, otherwise: str) -> None:  # noqa: FBT001 - a condition and its sentence
    """Pass where the condition holds; raises Disagreement with the sentence otherwise."""
    if not holds:
        number = f", no. {told.number}" if told.number else ""
        raise Disagreement(f"Entry {told.entry} ({told.kind}{number}): {otherwise}")


def known(story: ConsultationStory, told: Told) -> ContributionStory:
    """Return the number that an entry is about; raises Disagreement where it was never received."""
    contribution = story.numbers.get(told.number or 0)
    if contribution is None:
        raise Disagreement(f"Entry {told.entry} ({told.kind}): no. {told.number} was never received")
    expect(contribution.subject_id == told.subject_id, told, "it tells of another row than the receipt")
    return contribution


def standing(story: ConsultationStory, told: Told, *states: str) -> ContributionStory:
    """Return the number, which stands in the topic of the entry and in one of these states."""
    contribution = known(story, told)
    expect(contribution.status in states, told, f"it was {contribution.status} before")
    expect(contribution.topic_id == told.topic_id, told, "it stands in another topic")
    return contribution


Chapter = Callable[[ConsultationStory, Told], None]
