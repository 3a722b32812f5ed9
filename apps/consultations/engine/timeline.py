"""Where a consultation stands in time, from its phases alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from apps.consultations.enums import ConsultationState, ConsultationStatus, PhaseState


class AnyPhase(Protocol):
    """What a timeline reads of a phase."""

    @property
    def title(self) -> str:
        """Its name."""

    @property
    def opens_at(self) -> datetime:
        """Its first instant."""

    @property
    def closes_at(self) -> datetime | None:
        """The first instant after it, or None when it has no end."""

    @property
    def accepts_contributions(self) -> bool:
        """Whether people can write in it."""


@dataclass(frozen=True)
class Step:
    """A phase at one moment: its state, and how much of it has passed in steps of ten per cent (10 to 90)."""

    phase: AnyPhase
    state: PhaseState
    share: int


@dataclass(frozen=True)
class Standing:
    """A consultation's state at one moment, and the moment that goes with it.

    That is the deadline of an open one (None without end), when a planned one opens, when a closed one closed.
    """

    state: ConsultationState
    moment: datetime | None


def state_of(phase: AnyPhase, at: datetime) -> PhaseState:
    """Return where the phase lies; it ends at the instant `closes_at`."""
    if at < phase.opens_at:
        return PhaseState.NEXT
    if phase.closes_at is not None and at >= phase.closes_at:
        return PhaseState.DONE
    return PhaseState.NOW


def timeline(phases: Iterable[AnyPhase], at: datetime) -> list[Step]:
    """Return the phases in order, each with its state at that moment."""
    return [Step(phase, state_of(phase, at), _share(phase, at)) for phase in phases]


def writing_phase(phases: Iterable[AnyPhase], at: datetime) -> AnyPhase | None:
    """Return the phase under way in which people can write, or None."""
    return next((p for p in phases if p.accepts_contributions and state_of(p, at) == PhaseState.NOW), None)


def next_writing_phase(phases: Iterable[AnyPhase], at: datetime) -> AnyPhase | None:
    """Return the first phase to come in which people can write, or None."""
    coming = [p for p in phases if p.accepts_contributions and state_of(p, at) == PhaseState.NEXT]
    return min(coming, key=lambda p: p.opens_at, default=None)


def unfinished_writing(phases: Iterable[AnyPhase], at: datetime) -> list[AnyPhase]:
    """Return the phases under way or to come in which people can write, first opened first."""
    some = (p for p in phases if p.accepts_contributions and state_of(p, at) != PhaseState.DONE)
    return sorted(some, key=lambda p: p.opens_at)


def last_deadline(phases: Sequence[AnyPhase], at: datetime) -> datetime | None:
    """Return when writing ended most recently, or None when it never did."""
    ended = [p.closes_at for p in phases if p.accepts_contributions and p.closes_at and p.closes_at <= at]
    return max(ended, default=None)


def coming_deadline(phases: Sequence[AnyPhase], at: datetime) -> datetime | None:
    """Return when writing ends: now or, if it has not opened, next; else when it ended last."""
    phase = writing_phase(phases, at) or next_writing_phase(phases, at)
    return phase.closes_at if phase else last_deadline(phases, at)


def standing(phases: Sequence[AnyPhase], at: datetime, *, status: str) -> Standing:
    """Return where a consultation with these phases stands: as was decided, and while published by the clock."""
    writing, coming = writing_phase(phases, at), next_writing_phase(phases, at)
    if status in {ConsultationStatus.DRAFT, ConsultationStatus.REVIEW}:
        return Standing(ConsultationState(status), coming_deadline(phases, at))
    if status != ConsultationStatus.PUBLISHED:
        return Standing(ConsultationState(status), None)
    if writing:
        return Standing(ConsultationState.OPEN, writing.closes_at)
    if coming:
        return Standing(ConsultationState.PLANNED, coming.opens_at)
    return Standing(ConsultationState.CLOSED, last_deadline(phases, at))


def _share(phase: AnyPhase, at: datetime) -> int:
    if phase.closes_at is None:
        return 10
    whole = (phase.closes_at - phase.opens_at).total_seconds()
    passed = (at - phase.opens_at).total_seconds()
    return min(90, max(10, round(passed / whole * 10) * 10))
