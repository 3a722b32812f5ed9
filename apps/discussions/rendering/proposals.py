"""How far a citizen proposal has come: the one count that is shown while people can agree."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.common import wording
from apps.common.calendar import last_day_before
from apps.discussions.enums import ProposalOutcome
from apps.discussions.models import CitizenProposal
from apps.municipality.queries import ProposalTerms


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownProgress:
    """How many support a citizen proposal out of how many it needs, until when, and how it ended."""

    supporters: int
    threshold: int
    words: str
    state: str
    is_over: bool


def shown_progress(proposal: CitizenProposal | None, supporters: int, at: datetime) -> ShownProgress | None:
    """Return how far a public citizen proposal has come; None for any other suggestion.

    The times and the count decide, whether or not it was settled yet.
    """
    if proposal is None or proposal.ends_at is None:
        return None
    is_over = at >= proposal.ends_at
    count = proposal.supporters if is_over and proposal.supporters is not None else supporters
    return ShownProgress(
        supporters=count,
        threshold=proposal.threshold,
        words=ngettext(
            "%(count)s of %(needed)s verified residents supports it",
            "%(count)s of %(needed)s verified residents support it",
            count,
        )
        % {"count": count, "needed": proposal.threshold},
        state=" ".join(_sentences(proposal, count, at, is_over=is_over)),
        is_over=is_over,
    )


def _sentences(proposal: CitizenProposal, count: int, at: datetime, *, is_over: bool) -> list[str]:
    assert proposal.ends_at is not None  # noqa: S101 - asked for above
    last_day = {"day": wording.day(last_day_before(proposal.ends_at), at)}
    said = []
    if proposal.outcome == ProposalOutcome.REACHED or (not proposal.outcome and count >= proposal.threshold):
        on = proposal.settled_at
        said.append(
            _("It had enough support on %(day)s and goes to the council.") % {"day": wording.day(on, at)}
            if on
            else _("It has enough support and goes to the council.")
        )
    elif is_over:
        said.append(_("The last day was %(day)s. It did not get enough support in time.") % last_day)
    if not is_over:
        said.append(_("Last day: %(day)s.") % last_day)
        if proposal.minimum_age:
            said.append(_("For residents who have turned %(years)s.") % {"years": proposal.minimum_age})
    return said


def terms_words(terms: ProposalTerms) -> str:
    """Return what it means to offer a suggestion as a citizen proposal, said before anybody does."""
    words = {"threshold": terms.threshold, "days": terms.days, "years": terms.minimum_age}
    said = [
        _(
            "It needs support from %(threshold)s others within %(days)s days, counted from the day after it is "
            "published. Then it goes to the council."
        )
        % words,
        _("Verified residents who have turned %(years)s can offer and support one.") % words
        if terms.minimum_age
        else _("Verified residents can offer and support one."),
        _("Each supports it once, and can take that back until the last day. Everyone sees how many do, never who."),
    ]
    return " ".join(said)
