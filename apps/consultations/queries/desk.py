"""What the hearings of an official's teams ask of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from apps.consultations.engine.timeline import last_deadline, next_writing_phase, writing_phase
from apps.consultations.enums import ConsultationKind, ConsultationStatus, DeskTaskKind, MeetingStatus, ReviewStatus
from apps.consultations.models import (
    UNREADY,
    Consultation,
    DraftComment,
    Meeting,
    Phase,
    Review,
    StageChange,
    TeamMember,
)
from apps.consultations.queries.consultations import in_phase_order
from apps.consultations.queries.english import with_english
from apps.consultations.queries.review import draft_states, last_editors
from apps.consultations.queries.team import teams_of
from apps.consultations.rules import EDITING

NEAR = timedelta(days=14)
IN_WORK = (*sorted(UNREADY), ConsultationStatus.PUBLISHED, ConsultationStatus.CONSIDERED)
# Nothing but the minutes of a meeting that was held is asked for here, until the hearing is laid away.
HEARD = (ConsultationStatus.DECIDED, ConsultationStatus.FOLLOWED_UP, ConsultationStatus.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class DeskTask:
    """One thing to do, and the moment by which or since which it is due; `count` says how many comments wait."""

    kind: DeskTaskKind
    consultation: Consultation
    moment: datetime
    may_edit: bool
    meeting: Meeting | None = None
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class _Place:
    """The viewer's place in one hearing: whether they may edit it, and who changed its draft last in which state."""

    viewer_id: int
    may_edit: bool
    state: int
    editor: int | None


def desk_tasks(viewer: Any, *, at: datetime) -> list[DeskTask]:
    """Return what waits for the viewer in the hearings of their teams, the longest due first.

    A fixed number of queries, whatever the number of hearings; nothing of hearings in whose team the viewer is not.
    """
    found = teams_of(viewer).filter(_has_work(at=at), kind=ConsultationKind.HEARING, is_imported=False)
    rows = list(found.order_by("pk").prefetch_related(in_phase_order(), *_beside()))
    if not rows:
        return []
    roles = dict(TeamMember.objects.filter(person=viewer).values_list("consultation_id", "role"))
    states = draft_states([row.pk for row in rows])
    editors = last_editors(states.values())
    tasks: list[DeskTask] = []
    for row in rows:
        state = states.get(row.pk, 0)
        may_edit = roles.get(row.pk) in EDITING
        place = _Place(viewer_id=viewer.pk, may_edit=may_edit, state=state, editor=editors.get(state))
        tasks += _tasks_of_published(row, place, at) if row.is_published else _tasks_of_draft(row, place, at)
        tasks += _tasks_of_meetings(row, place, at)
    with_english(*(one for task in tasks for one in (task.consultation, task.meeting)))
    return sorted(tasks, key=attrgetter("moment"))


def _has_work(*, at: datetime) -> Q:
    unwritten = Meeting.objects.filter(
        consultation=OuterRef("pk"), status=MeetingStatus.ANNOUNCED, minutes_published_at=None, ends_at__lte=at
    )
    return Q(status__in=IN_WORK) | Q(Exists(unwritten), status__in=HEARD, published_at__isnull=False)


def _beside() -> "tuple[Prefetch[Any], ...]":
    held = Meeting.objects.filter(status=MeetingStatus.ANNOUNCED, minutes_published_at=None)
    return (
        Prefetch("meetings", queryset=held.order_by("starts_at", "pk")),
        Prefetch("reviews", queryset=Review.objects.order_by("-pk")),
        Prefetch("comments", queryset=DraftComment.objects.filter(settled_at=None).order_by("pk")),
        Prefetch("stages", queryset=StageChange.objects.order_by("-pk")),
    )


def _tasks_of_draft(row: Consultation, place: _Place, at: datetime) -> Iterator[DeskTask]:
    """Yield what a draft asks for. Pair: `rules.why_not_decide` and `rules.why_not_approved`."""
    latest = next(iter(row.reviews.all()), None)
    if latest and latest.waits and place.viewer_id not in {latest.asked_by_id, place.editor}:
        yield _task(DeskTaskKind.REVIEW, row, latest.asked_at, place)
    if not place.may_edit:
        return
    comments = list(row.comments.all())
    if comments:
        yield _task(DeskTaskKind.COMMENTS, row, comments[0].written_at, place, count=len(comments))
    if latest and latest.decided_at and latest.status == ReviewStatus.APPROVED and latest.seen == place.state:
        yield _task(DeskTaskKind.PUBLISH, row, latest.decided_at, place)
    else:
        first: Phase | None = next(iter(row.phases.all()), None)
        if first and first.opens_at <= at + NEAR:
            yield _task(DeskTaskKind.OPENS, row, first.opens_at, place)


def _tasks_of_published(row: Consultation, place: _Place, at: datetime) -> Iterator[DeskTask]:
    """Yield the deadline that is near, and once it has passed the step that comes next."""
    phases = list(row.phases.all())
    if row.status == ConsultationStatus.CONSIDERED:
        latest = next(iter(row.stages.all()), None)
        if latest and place.may_edit:
            yield _task(DeskTaskKind.CONSIDERED, row, latest.changed_at, place)
        return
    if row.status in HEARD:
        return
    now_writing, over = writing_phase(phases, at), last_deadline(phases, at)
    if now_writing is not None:
        if now_writing.closes_at is not None and now_writing.closes_at <= at + NEAR:
            yield _task(DeskTaskKind.DEADLINE, row, now_writing.closes_at, place)
    elif over is not None and place.may_edit and next_writing_phase(phases, at) is None:
        yield _task(DeskTaskKind.CLOSED, row, over, place)


def _tasks_of_meetings(row: Consultation, place: _Place, at: datetime) -> Iterator[DeskTask]:
    for meeting in row.meetings.all() if row.is_published else ():
        if meeting.ends_at <= at:
            if place.may_edit:
                yield _task(DeskTaskKind.MINUTES, row, meeting.ends_at, place, meeting=meeting)
        elif meeting.starts_at <= at + NEAR:
            yield _task(DeskTaskKind.MEETING, row, meeting.starts_at, place, meeting=meeting)


def _task(kind: DeskTaskKind, row: Consultation, moment: datetime, place: _Place, **said: Any) -> DeskTask:
    return DeskTask(kind=kind, consultation=row, moment=moment, may_edit=place.may_edit, **said)
