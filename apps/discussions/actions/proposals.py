"""Citizen proposals: offered with a suggestion, supported from its publication on, settled once.

Support is agreement (`agreeing`), and leaves no entry. What is told is the offer with its terms, and how it ended.
"""

from datetime import datetime, timedelta

from django.db import transaction

from apps.accounts.models import User
from apps.common.calendar import end_of_day, last_day_before, local
from apps.common.permissions import require
from apps.consultations.models import Consultation
from apps.discussions.actions.drafting import entry
from apps.discussions.enums import (
    PROPOSAL_EXTENDED,
    PROPOSAL_LAPSED,
    PROPOSAL_OFFERED,
    THRESHOLD_REACHED,
    ContributionKind,
    ProposalOutcome,
)
from apps.discussions.errors import TermsChanged
from apps.discussions.models import CitizenProposal, Contribution
from apps.discussions.queries.agreements import counted_agreements
from apps.discussions.queries.proposals import proposals_to_settle, terms_in
from apps.discussions.rules.proposals import why_other_terms
from apps.ledger.actions import Draft, record_many
from apps.ledger.models import Actor
from apps.municipality.queries import ProposalTerms
from apps.residency.queries import residency_of

AT_ONCE = 100
ENTRIES = {ProposalOutcome.REACHED: THRESHOLD_REACHED, ProposalOutcome.LAPSED: PROPOSAL_LAPSED}


def terms_for(person: User, consultation: Consultation, *, read: str = "", at: datetime) -> ProposalTerms | None:
    """Return the terms on which a person offers a citizen proposal there now. Raises NotAllowed for who cannot.

    Raises TermsChanged where they have `read` others, by their key: nobody offers on terms that they were not told.
    """
    terms = terms_in(consultation)
    require("discussions.offer_proposal", person, consultation, terms=terms, residency=residency_of(person, at=at))
    changed = why_other_terms(read, terms)
    if changed is not None:
        raise TermsChanged(changed)
    return terms


def offer_as_proposal(contribution: Contribution, terms: ProposalTerms, *, by: Actor) -> Draft:
    """Keep the terms on which a suggestion received in this transaction is a citizen proposal; return the entry."""
    kept = {"threshold": terms.threshold, "days": terms.days, "minimum_age": terms.minimum_age}
    CitizenProposal.objects.create(contribution=contribution, **kept)
    return entry(contribution, PROPOSAL_OFFERED, by, contribution.received_at, **kept)


def begin_period(contribution: Contribution, *, at: datetime) -> None:
    """Let the period of a citizen proposal begin: everyone can read it from now on. Its last day is a whole one."""
    found = _under_way(contribution)
    if found is not None:
        _begin(found, at)


def go_on_with_period(
    contribution: Contribution, *, hidden_at: datetime | None, by: Actor, at: datetime
) -> list[Draft]:
    """Let the period of a citizen proposal that is shown again go on where it stood; return the entry, if it is longer.

    The time in which nobody could read and support it is added, as whole days, so that its last day stays one; what is
    added in all never is more than the days begun. What had no time left when it was hidden has none afterwards. A
    period that never began begins.
    """
    found = _under_way(contribution)
    if found is None:
        return []
    if found.ends_at is None or hidden_at is None:
        _begin(found, at)
        return []
    if hidden_at >= found.ends_at:
        return []
    before = found.more_days
    found.stood_still += at - hidden_at
    added = found.more_days - before
    found.ends_at = end_of_day(last_day_before(found.ends_at) + timedelta(days=added))
    found.save(update_fields=("stood_still", "ends_at"))
    return [entry(contribution, PROPOSAL_EXTENDED, by, at, days=added)] if added else []


def _under_way(contribution: Contribution) -> CitizenProposal | None:
    if contribution.kind != ContributionKind.PROPOSAL:
        return None
    return CitizenProposal.objects.filter(contribution=contribution, outcome="").first()


def _begin(proposal: CitizenProposal, at: datetime) -> None:
    proposal.starts_at, proposal.ends_at = at, end_of_day(local(at).date() + timedelta(days=proposal.days))
    proposal.save(update_fields=("starts_at", "ends_at"))


@transaction.atomic
def settle_if_reached(*, proposal: CitizenProposal | None, contribution: Contribution, by: Actor, at: datetime) -> None:
    """Tell that a citizen proposal has enough support, as soon as it has. The caller holds the suggestion's lock."""
    if proposal is None or proposal.outcome:
        return
    count = counted_agreements(at=at).filter(contribution=contribution).count()
    if count >= proposal.threshold:
        record_many([_settled(proposal, contribution, ProposalOutcome.REACHED, count, by, at)])


@transaction.atomic
def settle_proposals(*, by: Actor, at: datetime) -> int:
    """Tell of the citizen proposals that have enough support, or no time left, how they ended; return of how many.

    Each is settled once, whoever asks how often: the suggestions are locked first, as they are when somebody agrees.
    """
    found = proposals_to_settle(at=at).values_list("contribution_id", flat=True)
    rows = Contribution.stored.select_for_update().filter(pk__in=list(found[:AT_ONCE]))
    locked = {row.pk: row for row in rows.order_by("pk")}
    due = proposals_to_settle(at=at).filter(contribution__in=locked)
    drafts = [
        _settled(one, locked[one.contribution_id], _outcome(one, vars(one)["agreed"]), vars(one)["agreed"], by, at)
        for one in due
    ]
    record_many(drafts)
    return len(drafts)


def _outcome(proposal: CitizenProposal, count: int) -> ProposalOutcome:
    return ProposalOutcome.REACHED if count >= proposal.threshold else ProposalOutcome.LAPSED


def _settled(  # noqa: PLR0913, PLR0917 - how it ended
    proposal: CitizenProposal, contribution: Contribution, outcome: ProposalOutcome, count: int, by: Actor, at: datetime
) -> Draft:
    proposal.outcome, proposal.settled_at, proposal.supporters = outcome, at, count
    proposal.save(update_fields=("outcome", "settled_at", "supporters"))
    return entry(contribution, ENTRIES[outcome], by, at, count=count)
