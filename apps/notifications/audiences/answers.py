"""Officials who were given something to answer, who are asked to read an answer, and whose answer was sent back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.accounts.models import User
from apps.consultations.models import Consultation
from apps.ledger.models import Entry
from apps.publications.enums import ANSWER_SENT_BACK, ANSWER_SENT_TO_READER, ASSIGNMENT_MADE
from apps.publications.models import AnswerDraft, Assignment
from apps.publications.queries import answer_drafts_by_ids, assignments_of_texts

TOLD_OF_ANSWERS = frozenset(kind.name for kind in (ASSIGNMENT_MADE, ANSWER_SENT_TO_READER, ANSWER_SENT_BACK))


@dataclass(frozen=True, kw_only=True)
class AnswerNews:
    """One thing to tell an official: a text by its number, or the draft of an answer. Never a word of either."""

    entry: Entry
    to: User
    consultation: Consultation
    number: int | None = None
    draft: AnswerDraft | None = None


def answer_news_in(entries: Sequence[Entry]) -> list[AnswerNews]:
    """Return whom to tell what about these entries: two queries, and none for none.

    Who gave something to themselves is told nothing, nor is anybody of what is no longer so.
    """
    told = [entry for entry in entries if entry.kind in TOLD_OF_ANSWERS]
    texts = {entry.subject_id for entry in told if entry.kind == ASSIGNMENT_MADE.name}
    drafts = {entry.subject_id for entry in told if entry.kind != ASSIGNMENT_MADE.name}
    given = assignments_of_texts(texts) if texts else {}
    rows = answer_drafts_by_ids(drafts) if drafts else {}
    found = [news for entry in told for news in _news_of(entry, given, rows)]
    return [news for news in found if news.to.is_active]


def _news_of(
    entry: Entry, given: dict[tuple[int, int], Assignment], drafts: dict[int, AnswerDraft]
) -> Iterator[AnswerNews]:
    if entry.kind == ASSIGNMENT_MADE.name:
        assignment = given.get((entry.subject_id, entry.consultation_id or 0))
        if assignment is not None and assignment.assigned_at == entry.at:
            yield from _given(entry, assignment)
        return
    draft = drafts.get(entry.subject_id)
    if draft is None:
        return
    if entry.kind == ANSWER_SENT_TO_READER.name and draft.is_with_reader and draft.sent_at == entry.at and draft.reader:
        yield AnswerNews(entry=entry, to=draft.reader, consultation=draft.consultation, draft=draft)
    if entry.kind == ANSWER_SENT_BACK.name and draft.is_sent_back:
        yield AnswerNews(entry=entry, to=draft.author, consultation=draft.consultation, draft=draft)


def _given(entry: Entry, assignment: Assignment) -> Iterator[AnswerNews]:
    text, official = assignment.contribution, assignment.official
    is_open = text.is_published and text.answered_at is None and text.consultation_id == assignment.consultation_id
    if official is not None and official.pk != assignment.assigned_by_id and is_open:
        yield AnswerNews(entry=entry, to=official, consultation=text.consultation, number=text.number)
