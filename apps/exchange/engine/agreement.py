"""Holds what the rows say against the story that the entries tell; raises Disagreement at the first thing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from apps.consultations.enums import ConsultationStatus, ModerationMode
from apps.exchange.engine.story import (
    ConsultationStory,
    ContributionStory,
    Disagreement,
    OutcomeStory,
    PartyStory,
    SummaryStory,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class FileRow:
    """A file that stands beside a contribution. `proven` is the fingerprint of its salt and of the bytes there now."""

    fingerprint: str
    proven: str
    is_held: bool
    is_removed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ContributionRow:
    """A contribution as its row says. `root` and `in_reply_to` are the numbers of the rows it points to.

    `fingerprints` are made of the texts and salts that are kept: former versions first. `is_empty`: there are none.
    `subject_id` is the row of the text; of a number that it was moved away from, the one that it leads to.
    """

    subject_id: int
    number: int
    topic_id: int
    root: int
    root_number: int
    in_reply_to: int | None
    in_reply_to_number: int | None
    kind: str
    status: str
    reason: str | None
    received_at: datetime
    decided_at: datetime | None
    answered_at: datetime | None
    version: int
    fingerprints: list[str]
    is_empty: bool = False
    unread_since: datetime | None = None
    erased_at: datetime | None = None
    ground: str = ""
    letter: int | None = None
    came_late: bool = False
    files: list[FileRow] = field(default_factory=list)
    # Its author's account is deleted: the name was taken away, and the files with it.
    is_forgotten: bool = False
    outside: tuple[str, str] | None = None
    answers: list[int] = field(default_factory=list)
    corrects: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicRow:
    """A topic with its kept counts."""

    subject_id: int
    slug: str
    published_count: int
    answered_count: int
    merged_into: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentRow:
    """A version of a document. `stored` is the checksum of the bytes that lie there, empty where there are none."""

    subject_id: int
    version: int
    sha256: str
    stored: str
    is_held: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SummaryRow:
    """A summary as its rows say; fingerprint and numbers are made of the published statements."""

    subject_id: int
    drafts: int
    version: int
    published_at: datetime | None
    numbers: list[int]
    fingerprint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingRow:
    """A meeting as its row says; `minutes` are the topics of its published minutes."""

    number: int
    subject_id: int
    is_called_off: bool
    minutes: list[int] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsultationRow:
    """A consultation with what belongs to it, apart from its contributions."""

    subject_id: int
    published_at: datetime | None
    phases: int
    topics: list[TopicRow]
    meetings: list[MeetingRow]
    proposals: dict[int, str]
    last_proposal: int
    proposal_version: int
    documents: list["DocumentRow"]
    signposts: set[tuple[int, int, int, int]]
    # Letters that several sent: topic, shown number and size, as they are kept.
    letters: dict[int, tuple[int, int | None, int]]
    next_number: int
    last_received_at: datetime | None
    published_count: int
    summary: SummaryRow | None
    mode: str = ModerationMode.BEFORE
    basis: str = "none"
    late: str = "no"
    shortened: tuple[int, int] | None = None
    deadlines: dict[int, tuple[str, str]] = field(default_factory=dict)
    # Features, points and checksum of the map as its rows are now.
    map: tuple[int, int, str] | None = None
    suggestions: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    agreed: dict[int, int] = field(default_factory=dict)
    citizens: dict[int, tuple[int, int, int, str, int | None]] = field(default_factory=dict)
    team: dict[int, str] = field(default_factory=dict)
    english: int = 0
    parties: dict[int, PartyStory] = field(default_factory=dict)
    status: str = ConsultationStatus.DRAFT
    told_phases: set[tuple[str, str]] = field(default_factory=set)
    assigned: dict[int, str] = field(default_factory=dict)
    answer_drafts: dict[int, tuple[str, int]] = field(default_factory=dict)
    outcome: OutcomeStory = field(default_factory=OutcomeStory)


def hold_consultation(story: ConsultationStory, row: ConsultationRow) -> None:
    """Compare a consultation, its topics, kept counts, signposts and summary with the story."""
    same("the consultation's id", row.subject_id, story.subject_id)
    same("its publication", row.published_at, story.published_at)
    same("when moderators read", row.mode, story.mode)
    same("the number of its phases", row.phases, story.phases)
    same("its legal basis", row.basis, story.basis)
    same("whether late contributions are taken", row.late, story.late)
    same("its shortened period (days, minimum)", row.shortened, story.shortened)
    same("where it stands", row.status, story.status)
    same_set("the phases that were told (what, when)", row.told_phases, story.told_phases)
    same("its team (place: role)", row.team, story.team)
    same("its hearing parties", row.parties, story.parties)
    same("how many texts are in English", row.english, story.english)
    same("its deadlines that were moved (from, to)", row.deadlines, story.deadlines)
    same("its meetings", {row.number: _meeting(row) for row in row.meetings}, _meetings(story))
    _hold_proposals(story, row)
    _hold_documents(story, row)
    same("its map (features, points, checksum)", row.map, story.map)
    same("its topics", {topic.subject_id: topic.slug for topic in row.topics}, story.topics)
    merged = {topic.subject_id: topic.merged_into for topic in row.topics if topic.merged_into}
    same("its topics that were merged (which, into which)", merged, story.merged)
    same("the next number", row.next_number, len(story.numbers) + 1)
    same("the last receipt", row.last_received_at, story.last_received_at)
    _hold_counts(story, row)
    same_set("the signposts (number, topic, root, to)", row.signposts, _signposts(story))
    told = {letter: (topic, *story.letter(letter)) for letter, topic in story.letters.items()}
    same("the letters (topic, shown, size)", row.letters, told)
    same("what becomes of its suggestions (status, fingerprint)", row.suggestions, story.suggestions)
    same("how many agree with its contributions", row.agreed, story.agreed)
    same("its citizen proposals (needed, days, age, end, supporters)", row.citizens, story.citizens)
    same("who has to answer what (row of the text, to whom)", row.assigned, story.assigned)
    same("its drafts of answers (status, revision)", row.answer_drafts, story.answer_drafts)
    _hold_summary(story.summary, row.summary)
    _hold_outcome(story.outcome, row.outcome)


def _meeting(row: MeetingRow) -> tuple[int, bool, list[int] | None]:
    return row.subject_id, row.is_called_off, row.minutes


def _meetings(story: ConsultationStory) -> dict[int, tuple[int, bool, list[int] | None]]:
    return {
        number: (told.subject_id, told.is_called_off, None if told.minutes is None else list(told.minutes))
        for number, told in story.meetings.items()
    }


def _hold_proposals(story: ConsultationStory, row: ConsultationRow) -> None:
    same("the versions of the proposal", row.proposals, story.proposals)
    same("the version of the proposal in force", row.proposal_version, row.last_proposal)


def _hold_documents(story: ConsultationStory, row: ConsultationRow) -> None:
    told = {
        (document, version): sha256
        for document, versions in story.documents.items()
        for version, sha256 in enumerate(versions, start=1)
    }
    same("its documents", {(file.subject_id, file.version): file.sha256 for file in row.documents}, told)
    for file in row.documents:
        name = f"version {file.version} of document {file.subject_id}"
        same(f"the file of {name}", file.stored or "nothing", file.sha256)
    held = {(file.subject_id, file.version) for file in row.documents if file.is_held}
    same_set("the files held back (document, version)", held, story.held)


def _hold_counts(story: ConsultationStory, row: ConsultationRow) -> None:
    shown = 0
    for topic in row.topics:
        published, answers = story.published_in(topic.subject_id)
        shown += published
        same(f"the kept count of the topic {topic.slug}", topic.published_count, published)
        same(f"the kept count of answers of the topic {topic.slug}", topic.answered_count, answers)
    same("the kept count of the consultation", row.published_count, shown)


def _signposts(story: ConsultationStory) -> set[tuple[int, int, int, int]]:
    return {(number, topic, root, story.numbers[number].topic_id) for (number, topic), root in story.signposts.items()}


def hold_contributions(story: ConsultationStory, rows: Iterable[ContributionRow]) -> int:
    """Compare every contribution with the story, by number; return how many there are. Each number has one row."""
    seen = 0
    for row in rows:
        if row.number != seen + 1:
            raise Disagreement(f"No. {seen + 1} has no row" if row.number > seen else f"No. {row.number} has two rows")
        told = story.numbers.get(row.number)
        if told is None:
            raise Disagreement(f"No. {row.number} has a row, but no entry tells of its receipt")
        _hold_contribution(told, row)
        seen += 1
    if seen < len(story.numbers):
        raise Disagreement(f"No. {seen + 1} has no row")
    return seen


def _hold_contribution(told: ContributionStory, row: ContributionRow) -> None:
    for name, held, said in _sides(told, row):
        same(f"{name} of no. {row.number}", held, said)
    if told.erased_at is not None or told.is_moved_away:
        if not row.is_empty:
            gone = "moved away" if told.is_moved_away else "erased"
            raise Disagreement(f"The text of no. {row.number} was {gone}, but its row still holds some of it")
        same(f"the files of no. {row.number}", [file.fingerprint for file in row.files], [])
        return
    _hold_files(told, row)
    for version, (held, said) in enumerate(zip(row.fingerprints, told.fingerprints, strict=True), start=1):
        if held != said and said is not None:
            raise Disagreement(f"The text of no. {row.number} (version {version}) is not the one in the ledger")
    before = told.fingerprints.count(None)
    if before and sha256("\n".join(row.fingerprints[:before]).encode()).hexdigest() != told.former:
        raise Disagreement(f"The former texts of no. {row.number} are not those in the ledger")


def _hold_files(told: ContributionStory, row: ContributionRow) -> None:
    same(f"the files of no. {row.number}", [file.fingerprint for file in row.files], told.files)
    standing = [file for file in row.files if not file.is_removed]
    if len(standing) < len(row.files) and not row.is_forgotten:
        raise Disagreement(f"A file of no. {row.number} was removed, but its author still has an account")
    for file in standing:
        same(f"a file of no. {row.number}", file.proven or "nothing", file.fingerprint)
    held = {file.fingerprint for file in standing if file.is_held}
    told_held = told.held_files.intersection(file.fingerprint for file in standing)
    same_set(f"the files of no. {row.number} that are held back", held, told_held)


def _sides(told: ContributionStory, row: ContributionRow) -> list[tuple[str, Any, Any]]:
    return [
        ("the row", row.subject_id, told.subject_id),
        ("the topic", row.topic_id, told.topic_id),
        ("the root", row.root, told.root),
        ("the root's number", row.root_number, told.root),
        ("what is answered", row.in_reply_to, told.in_reply_to),
        ("the number of what is answered", row.in_reply_to_number, told.in_reply_to),
        ("what it answers together", row.answers, told.answers),
        ("the answer that it corrects", row.corrects, told.corrects),
        ("the state", row.status, told.status),
        ("the reason", row.reason, told.reason),
        ("the receipt", row.received_at, told.received_at),
        ("whether it was on time", row.came_late, told.came_late),
        ("the way and the day it came", row.outside, told.outside),
        ("the decision", row.decided_at, told.decided_at),
        ("the wait to be read", row.unread_since, told.unread_since),
        ("the answer", row.answered_at, told.answered_at),
        ("the erasure", row.erased_at, told.erased_at),
        ("the ground of the erasure", row.ground, told.ground),
        ("the letter", row.letter, told.letter),
        ("the version", row.version, told.version),
        ("the number of texts", len(row.fingerprints), 1 if told.is_moved_away else told.version),
        # What a text is meant as may change with the text; the entry of a revision does not tell it.
        ("the kind", row.kind if told.version == 1 else told.kind, told.kind),
    ]


def _hold_summary(told: SummaryStory | None, row: SummaryRow | None) -> None:
    if told is None or row is None:
        same("the summary", row, told)
        return
    same("the summary's row", row.subject_id, told.subject_id)
    same("the summary's version", row.version, told.version)
    same("the summary's publication", row.published_at, told.published_at)
    same("the number of drafted statements", row.drafts, told.drafts)
    same("the numbers that the summary cites", row.numbers, list(told.numbers))
    if row.version and row.fingerprint != told.fingerprint:
        raise Disagreement("The summary's text is not the one in the ledger")


def _hold_outcome(told: OutcomeStory, row: OutcomeStory) -> None:
    same("the recommendation's row", row.recommendation, told.recommendation)
    same("the versions of the recommendation", row.recommended, told.recommended)
    same("the meetings that treat the case", row.meetings, told.meetings)
    same("what was promised (status, day, fingerprint)", row.promises, told.promises)
    same("the notices of the decision (version, number: sent)", row.notices, told.notices)


def same_set(name: str, held: set[Any], said: set[Any]) -> None:
    """Pass two sets that are the same; raises Disagreement with what only one of them holds."""
    if held != said:
        same(name, sorted(held - said), sorted(said - held))


def same(name: str, held: object, said: object) -> None:
    """Pass what the rows and the ledger both say; raises Disagreement with the name of what they differ about."""
    if held != said:
        raise Disagreement(f"{name[0].upper()}{name[1:]}: the row says {_word(held)}, the ledger says {_word(said)}")


def _word(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
