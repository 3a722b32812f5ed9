"""Whom news of a followed consultation is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from apps.consultations.enums import (
    CONSULTATION_CANCELLED,
    DEADLINE_EXTENDED,
    PHASE_CLOSED,
    PHASE_OPENED,
    STAGE_REACHED,
    ConsultationState,
)
from apps.consultations.models import Consultation, Phase
from apps.consultations.queries import in_phase_order, phases_of, standing_of, visible_consultations
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


@dataclass(frozen=True)
class Situation:
    """How a consultation stands: its state, the moment that goes with it, and the version of its summary, if any."""

    state: str
    moment: datetime | None
    summary: int


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
        """People can write, as they could, and until another moment."""
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
    return _situation(consultation, phases_of(consultation), published_versions([consultation.pk]), at)


def outdated_follows(*, at: datetime) -> list[Outdated]:
    """Return which consultations stand otherwise than some who follow them were told: four queries at most.

    Nobody is told of one that is not public.
    """
    groups = Follow.objects.filter(person__is_active=True).order_by("consultation_id")
    rows = groups.values_list("consultation_id", "told_state", "told_moment", "told_summary").distinct()
    told = [(pk, Situation(state, moment, summary)) for pk, state, moment, summary in rows]
    ids = {pk for pk, _before in told}
    if not ids:
        return []
    shown = visible_consultations(None).prefetch_related(in_phase_order()).in_bulk(ids)
    versions = published_versions(ids)
    now = {pk: _situation(one, list(one.phases.all()), versions, at) for pk, one in shown.items()}
    return [Outdated(shown[pk], before, now[pk]) for pk, before in told if pk in shown and before != now[pk]]


def _situation(
    consultation: Consultation, phases: Sequence[Phase], versions: dict[int, int], at: datetime
) -> Situation:
    standing = standing_of(consultation, phases, at)
    return Situation(standing.state.value, standing.moment, versions.get(consultation.pk, 0))


def follows_to_tell(outdated: Outdated) -> "QuerySet[Follow]":
    """Return the follows of those who were told so before, oldest first, with their people."""
    before = outdated.before
    told = {"told_state": before.state, "told_moment": before.moment, "told_summary": before.summary}
    found = Follow.objects.filter(consultation=outdated.consultation, person__is_active=True, **told)
    return found.select_related("person").order_by("pk")
