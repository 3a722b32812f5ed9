"""Whom news of a followed consultation is for."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from apps.consultations.enums import (
    CONSULTATION_CANCELLED,
    DEADLINE_EXTENDED,
    PHASE_CLOSED,
    PHASE_OPENED,
    STAGE_REACHED,
    ConsultationState,
)
from apps.consultations.models import Consultation, DeadlineChange, Phase
from apps.consultations.queries import (
    deadline_changes_of,
    in_phase_order,
    phases_of,
    standing_of,
    visible_consultations,
)
from apps.notifications.models import Follow
from apps.publications.enums import SUMMARY_PUBLISHED
from apps.publications.queries import published_versions

# What followers hear of at once. Opening and closing come with the clock: no entry has to tell of them.
TOLD_TO_FOLLOWERS = frozenset(
    kind.name
    for kind in (
        DEADLINE_EXTENDED,
        SUMMARY_PUBLISHED,
        STAGE_REACHED,
        CONSULTATION_CANCELLED,
        PHASE_OPENED,
        PHASE_CLOSED,
    )
)

# The columns that hold a situation, in its order.
_TOLD = ("told_state", "told_moment", "told_summary", "told_change")
_LAST_CHANGE = Subquery(DeadlineChange.objects.filter(consultation=OuterRef("pk")).order_by("-pk").values("pk")[:1])


@dataclass(frozen=True)
class Situation:
    """How a consultation stands: its state, the moment that goes with it, the version of its summary, if any.

    `change` is the last time that one of its deadlines was moved, 0 for never: also of one that comes later.
    """

    state: str
    moment: datetime | None
    summary: int
    change: int


@dataclass(frozen=True)
class Outdated:
    """Those who were told `before` of a consultation that stands as `now`."""

    consultation: Consultation
    before: Situation
    now: Situation

    @property
    def is_new_state(self) -> bool:
        """It opened or closed, will open on another day, or went on; that it was laid away is no news."""
        if self.now.state == ConsultationState.ARCHIVED:
            return False
        return self.before.state != self.now.state or (
            self.now.state == ConsultationState.PLANNED and self.before.moment != self.now.moment
        )

    @property
    def is_new_deadline(self) -> bool:
        """People can write, as they could, and until another moment; or until another one later on."""
        return self.is_first_deadline or (
            self.before.state == self.now.state
            and self.now.state in {ConsultationState.OPEN, ConsultationState.PLANNED}
            and self.before.change < self.now.change
        )

    @property
    def is_first_deadline(self) -> bool:
        """The deadline that is new is the one that comes first."""
        is_open = self.before.state == self.now.state == ConsultationState.OPEN
        return is_open and self.before.moment != self.now.moment

    @property
    def is_new_summary(self) -> bool:
        """There is a summary, or another version of it."""
        return self.now.summary > self.before.summary

    @property
    def is_news(self) -> bool:
        """Something is worth a mail; that a phase which is over ended at another moment is not."""
        return self.is_new_state or self.is_new_deadline or self.is_new_summary


def situation_of(consultation: Consultation, *, at: datetime) -> Situation:
    """Return how the consultation stands at that moment."""
    changes = deadline_changes_of(consultation)
    versions = published_versions([consultation.pk])
    return _situation(consultation, phases_of(consultation), versions, changes[-1].pk if changes else None, at)


def outdated_follows(*, at: datetime) -> list[Outdated]:
    """Return which consultations stand otherwise than some who follow them were told: four queries at most.

    Nobody is told of one that is not public.
    """
    groups = Follow.objects.filter(person__is_active=True).order_by("consultation_id")
    rows = groups.values_list("consultation_id", *_TOLD).distinct()
    told = [(pk, Situation(*stood)) for pk, *stood in rows]
    ids = {pk for pk, _before in told}
    if not ids:
        return []
    shown = visible_consultations(None).annotate(change=_LAST_CHANGE).prefetch_related(in_phase_order()).in_bulk(ids)
    versions = published_versions(ids)
    now = {pk: _situation(one, list(one.phases.all()), versions, vars(one)["change"], at) for pk, one in shown.items()}
    return [Outdated(shown[pk], before, now[pk]) for pk, before in told if pk in shown and before != now[pk]]


def _situation(
    consultation: Consultation, phases: Sequence[Phase], versions: dict[int, int], change: int | None, at: datetime
) -> Situation:
    standing = standing_of(consultation, phases, at)
    return Situation(standing.state.value, standing.moment, versions.get(consultation.pk, 0), change or 0)


def follows_to_tell(outdated: Outdated) -> "QuerySet[Follow]":
    """Return the follows of those who were told so before, oldest first, with their people."""
    before = outdated.before
    told = dict(zip(_TOLD, astuple(before), strict=True))
    found = Follow.objects.filter(consultation=outdated.consultation, person__is_active=True, **told)
    return found.select_related("person").order_by("pk")
