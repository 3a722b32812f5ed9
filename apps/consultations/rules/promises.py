"""What a published consultation has promised to those who write, and no editing takes back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from apps.common.calendar import local, start_of_day
from apps.common.permissions import Sentence
from apps.common.wording import day, deadline
from apps.consultations.engine.legal_clock import Period, cut_short
from apps.consultations.engine.timeline import AnyPhase
from apps.consultations.models import Consultation


def why_not_take_back(before: Sequence[AnyPhase], phases: Sequence[AnyPhase], *, at: datetime) -> Sentence | None:
    """Return which promise these phases of a published consultation would break, or None.

    A phase in which people can write stays, and its deadline with it: that is moved by an extension alone, which has
    a cause that everyone reads. Where it has begun its first day stays too, and none is made to begin before today.
    """
    writing, wanted = ([one for one in some if one.accepts_contributions] for some in (before, phases))
    by_end = {one.closes_at: one for one in wanted}
    for phase in writing:
        same = by_end.get(phase.closes_at)
        if same is None:
            return _why_it_ends_then(phase, at)
        if phase.opens_at <= at and same.opens_at != phase.opens_at:
            return _("“%(title)s” has begun, so its first day stays %(day)s.") % {
                "title": phase.title,
                "day": day(local(phase.opens_at).date(), at),
            }
    stood = {one.opens_at for one in writing}
    today = start_of_day(local(at).date())
    late = next((one for one in wanted if one.opens_at < today and one.opens_at not in stood), None)
    if late is None:
        return None
    return _("“%(title)s” would begin on a day that has passed. Let people write from today or later.") % {
        "title": late.title
    }


def _why_it_ends_then(phase: AnyPhase, at: datetime) -> Sentence:
    if phase.closes_at is None:
        return _(
            "In “%(title)s” people can write without an end, as everyone was told. Keep it as it is. To close it for a "
            "while, stop writing on its page, with a sentence why."
        ) % {"title": phase.title}
    told = {"title": phase.title, "deadline": deadline(phase.closes_at, at)}
    if phase.closes_at <= at:
        return (
            _(
                "“%(title)s” is over since %(deadline)s, and stays as it was. To hear people again, add a phase of its "
                "own."
            )
            % told
        )
    return (
        _(
            "In “%(title)s” people can write until %(deadline)s, as everyone was told: keep the phase and its last "
            "day. To give them more time, use “Extend the deadline”."
        )
        % told
    )


def days_promised(consultation: Consultation) -> int:
    """Return how many days people have at least in a published hearing: the law's, or fewer with the reason it told."""
    asked = consultation.statutory_minimum or 0
    given = consultation.chosen_period
    return asked if given is None else min(asked, given)


def why_not_open_later(before: Sequence[Period], after: Sequence[Period], *, least: int) -> Sentence | None:
    """Return that a hearing would open so late that people have fewer days than the law lets them have, or None."""
    short = cut_short(before, after, least=least)
    if short is None or short.last_day is None:
        return None
    return _(
        "People have at least %(least)s days, and with this first day they would have %(days)s. Let it be %(day)s or "
        "earlier."
    ) % {"least": least, "days": max(short.days or 0, 0), "day": day(short.last_day - timedelta(days=least))}


def why_not_announced_then(
    before: Sequence[Period], after: Sequence[Period], *, least: int, today: date
) -> Sentence | None:
    """Return that people have, or had, too few days when they are counted from the day in Plandata, or None.

    What is over cannot be extended: then people are heard again for long enough before such a day is told.
    """
    short = cut_short(before, after, least=least)
    if short is None or short.last_day is None:
        return None
    told = {"least": least, "days": max(short.days or 0, 0), "day": day(short.begins + timedelta(days=least))}
    if short.last_day >= today:
        return (
            _(
                "People have at least %(least)s days, and counted from that day they would have %(days)s. Use “Extend "
                "the deadline” first, so that the last day is %(day)s or later."
            )
            % told
        )
    if any(one.days is None or one.days >= least for one in after if one.last_day is None or one.last_day >= today):
        return None
    return (
        _(
            "People are heard for at least %(least)s days, and counted from that day they had %(days)s. Add a phase "
            "first in which they are heard again for so long."
        )
        % told
    )
