"""Reading what was promised: as everyone reads it, what is due for a team, and what to tell of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Prefetch

from apps.accounts.models import User
from apps.common.calendar import local
from apps.consultations.models import Consultation
from apps.consultations.queries import teams_of
from apps.consultations.rules import members_in_force
from apps.publications.engine.milestones import words_of_step
from apps.publications.enums.milestones import OPEN
from apps.publications.models.milestones import Milestone, MilestoneStep

# How long before its day a promise stands on the desk, and how many are shown there.
SOON, MOST_ON_DESK = timedelta(days=14), 20


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A promise with what was told of it, first first, and whether its day is over."""

    row: Milestone
    steps: Sequence[MilestoneStep]
    is_overdue: bool


def promises_of(consultation: Consultation, *, at: datetime) -> list[Promise]:
    """Return what was promised, by number, in two queries."""
    steps = Prefetch("steps", queryset=MilestoneStep.objects.order_by("pk"))
    rows = Milestone.objects.filter(consultation=consultation).select_related("owner").prefetch_related(steps)
    today = local(at).date()
    return [
        Promise(row=row, steps=list(row.steps.all()), is_overdue=row.is_overdue(today))
        for row in rows.order_by("number")
    ]


def milestone_at(consultation: Consultation, number: int) -> Milestone | None:
    """Return one promise of the hearing by its number."""
    found = Milestone.objects.filter(consultation=consultation, number=number)
    return found.select_related("consultation", "owner").first()


def owners_to_choose(consultation: Consultation) -> list[User]:
    """Return who can answer for a promise: those of the team who are officials now, longest in it first."""
    members = members_in_force().filter(consultation=consultation).select_related("person").order_by("pk")
    return [member.person for member in members]


def promises_due(viewer: Any, *, at: datetime) -> list[Promise]:
    """Return the promises of the viewer's teams that are overdue or soon due, the first due on top: one query."""
    today: date = local(at).date()
    rows = Milestone.objects.filter(consultation__in=teams_of(viewer), status__in=OPEN, due_on__lte=today + SOON)
    rows = rows.select_related("consultation", "owner").order_by("due_on", "pk")[:MOST_ON_DESK]
    return [Promise(row=row, steps=(), is_overdue=row.is_overdue(today)) for row in rows]


def steps_to_tell(milestone_ids: Collection[int]) -> dict[tuple[int, datetime], MilestoneStep]:
    """Return the steps of these promises by promise and moment, each with its hearing."""
    rows = MilestoneStep.objects.filter(milestone__in=milestone_ids).select_related("milestone__consultation")
    return {(row.milestone_id, row.told_at): row for row in rows.order_by("pk")}


def steps_told(consultation: Consultation) -> list[MilestoneStep]:
    """Return all that was told of the promises of a hearing, first told first, each with its promise."""
    rows = MilestoneStep.objects.filter(milestone__consultation=consultation)
    return list(rows.select_related("milestone").order_by("pk"))


def words_now(step: MilestoneStep) -> str:
    """Return what the last step of a promise says, made of the words that stand there now."""
    row = step.milestone
    return words_of_step(row.title, row.text, row.status, row.due_on, step.sentence)


def promises_owned_by(person: User) -> list[dict[str, Any]]:
    """Return the promises that the person answers for, oldest first, for the copy of their data."""
    rows = Milestone.objects.filter(owner=person).select_related("consultation").order_by("pk")
    return [
        {"consultation": row.consultation.title, "title": row.title, "status": row.get_status_display()} for row in rows
    ]
