"""A second official reads an answer before it is published."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import as_official, is_official
from apps.common.permissions import may, require
from apps.common.richtext import clean
from apps.discussions.actions import correct_answer, fit_text, publish_answer, publish_joint_answer
from apps.discussions.errors import CannotAnswer
from apps.discussions.models import Contribution
from apps.ledger.actions import record, record_many
from apps.publications.actions.answers import locked, told, writable
from apps.publications.enums import (
    ANSWER_DRAFT_PUBLISHED,
    ANSWER_SENT_BACK,
    ANSWER_SENT_TO_READER,
    ANSWER_TAKEN_BACK,
    DraftStatus,
)
from apps.publications.errors import (
    CommentNeeded,
    DraftChangedMeanwhile,
    MovedElsewhere,
    NothingAnswered,
    UnfitAnswer,
    UnfitReader,
)
from apps.publications.models import LONGEST_COMMENT, AnswerDraft
from apps.publications.queries import answered_in_draft
from apps.screening.rules import why_not_publishable


@transaction.atomic
def send_to_reader(*, draft: AnswerDraft, reader: User, seen: int, by: User, at: datetime) -> None:
    """Let a second official read the draft as it stands; nobody changes it meanwhile.

    Raises NotAllowed, UnfitReader, UnfitText for an empty one, and what `publish_draft` says of what it answers.
    """
    standing = writable(draft, by=by, seen=seen)
    fit_text(standing.body)
    _require_there(standing, answered_in_draft(standing))
    wrote = {standing.author_id, standing.changed_by_id, by.pk}
    if reader.pk in wrote or not may("consultations.answer_in_consultation", reader, standing.consultation):
        raise UnfitReader
    standing.status, standing.reader, standing.sent_at, standing.comment = DraftStatus.WITH_READER, reader, at, ""
    standing.save()
    record_many([told(standing, ANSWER_SENT_TO_READER, by, at)])


@transaction.atomic
def take_back_answer(*, draft: AnswerDraft, by: User, at: datetime) -> bool:
    """Let it be written on again; answer False when it was not with its reader. Raises NotAllowed, DraftGone."""
    standing = locked(draft)
    require("publications.see_answer_draft", by, standing)
    if not standing.is_with_reader:
        return False
    require("publications.take_back_answer", by, standing)
    standing.status, standing.reader, standing.sent_at = DraftStatus.WRITING, None, None
    standing.save()
    record_many([told(standing, ANSWER_TAKEN_BACK, by, at)])
    return True


@transaction.atomic
def send_back_answer(*, draft: AnswerDraft, comment: str, by: User, at: datetime) -> None:
    """Let its writers change it, with what the reader says.

    Raises NotAllowed, CommentNeeded, UnfitAnswer, DraftGone.
    """
    comment = clean(comment).strip()
    if not comment:
        raise CommentNeeded
    sentence = why_not_publishable(comment)
    if sentence is not None or len(comment) > LONGEST_COMMENT:
        raise UnfitAnswer(sentence or _("Say it in at most %(most)s characters.") % {"most": LONGEST_COMMENT})
    standing = locked(draft)
    require("publications.read_answer_draft", by, standing)
    standing.status, standing.comment = DraftStatus.SENT_BACK, comment
    standing.save()
    record_many([told(standing, ANSWER_SENT_BACK, by, at)])


@transaction.atomic
def publish_draft(*, draft: AnswerDraft, seen: int, by: User, at: datetime) -> Contribution:
    """Publish the answer in its writer's name, with a number like all; a second time give back the same answer.

    To one contribution it stands under that, to several it is a root to which each leads, a correction stands where
    the answer does that it corrects. Raises NotAllowed, UnfitText, DraftGone, DraftChangedMeanwhile, and for what it
    answers NothingAnswered, MovedElsewhere, CannotAnswer, NotOneTopic, CorrectedAlready.
    """
    standing = locked(draft)
    if standing.answer is not None:
        require("publications.see_answer_draft", by, standing)
        return standing.answer
    require("publications.publish_answer_draft", by, standing)
    if standing.revision != seen:
        raise DraftChangedMeanwhile
    is_read = standing.is_with_reader
    answer = _publish(standing, by, at)
    standing.status, standing.answer = DraftStatus.PUBLISHED, answer
    standing.body = standing.source = standing.comment = ""
    standing.save()
    record(
        ANSWER_DRAFT_PUBLISHED,
        subject=standing,
        by=as_official(by),
        at=at,
        consultation_id=standing.consultation_id,
        topic_id=answer.topic_id,
        number=answer.number,
        facts={"draft": standing.pk, "read": "yes" if is_read else "no"},
    )
    return answer


def _publish(draft: AnswerDraft, by: User, at: datetime) -> Contribution:
    author = draft.author if is_official(draft.author) else by
    said: dict[str, Any] = {"body": draft.body, "source": draft.source, "submission_key": draft.submission_key}
    if draft.corrects is not None:
        return correct_answer(answer=draft.corrects, **said, written_by=author, by=by, at=at)
    answered = answered_in_draft(draft)
    _require_there(draft, answered)
    if len(answered) == 1:
        return publish_answer(to=answered[0], **said, written_by=author, by=by, at=at)
    return publish_joint_answer(to=answered, **said, written_by=author, by=by, at=at)


def _require_there(draft: AnswerDraft, answered: Sequence[Contribution]) -> None:
    """Pass what can be answered as far as it can be told without a lock."""
    if draft.corrects_id is not None:
        return
    if not answered:
        raise NothingAnswered
    moved = [row for row in answered if row.consultation_id != draft.consultation_id]
    if moved:
        raise MovedElsewhere(", ".join(str(row.number) for row in moved))
    gone = [row for row in answered if not row.is_published]
    if gone:
        raise CannotAnswer(", ".join(str(row.number) for row in gone))
