"""What the entries tell of who has to answer what, by the row of the text, and of answers before they are published."""

from apps.discussions.enums import ContributionKind
from apps.exchange.engine.story.shapes import Chapter, ConsultationStory, Told, expect
from apps.publications.enums import (
    ANSWER_DISCARDED,
    ANSWER_DRAFT_PUBLISHED,
    ANSWER_DRAFTED,
    ANSWER_SENT_BACK,
    ANSWER_SENT_TO_READER,
    ANSWER_TAKEN_BACK,
    ASSIGNMENT_ENDED,
    ASSIGNMENT_MADE,
    DraftStatus,
)

OPEN = (DraftStatus.WRITING, DraftStatus.SENT_BACK)


def _assigned(story: ConsultationStory, told: Told) -> None:
    expect(told.number in story.numbers, told, "it was never received")
    story.assigned[told.subject_id] = told.facts["assignee"]


def _unassigned(story: ConsultationStory, told: Told) -> None:
    expect(told.subject_id in story.assigned, told, "it was given to nobody before")
    del story.assigned[told.subject_id]


def _drafted(story: ConsultationStory, told: Told) -> None:
    """The first entry begins a draft; every other tells the next revision of one that nobody reads."""
    draft, revision = told.facts["draft"], told.facts["revision"]
    if draft not in story.answer_drafts:
        expect(revision == 1, told, "its first revision was never told")
        story.answer_drafts[draft] = (str(DraftStatus.WRITING), 1)
        return
    status, last = _draft(story, told, *OPEN)
    expect(revision == last + 1, told, "a revision is missing or told twice")
    story.answer_drafts[draft] = (status, revision)


def _sent(story: ConsultationStory, told: Told) -> None:
    _turns(story, told, DraftStatus.WITH_READER, *OPEN)


def _taken_back(story: ConsultationStory, told: Told) -> None:
    _turns(story, told, DraftStatus.WRITING, DraftStatus.WITH_READER)


def _sent_back(story: ConsultationStory, told: Told) -> None:
    _turns(story, told, DraftStatus.SENT_BACK, DraftStatus.WITH_READER)


def _discarded(story: ConsultationStory, told: Told) -> None:
    _draft(story, told, *OPEN)
    del story.answer_drafts[told.facts["draft"]]


def _published(story: ConsultationStory, told: Told) -> None:
    status, _revision = _draft(story, told, *OPEN, DraftStatus.WITH_READER)
    is_read = status == DraftStatus.WITH_READER
    expect(
        told.facts["read"] == ("yes" if is_read else "no"), told, "it tells otherwise whether a second official read it"
    )
    answer = story.numbers.get(told.number or 0)
    expect(answer is not None and answer.kind == ContributionKind.ANSWER, told, "there is no such answer")
    _turns(story, told, DraftStatus.PUBLISHED, status)


def _turns(story: ConsultationStory, told: Told, to: DraftStatus, *states: str) -> None:
    _status, revision = _draft(story, told, *states)
    story.answer_drafts[told.facts["draft"]] = (str(to), revision)


def _draft(story: ConsultationStory, told: Told, *states: str) -> tuple[str, int]:
    status, revision = story.answer_drafts.get(told.facts["draft"], ("", 0))
    expect(status in states, told, f"the draft was {status or 'never begun'} before")
    return status, revision


CHAPTERS: dict[str, Chapter] = {
    ASSIGNMENT_MADE.name: _assigned,
    ASSIGNMENT_ENDED.name: _unassigned,
    ANSWER_DRAFTED.name: _drafted,
    ANSWER_SENT_TO_READER.name: _sent,
    ANSWER_TAKEN_BACK.name: _taken_back,
    ANSWER_SENT_BACK.name: _sent_back,
    ANSWER_DISCARDED.name: _discarded,
    ANSWER_DRAFT_PUBLISHED.name: _published,
}
