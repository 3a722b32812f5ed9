"""Answers that were given to texts while everyone could read them, and answers that are still being written."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from apps.discussions.actions import correct_answer, publish_joint_answer
from apps.discussions.models import Contribution
from apps.publications.actions import (
    assign_answer,
    begin_answer,
    begin_answer_correction,
    pick_for_answer,
    send_back_answer,
    send_to_reader,
)
from tests import factories
from tests.publications.drafting import a_colleague

DRAFTED, COMMENTED = "unpublished-answer-text", "words-of-the-reader"


def assigned(rows: Sequence[Contribution], *, at: datetime) -> None:
    """Give each to somebody to answer: the first to an official, the others to a department."""
    official = factories.an_official(at)
    for step, row in enumerate(rows):
        given = {"department": "Roads"} if step else {"official": a_colleague(row.consultation, at=at)}
        assign_answer(contribution=row, **given, by=official, at=at)


def answered(rows: Sequence[Contribution], *, at: datetime) -> None:
    """Answer them together, correct that, and write on more: one answer lies in the drawer, one was sent back."""
    official = factories.an_official(at)
    together = publish_joint_answer(to=rows, body="To both.", submission_key=UUID(int=901), by=official, at=at)
    right = correct_answer(answer=together, body="To both: no.", submission_key=UUID(int=902), by=official, at=at)
    begin_answer_correction(answer=right, by=official, at=at)
    first, *others = rows
    draft = begin_answer(to=first, body=DRAFTED, submission_key=UUID(int=903), by=official, at=at)
    pick_for_answer(draft=draft, numbers=[row.number for row in others], by=official, at=at)
    reader = first.assignments.get(official__isnull=False).official
    assert reader is not None
    back = begin_answer(to=first, body=DRAFTED, submission_key=UUID(int=904), by=official, at=at)
    send_to_reader(draft=back, reader=reader, seen=1, by=official, at=at)
    send_back_answer(draft=back, comment=COMMENTED, by=reader, at=at)
