"""The story that a consultation's entries tell, folded in the order of their positions.

Nothing here reads rows: what the rows say is held against the story in `agreement`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from apps.consultations.enums import (
    CONSULTATION_DRAFTED,
    CONSULTATION_PUBLISHED,
    DOCUMENT_ADDED,
    PHASE_SET,
    TOPIC_ADDED,
)
from apps.discussions.enums import (
    ANSWER_PUBLISHED,
    CONTRIBUTION_CLEARED,
    CONTRIBUTION_ERASED,
    CONTRIBUTION_HIDDEN,
    CONTRIBUTION_MOVED,
    CONTRIBUTION_PUBLISHED,
    CONTRIBUTION_RECEIVED,
    CONTRIBUTION_REDACTED,
    CONTRIBUTION_REFUSED,
    CONTRIBUTION_REOPENED,
    CONTRIBUTION_RESTORED,
    CONTRIBUTION_RETURNED,
    CONTRIBUTION_REVISED,
    CONTRIBUTION_WITHDRAWN,
    ContributionKind,
    ContributionStatus,
)
from apps.publications.enums import SUMMARY_DRAFTED, SUMMARY_PUBLISHED

KEPT_BACK = (ContributionStatus.REFUSED, ContributionStatus.HIDDEN)


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
    fingerprints: list[str]
    decided_at: datetime | None = None
    answered_at: datetime | None = None
    reason: str | None = None
    erased_at: datetime | None = None
    ground: str = ""
    replies: list[int] = field(default_factory=list)

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
class ConsultationStory:
    """What the entries of one consultation tell."""

    subject_id: int | None = None
    published_at: datetime | None = None
    phases: int = 0
    topics: dict[int, str] = field(default_factory=dict)
    documents: list[str] = field(default_factory=list)
    numbers: dict[int, ContributionStory] = field(default_factory=dict)
    # Where a number stood before it was moved: (number, topic) and the root it stood under there.
    signposts: dict[tuple[int, int], int] = field(default_factory=dict)
    summary: SummaryStory | None = None

    def published_in(self, topic_id: int) -> tuple[int, int]:
        """Return how many contributions and how many answers a topic shows."""
        shown = [told for told in self.numbers.values() if told.topic_id == topic_id and told.is_published]
        answers = sum(1 for told in shown if told.kind == ContributionKind.ANSWER)
        return len(shown) - answers, answers


def story_of(entries: Iterable[Told]) -> ConsultationStory:
    """Return the story of one consultation's entries; raises Disagreement where it contradicts itself."""
    story = ConsultationStory()
    for told in entries:
        tell = _CHAPTERS.get(told.kind)
        if tell:
            tell(story, told)
        elif told.kind.startswith(("contribution.", "answer.")):
            raise Disagreement(f"Entry {told.entry}: nobody knows what {told.kind} does to a contribution")
    return story


def _drafted(story: ConsultationStory, told: Told) -> None:
    _expect(story.subject_id is None, told, "the consultation was drafted twice")
    story.subject_id = told.subject_id


def _opened(story: ConsultationStory, told: Told) -> None:
    _expect(story.subject_id == told.subject_id, told, "the consultation was published, but never drafted")
    _expect(story.published_at is None, told, "the consultation was published twice")
    story.published_at = told.at


def _phases_set(story: ConsultationStory, told: Told) -> None:
    story.phases = told.facts["phases"]


def _topic_added(story: ConsultationStory, told: Told) -> None:
    _expect(told.subject_id not in story.topics, told, "the topic was added twice")
    story.topics[told.subject_id] = told.facts["slug"]


def _document_added(story: ConsultationStory, told: Told) -> None:
    story.documents.append(told.facts["sha256"])


def _received(story: ConsultationStory, told: Told) -> None:
    _receive(story, told, kind=told.facts["kind"], status=ContributionStatus.WAITING)


def _answered(story: ConsultationStory, told: Told) -> None:
    answer = _receive(story, told, kind=ContributionKind.ANSWER, status=ContributionStatus.PUBLISHED)
    answer.decided_at = told.at
    asked = story.numbers.get(answer.in_reply_to or 0)
    if asked is None or not asked.is_published:
        raise Disagreement(f"Entry {told.entry}: no. {told.number} answers what was not published")
    asked.answered_at = asked.answered_at or told.at


def _receive(story: ConsultationStory, told: Told, *, kind: str, status: str) -> ContributionStory:
    number, expected = told.number or 0, len(story.numbers) + 1
    _expect(number not in story.numbers, told, "the number was given twice")
    _expect(number == expected, told, f"the next number was {expected}")
    _expect(told.topic_id in story.topics, told, "the topic was never added")
    answered = story.numbers.get(told.facts["in_reply_to"] or 0)
    _expect(not told.facts["in_reply_to"] or answered is not None, told, "what it answers was never received")
    root = answered.root if answered else number
    if answered:
        _expect(answered.topic_id == told.topic_id, told, "what it answers stands in another topic")
        story.numbers[root].replies.append(number)
    made = ContributionStory(
        number=number,
        subject_id=told.subject_id,
        topic_id=told.topic_id or 0,
        root=root,
        in_reply_to=told.facts["in_reply_to"],
        kind=kind,
        status=status,
        received_at=told.at,
        fingerprints=[told.facts["fingerprint"]],
    )
    story.numbers[number] = made
    return made


def _revised(story: ConsultationStory, told: Told) -> None:
    contribution = _standing(story, told, ContributionStatus.WAITING, ContributionStatus.RETURNED)
    _wait_again(contribution)
    _expect(told.facts["version"] == contribution.version + 1, told, "a version is missing or told twice")
    contribution.fingerprints.append(told.facts["fingerprint"])


def _published(story: ConsultationStory, told: Told) -> None:
    contribution = _decided(story, told, ContributionStatus.PUBLISHED)
    _expect(
        told.facts["fingerprint"] == contribution.fingerprints[-1], told, "another text was published than received"
    )


def _refused(story: ConsultationStory, told: Told) -> None:
    _decided(story, told, ContributionStatus.REFUSED).reason = told.facts["reason"]


def _returned(story: ConsultationStory, told: Told) -> None:
    _decided(story, told, ContributionStatus.RETURNED).reason = told.facts["reason"]


def _reopened(story: ConsultationStory, told: Told) -> None:
    states = (ContributionStatus.PUBLISHED, ContributionStatus.REFUSED, ContributionStatus.RETURNED)
    contribution = _standing(story, told, *states)
    answered = any(other.in_reply_to == contribution.number for other in story.numbers.values())
    _expect(not answered and contribution.erased_at is None, told, "it was answered, or its text is gone")
    _expect(told.facts["version"] == contribution.version, told, "another version waits again than the last")
    _wait_again(contribution)


def _redacted(story: ConsultationStory, told: Told) -> None:
    contribution = _standing(story, told, ContributionStatus.WAITING, ContributionStatus.PUBLISHED)
    _expect(contribution.kind != ContributionKind.ANSWER, told, "it is the municipality's answer")
    _expect(told.facts["version"] == contribution.version + 1, told, "a version is missing or told twice")
    contribution.fingerprints.append(told.facts["fingerprint"])


def _wait_again(contribution: ContributionStory) -> None:
    contribution.status, contribution.decided_at, contribution.reason = ContributionStatus.WAITING, None, None


def _hidden(story: ConsultationStory, told: Told) -> None:
    contribution = _standing(story, told, ContributionStatus.PUBLISHED)
    _expect(contribution.kind != ContributionKind.ANSWER, told, "it is the municipality's answer")
    contribution.status, contribution.decided_at = ContributionStatus.HIDDEN, told.at
    contribution.reason = told.facts["reason"]


def _restored(story: ConsultationStory, told: Told) -> None:
    contribution = _standing(story, told, ContributionStatus.REFUSED, ContributionStatus.HIDDEN)
    _expect(contribution.erased_at is None, told, "its text is gone")
    _expect(told.facts["fingerprint"] == contribution.fingerprints[-1], told, "another text is shown than before")
    contribution.status, contribution.decided_at, contribution.reason = ContributionStatus.PUBLISHED, told.at, None


def _withdrawn(story: ConsultationStory, told: Told) -> None:
    states = (ContributionStatus.WAITING, ContributionStatus.RETURNED, ContributionStatus.PUBLISHED)
    contribution = _standing(story, told, *states)
    _expect(contribution.kind != ContributionKind.ANSWER, told, "it is the municipality's answer")
    contribution.status, contribution.decided_at = ContributionStatus.WITHDRAWN, told.at


def _erased(story: ConsultationStory, told: Told) -> None:
    states = (*KEPT_BACK, ContributionStatus.PUBLISHED, ContributionStatus.WITHDRAWN)
    contribution = _unerased(_standing(story, told, *states), told)
    contribution.status, contribution.ground = ContributionStatus.ERASED, told.facts["ground"]


def _cleared(story: ConsultationStory, told: Told) -> None:
    _unerased(_standing(story, told, *KEPT_BACK), told)


def _unerased(contribution: ContributionStory, told: Told) -> ContributionStory:
    _expect(contribution.erased_at is None, told, "its text was erased before")
    contribution.erased_at = told.at
    return contribution


def _decided(story: ConsultationStory, told: Told, status: str) -> ContributionStory:
    contribution = _waiting(story, told)
    _expect(told.facts["version"] == contribution.version, told, "another version was decided than the last")
    contribution.status, contribution.decided_at = status, told.at
    return contribution


def _waiting(story: ConsultationStory, told: Told) -> ContributionStory:
    return _standing(story, told, ContributionStatus.WAITING)


def _standing(story: ConsultationStory, told: Told, *states: str) -> ContributionStory:
    """Return the number, which stands in the topic of the entry and in one of these states."""
    contribution = _known(story, told)
    _expect(contribution.status in states, told, f"it was {contribution.status} before")
    _expect(contribution.topic_id == told.topic_id, told, "it stands in another topic")
    return contribution


def _moved(story: ConsultationStory, told: Told) -> None:
    contribution = _known(story, told)
    left, to = contribution.topic_id, told.topic_id or 0
    movable = contribution.is_published or contribution.status == ContributionStatus.WAITING
    _expect(movable, told, f"it was {contribution.status} before")
    _expect(story.topics.get(left) == told.facts["from"], told, "it was not in the topic it was moved from")
    _expect(story.topics.get(to) == told.facts["to"] and to != left, told, "it was moved to no other topic")
    if contribution.root != contribution.number:
        story.numbers[contribution.root].replies.remove(contribution.number)
    followers = list(told.facts["replies"])
    _expect(followers in ([], contribution.replies), told, "its replies neither all followed nor all stayed")
    for number in (contribution.number, *followers):
        _carry(story, story.numbers[number], to)
    contribution.root = contribution.number
    if not followers:
        for number in contribution.replies:
            story.numbers[number].root = number
        contribution.replies = []


def _carry(story: ConsultationStory, contribution: ContributionStory, to: int) -> None:
    """Move one number and leave its signpost; where it returns to, the signpost goes."""
    story.signposts[contribution.number, contribution.topic_id] = contribution.root
    story.signposts.pop((contribution.number, to), None)
    contribution.topic_id = to


def _known(story: ConsultationStory, told: Told) -> ContributionStory:
    contribution = story.numbers.get(told.number or 0)
    if contribution is None:
        raise Disagreement(f"Entry {told.entry} ({told.kind}): no. {told.number} was never received")
    _expect(contribution.subject_id == told.subject_id, told, "it tells of another row than the receipt")
    return contribution


def _summary_drafted(story: ConsultationStory, told: Told) -> None:
    if story.summary is None:
        story.summary = SummaryStory(told.subject_id, drafts=0)
    story.summary.drafts = told.facts["statements"]


def _summary_published(story: ConsultationStory, told: Told) -> None:
    summary = story.summary
    if summary is None or summary.subject_id != told.subject_id:
        raise Disagreement(f"Entry {told.entry}: the summary was published, but never drafted")
    _expect(told.facts["version"] == summary.version + 1, told, "a version is missing or told twice")
    summary.version, summary.published_at = told.facts["version"], told.at
    summary.numbers, summary.fingerprint = told.facts["numbers"], told.facts["fingerprint"]


def _expect(holds: bool, told: Told, otherwise: str) -> None:  # noqa: FBT001 - a condition and its sentence
    if not holds:
        number = f", no. {told.number}" if told.number else ""
        raise Disagreement(f"Entry {told.entry} ({told.kind}{number}): {otherwise}")


_CHAPTERS: dict[str, Callable[[ConsultationStory, Told], None]] = {
    CONSULTATION_DRAFTED.name: _drafted,
    CONSULTATION_PUBLISHED.name: _opened,
    PHASE_SET.name: _phases_set,
    TOPIC_ADDED.name: _topic_added,
    DOCUMENT_ADDED.name: _document_added,
    CONTRIBUTION_RECEIVED.name: _received,
    CONTRIBUTION_REVISED.name: _revised,
    CONTRIBUTION_PUBLISHED.name: _published,
    CONTRIBUTION_REFUSED.name: _refused,
    CONTRIBUTION_RETURNED.name: _returned,
    CONTRIBUTION_REOPENED.name: _reopened,
    CONTRIBUTION_HIDDEN.name: _hidden,
    CONTRIBUTION_REDACTED.name: _redacted,
    CONTRIBUTION_RESTORED.name: _restored,
    CONTRIBUTION_MOVED.name: _moved,
    CONTRIBUTION_WITHDRAWN.name: _withdrawn,
    CONTRIBUTION_ERASED.name: _erased,
    CONTRIBUTION_CLEARED.name: _cleared,
    ANSWER_PUBLISHED.name: _answered,
    SUMMARY_DRAFTED.name: _summary_drafted,
    SUMMARY_PUBLISHED.name: _summary_published,
}
