"""How long a hearing lasts, counted as the law does, and what an extension moves.

Days are whole calendar days on the municipality's clock; Saturdays, Sundays and holidays count like all others. The day
on which a hearing begins is not counted, so four weeks that begin on a Tuesday end with a Tuesday (planloven section
24, stk. 3 to 6, asks for "at least" so many weeks). The last day is over at the first instant of the next one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from apps.consultations.engine.timeline import AnyPhase

A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class Period:
    """A hearing's period: the day on which it begins, the last one if there is one, the days that the law asks for."""

    begins: date
    last_day: date | None
    minimum: int

    @property
    def first_lawful_last_day(self) -> date:
        """The earliest day on which the period may end."""
        return self.begins + timedelta(days=self.minimum)

    @property
    def days(self) -> int | None:
        """How many days people have, the first one not counted; None without a deadline."""
        return (self.last_day - self.begins).days if self.last_day else None

    @property
    def is_too_short(self) -> bool:
        """It ends before the law lets it."""
        return self.last_day is not None and self.last_day < self.first_lawful_last_day


def periods_of(
    phases: Sequence[AnyPhase], *, minimum: int, published_at: datetime, announced_on: date | None, zone: ZoneInfo
) -> list[Period]:
    """Return the period of every phase in which people can write, in the order of their opening.

    Each begins on the day on which it is open, everyone can see it here, and it is announced where the law wants it,
    if that day is known.
    """
    periods = []
    for phase in sorted((phase for phase in phases if phase.accepts_contributions), key=lambda phase: phase.opens_at):
        begins = max(_day(phase.opens_at, zone), _day(published_at, zone), announced_on or date.min)
        last_day = _day(phase.closes_at - A_MOMENT, zone) if phase.closes_at else None
        periods.append(Period(begins=begins, last_day=last_day, minimum=minimum))
    return periods


def period_of(
    phases: Sequence[AnyPhase], *, minimum: int, published_at: datetime, announced_on: date | None, zone: ZoneInfo
) -> Period | None:
    """Return the period of the hearing itself, or None when nobody can write in any phase.

    That is the last phase in which people can write: what comes before it is a call for ideas.
    """
    periods = periods_of(phases, minimum=minimum, published_at=published_at, announced_on=announced_on, zone=zone)
    return periods[-1] if periods else None


def cut_short(before: Sequence[Period], after: Sequence[Period], *, least: int) -> Period | None:
    """Return the first period that was long enough and no longer is, or None. Each is known by its last day.

    All are looked at, as what was the hearing is no longer the last one when people are heard once more behind it.
    """
    enough = {one.last_day for one in before if one.days is None or one.days >= least}
    return next((one for one in after if one.days is not None and one.days < least and one.last_day in enough), None)


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A phase by its place in the order, and when it opens and closes."""

    position: int
    opens_at: datetime
    closes_at: datetime | None


def extended(stretches: Sequence[Stretch], *, position: int, closes_at: datetime, zone: ZoneInfo) -> list[Stretch]:
    """Return the phases with that one closing later.

    Where the next one would begin before it is over, it and all behind it move by as many whole days, at the same
    hour of the clock.
    """
    place = next(step for step, one in enumerate(stretches) if one.position == position)
    before, longer, behind = stretches[:place], stretches[place], stretches[place + 1 :]
    old = longer.closes_at
    moved = list(behind)
    if old is not None and behind and behind[0].opens_at < closes_at:
        shift = timedelta(days=(_day(closes_at, zone) - _day(old, zone)).days)
        if behind[0].opens_at.astimezone(zone) + shift < closes_at:
            shift += timedelta(days=1)
        moved = [_later(one, shift, zone) for one in behind]
    return [*before, replace(longer, closes_at=closes_at), *moved]


def begun_on(stretches: Sequence[Stretch], *, day: date, zone: ZoneInfo) -> list[Stretch]:
    """Return the phases so moved by whole days that the first one opens on that day, at the same hours of the clock."""
    if not stretches:
        return []
    shift = timedelta(days=(day - _day(stretches[0].opens_at, zone)).days)
    return [_later(one, shift, zone) for one in stretches]


def _later(one: Stretch, shift: timedelta, zone: ZoneInfo) -> Stretch:
    """Return the phase so many days later by the wall clock, which summer time does not move."""
    closes_at = one.closes_at.astimezone(zone) + shift if one.closes_at else None
    return replace(one, opens_at=one.opens_at.astimezone(zone) + shift, closes_at=closes_at)
