"""Giving somebody something to answer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require, why_not
from apps.common.richtext import one_line
from apps.discussions.actions import keep_in_place
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from apps.ledger.actions import record
from apps.ledger.enums import Kind
from apps.ledger.models import Actor
from apps.publications.enums import ASSIGNMENT_ENDED, ASSIGNMENT_MADE
from apps.publications.errors import UnfitAssignee
from apps.publications.models import LONGEST_DEPARTMENT, Assignment
from apps.screening.rules import why_not_publishable


@transaction.atomic
def assign_answer(
    *, contribution: Contribution, official: User | None = None, department: str = "", by: User, at: datetime
) -> Assignment:
    """Give a contribution to one official or one department to answer; it is nobody else's from then on.

    The working days of a question count from its receipt, those of anything else from when it was first given to
    somebody. To give it to whom it is given changes nothing. Raises NotAllowed, UnfitAssignee.
    """
    keep_in_place(contribution_ids=[contribution.pk])
    contribution.refresh_from_db()
    row = contribution
    require("publications.assign_answer", by, row)
    department = _fit_department(department)
    _require_one(row, official, department)
    before = Assignment.objects.filter(contribution=row, consultation=row.consultation).first()
    if before is not None and (before.official_id, before.department) == (official and official.pk, department):
        return before
    is_question = row.kind == ContributionKind.QUESTION
    made, _made = Assignment.objects.update_or_create(
        contribution=row,
        consultation=row.consultation,
        defaults={"official": official, "department": department, "assigned_by": by, "assigned_at": at},
        create_defaults={
            "official": official,
            "department": department,
            "assigned_by": by,
            "assigned_at": at,
            "counts_from": row.received_at if is_question else at,
        },
    )
    _tell(ASSIGNMENT_MADE, row, as_official(by), at, assignee=str(made.assignee))
    return made


def _fit_department(typed: str) -> str:
    department = one_line(typed)
    if len(department) > LONGEST_DEPARTMENT or why_not_publishable(department):
        raise UnfitAssignee(_("Write the name of the department, and nothing else."))
    return department


def _require_one(row: Contribution, official: User | None, department: str) -> None:
    if (official is None) == (not department):
        raise UnfitAssignee(_("Choose an official, or write a department: one of the two."))
    if official is not None and why_not("discussions.answer_contribution", official, row) is not None:
        raise UnfitAssignee(
            _("This official cannot answer here. Take them into the team first, or choose a different one.")
        )


@transaction.atomic
def end_assignment(*, contribution: Contribution, by: User, at: datetime) -> bool:
    """Let it be nobody's in particular to answer; answer False when it was so before. Raises NotAllowed."""
    require("publications.assign_answer", by, contribution)
    there = Assignment.objects.filter(contribution=contribution, consultation=contribution.consultation_id)
    gone, _by_table = there.delete()
    if gone:
        _tell(ASSIGNMENT_ENDED, contribution, as_official(by), at)
    return bool(gone)


def _tell(kind: Kind, row: Contribution, by: Actor, at: datetime, **facts: str) -> None:
    """Record it by the contribution's number: whom it was given to is for colleagues."""
    record(
        kind,
        subject=row,
        by=by,
        at=at,
        consultation_id=row.consultation_id,
        topic_id=row.topic_id,
        number=row.number,
        facts=facts,
    )
