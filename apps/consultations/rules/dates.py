"""Which days a hearing may have."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from apps.common.calendar import end_of_day
from apps.common.permissions import Sentence
from apps.common.wording import day, deadline
from apps.consultations.engine.legal_clock import Period
from apps.consultations.engine.timeline import AnyPhase, unfinished_writing
from apps.consultations.models import Consultation
from apps.consultations.rules.stages import why_over


def why_not_these_phases(phases: Sequence[AnyPhase]) -> Sentence | None:
    """Return what is wrong with phases that an official wants to set, in this order, or None."""
    for phase in phases:
        if phase.closes_at is not None and phase.closes_at <= phase.opens_at:
            return _("The phase “%(title)s” ends before it begins. Check its days.") % {"title": phase.title}
    for first, second in pairwise(phases):
        if first.closes_at is None or second.opens_at < first.closes_at:
            return _("“%(second)s” begins before “%(first)s” is over. Let one phase follow the other.") % {
                "first": first.title,
                "second": second.title,
            }
    return None


def why_not_hear_again(consultation: Consultation, phases: Sequence[AnyPhase], *, at: datetime) -> Sentence | None:
    """Return that these phases let people write although the municipality has gone on since, or None."""
    lets_write = any(
        phase.accepts_contributions and (phase.closes_at is None or phase.closes_at > at) for phase in phases
    )
    if not lets_write or why_over(consultation) is None:
        return None
    return _("The hearing has gone on to its next step. Open it again under “How the case goes on” first.")


def why_too_short(period: Period | None, *, reason: str = "") -> Sentence | None:
    """Return that a hearing would end before the law lets it, with the first lawful last day; None when it does not.

    A reason that everyone reads stands in for the days that are missing (planloven section 24).
    """
    if period is None or not period.is_too_short or reason:
        return None
    return _(
        "The law asks for at least %(minimum)s days, and these dates give %(days)s. Let the last day be %(day)s or "
        "later, or write on the page of the legal basis why the period is shorter."
    ) % {"minimum": period.minimum, "days": max(period.days or 0, 0), "day": day(period.first_lawful_last_day)}


def why_not_extend(
    consultation: Consultation, phases: Sequence[AnyPhase], *, phase: AnyPhase | None, last_day: date, at: datetime
) -> Sentence | None:
    """Return why that phase's deadline cannot be moved to the end of that day, or None. `phase` is None for one gone.

    Only to a later day, and only before it has passed: afterwards everyone was told that it is over, and people are
    heard again in a phase of its own.
    """
    if not consultation.is_published:
        return _("The consultation is not published yet: set its phases instead.")
    return why_over(consultation) or _why_not_later(phases, phase, last_day, at)


def _why_not_later(phases: Sequence[AnyPhase], phase: AnyPhase | None, last_day: date, at: datetime) -> Sentence | None:
    if not unfinished_writing(phases, at):
        return _(
            "The deadline has passed, so it can no longer be extended. Add a phase in which people can write if they "
            "are to be heard again."
        )
    if phase is None:
        return _("A colleague moved this deadline meanwhile. Load the page again, and choose once more.")
    if phase.closes_at is None:
        return _("There is no deadline that could be extended.")
    if end_of_day(last_day) <= phase.closes_at:
        return _("The deadline is %(deadline)s already. It can be extended, never shortened: choose a later day.") % {
            "deadline": deadline(phase.closes_at, at)
        }
    return None
