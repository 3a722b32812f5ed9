"""Who may offer a suggestion as a citizen proposal, and who may support one."""

import re
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.common import wording
from apps.common.calendar import last_day_before
from apps.common.permissions import Sentence, permission
from apps.consultations.enums import ConsultationKind
from apps.consultations.models import Consultation
from apps.discussions.enums import ProposalOutcome
from apps.discussions.models import CitizenProposal
from apps.municipality.queries import ProposalTerms
from apps.residency.models import Residency
from apps.residency.rules import why_not_of_age

KEY = re.compile(r"[0-9]{1,9}(-[0-9]{1,9}){2}")
# What of the terms changed, in the order of their key.
CHANGED = (
    _("supporters needed: %(new)s instead of %(old)s"),
    _("days to support it: %(new)s instead of %(old)s"),
    _("least age: %(new)s instead of %(old)s (0 is any age)"),
)

WROTE_IT = _("You wrote this yourself, on another account, so you cannot agree with it.")


@permission("discussions.offer_proposal")
def why_not_offer_proposal(
    viewer: Any,  # noqa: ARG001 - as every permission is asked
    consultation: Consultation,
    *,
    terms: ProposalTerms | None,
    residency: Residency | None,
) -> Sentence | None:
    """Offer a new suggestion as a citizen proposal: verified residents of the age that its supporters need."""
    if consultation.kind != ConsultationKind.SUGGESTIONS or terms is None:
        return _("No citizen proposals are taken here. Leave out that tick to send it as a suggestion.")
    if residency is None:
        return _(
            "Only verified residents can offer a citizen proposal. Leave out that tick to send it as a suggestion, or "
            "show first that you live here."
        )
    too_young = why_not_of_age(residency, terms.minimum_age)
    if too_young is not None:
        return _("%(why)s Or leave out the tick to send it as a suggestion.") % {"why": too_young}
    return None


def why_other_terms(read: str, terms: ProposalTerms | None) -> Sentence | None:
    """Return what changed in the terms since somebody read those of this key, or None; None too for what is no key."""
    if terms is None or not KEY.fullmatch(read):
        return None
    before, now = read.split("-"), terms.key.split("-")
    changed = [
        words % {"new": new, "old": old}
        for words, new, old in zip(CHANGED, now, before, strict=True)
        if int(new) != int(old)
    ]
    if not changed:
        return None
    return _(
        "The municipality changed the terms while you wrote: %(changed)s. Nothing was sent. Read the terms below, and "
        "send it again if you still want to offer it."
    ) % {"changed": "; ".join(changed)}


def why_not_support(proposal: CitizenProposal | None, residency: Residency | None) -> Sentence | None:
    """Return why a resident is not of the age at which a citizen proposal can be supported, or None."""
    if proposal is None or residency is None:
        return None
    return why_not_of_age(residency, proposal.minimum_age)


def why_over(proposal: CitizenProposal | None, *, at: datetime) -> Sentence | None:
    """Return that the time to support a citizen proposal is over, or None. Its last day ends at midnight."""
    if proposal is None or proposal.ends_at is None:
        return None
    if at < proposal.ends_at and proposal.outcome != ProposalOutcome.LAPSED:
        return None
    return _(
        "%(day)s was the last day to support this citizen proposal, so support can no longer be given or taken back. "
        "You can write a reply, or offer a proposal of your own."
    ) % {"day": wording.day(last_day_before(proposal.ends_at))}
