"""What waits for an answer, with whom, until when; and answers while they are written."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.accounts.queries import people_in_role, roles_in_force
from apps.accounts.rules import is_administrator, is_official
from apps.common.permissions import may
from apps.consultations.models import Consultation
from apps.consultations.queries import teams_of
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from apps.discussions.queries import published_by_people, texts_by_ids, unanswered
from apps.municipality.queries import answer_due_on, answers_overdue_from_before, working_days_between
from apps.publications.enums import DraftStatus, Whose
from apps.publications.models import AnswerDraft, Assignment

PAGE = 50
MOST_DRAFTS, MOST_DEPARTMENTS = 50, 100


Place = tuple[datetime, int]
"""Where something stands in the list: from when its working days count, and its row."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an official looks for in the list: whose, of which department, only what is overdue."""

    whose: str = Whose.ALL
    department: str = ""
    is_overdue: bool = False


@dataclass(frozen=True, kw_only=True)
class ToAnswer:
    """Something that waits for an answer, since how many working days, until when, and who has it."""

    contribution: Contribution
    assignment: Assignment | None
    days: int
    due_on: date
    is_overdue: bool
    place: Place


def to_answer(
    viewer: Any, wanted: Wanted, *, after: Place | None = None, limit: int = PAGE, at: datetime
) -> list[ToAnswer]:
    """Return what waits for an answer, what is due first on top: questions, and what was given to somebody.

    Of the viewer's teams, and what was given to the viewer or their department anywhere; everything for administrators.
    `after` is the place behind which the page begins. Two queries, and one for the viewer's department.
    """
    rows = _wanted(_within(waiting_for_answer(), viewer), viewer, wanted, at)
    if after is not None:
        base, pk = after
        rows = rows.filter(Q(base__gt=base) | Q(base=base, pk__gt=pk))
    found = list(rows.select_related("topic", "consultation").order_by("base", "pk")[:limit])
    given = _assignments_of(found) if found else {}
    late = answers_overdue_from_before(at)
    return [_item(row, given.get(row.pk), late, at) for row in found]


def _item(row: Contribution, assignment: Assignment | None, late: datetime, at: datetime) -> ToAnswer:
    base: datetime = vars(row)["base"]
    return ToAnswer(
        contribution=row,
        assignment=assignment,
        days=working_days_between(base, at),
        due_on=answer_due_on(base),
        is_overdue=base < late,
        place=(base, row.pk),
    )


def waiting_for_answer() -> "QuerySet[Any]":
    """Return public questions and what was given to somebody, without an answer; `base` is from when its days count."""
    rows = unanswered(or_among=Assignment.objects.values("contribution"))
    found: QuerySet[Any] = _with_base(rows).filter(Q(kind=ContributionKind.QUESTION) | Exists(_standing()))
    return found


def _with_base(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    base = Coalesce(Subquery(_standing().values("counts_from")[:1]), F("received_at"))
    found: QuerySet[Any] = rows.annotate(base=base)
    return found


def _standing() -> "QuerySet[Assignment]":
    """Return the assignments of a contribution that were made where it stands now."""
    return Assignment.objects.filter(contribution=OuterRef("pk"), consultation=OuterRef("consultation"))


def _within(rows: "QuerySet[Any]", viewer: Any) -> "QuerySet[Any]":
    if not is_official(viewer):
        return rows if is_administrator(viewer) else rows.filter(pk=None)
    own = Q(official=viewer)
    department = department_of(viewer)
    if department:
        own |= Q(department=department)
    return rows.filter(Q(consultation__in=teams_of(viewer)) | Exists(_standing().filter(own)))


def _wanted(rows: "QuerySet[Any]", viewer: Any, wanted: Wanted, at: datetime) -> "QuerySet[Any]":
    if wanted.whose == Whose.MINE:
        rows = rows.filter(Exists(_standing().filter(official=viewer)))
    elif wanted.whose == Whose.NOBODYS:
        rows = rows.filter(~Exists(_standing()))
    if wanted.department:
        rows = rows.filter(Exists(_standing().filter(department=wanted.department)))
    if wanted.is_overdue:
        rows = rows.filter(base__lt=answers_overdue_from_before(at))
    return rows


def _assignments_of(rows: Sequence[Contribution]) -> dict[int, Assignment]:
    found = Assignment.objects.filter(contribution__in=[row.pk for row in rows]).select_related("official")
    places = {row.pk: row.consultation_id for row in rows}
    return {one.contribution_id: one for one in found if places[one.contribution_id] == one.consultation_id}


def assignment_of(contribution: Contribution) -> Assignment | None:
    """Return who has to answer it where it stands now, or None."""
    rows = Assignment.objects.filter(contribution=contribution, consultation=contribution.consultation_id)
    return rows.select_related("official").first()


def assignments_of_texts(ids: Collection[int]) -> dict[tuple[int, int], Assignment]:
    """Return who has to answer these, by text and consultation, with both: one query, for mail to officials."""
    rows = Assignment.objects.filter(contribution__in=ids).select_related("official", "contribution__consultation")
    return {(row.contribution_id, row.consultation_id): row for row in rows}


def answer_drafts_by_ids(ids: Collection[int]) -> dict[int, AnswerDraft]:
    """Return drafts of answers with their people: one query, for mail to officials."""
    return AnswerDraft.objects.select_related("consultation", "author", "reader").in_bulk(list(ids))


def department_of(official: Any) -> str:
    """Return the department in which an official works, or nothing."""
    role = roles_in_force([official.pk]).get((official.pk, Role.OFFICIAL))
    return role.department if role else ""


def departments() -> list[str]:
    """Return the departments that officials work in, and those that something was given to, by name."""
    working = {role.department for role in roles_in_force([one.pk for one in people_in_role(Role.OFFICIAL)]).values()}
    given = set(Assignment.objects.exclude(department="").values_list("department", flat=True).distinct())
    return sorted((working | given) - {""}, key=str.casefold)[:MOST_DEPARTMENTS]


def who_may_answer_in(consultation: Consultation) -> list[User]:
    """Return the officials who may answer there, by name."""
    people = [
        one for one in people_in_role(Role.OFFICIAL) if may("consultations.answer_in_consultation", one, consultation)
    ]
    return sorted(people, key=lambda person: (person.display_name.casefold(), person.pk))


def answer_draft_at(pk: int) -> AnswerDraft | None:
    """Return a draft of an answer, or None. The caller checks who may see it."""
    beside = ("consultation", "author", "reader", "changed_by", "corrects", "corrects__topic", "answer")
    return AnswerDraft.objects.select_related(*beside).filter(pk=pk).first()


def answered_in_draft(draft: AnswerDraft) -> list[Contribution]:
    """Return what a draft answers, by number, whatever became of it. The caller shows only what everyone can read."""
    return texts_by_ids(draft.contributions.values_list("pk", flat=True))


def pickable_for(
    draft: AnswerDraft, answered: Sequence[Contribution], *, after: int, only_open: bool, limit: int
) -> list[Contribution]:
    """Return what else people wrote in the topic of a draft that everyone can read, by number, from behind a number.

    In all topics of the consultation while the draft answers nothing.
    """
    rows = published_by_people(draft.consultation_id).filter(number__gt=after)
    if answered:
        rows = rows.filter(topic=answered[0].topic_id).exclude(pk__in=[row.pk for row in answered])
    if only_open:
        rows = rows.filter(answered_at=None)
    return list(rows[:limit])


def open_answer_drafts(viewer: Any) -> list[AnswerDraft]:
    """Return unpublished answers that the viewer has to do with, oldest change first: to read on top, then their own.

    Three queries at most, however many there are.
    """
    to_read = Q(status=DraftStatus.WITH_READER, reader=viewer)
    theirs = Q(author=viewer) | Q(changed_by=viewer)
    rows = AnswerDraft.objects.exclude(status=DraftStatus.PUBLISHED).filter(to_read | theirs)
    rows = rows.select_related("consultation", "author", "reader").prefetch_related("contributions")
    found = list(rows.order_by("changed_at", "pk")[:MOST_DRAFTS])
    return sorted(found, key=lambda draft: not (draft.is_with_reader and draft.reader_id == viewer.pk))


def drafts_answering(contribution: Contribution) -> list[AnswerDraft]:
    """Return the unpublished answers to a contribution, first begun first."""
    rows = AnswerDraft.objects.exclude(status=DraftStatus.PUBLISHED).filter(contributions=contribution)
    return list(rows.select_related("author").order_by("pk"))


def open_correction_of(answer: Contribution) -> AnswerDraft | None:
    """Return the unpublished correction of an answer, or None."""
    return AnswerDraft.objects.exclude(status=DraftStatus.PUBLISHED).filter(corrects=answer).first()
