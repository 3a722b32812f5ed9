"""Agreeing with a contribution and taking it back, and telling how many did once it may be told.

Neither leaves an entry: why, and what does: docs/decisions/0011-agreement-leaves-no-entry.md.
"""

from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.common.errors import NotAllowed
from apps.common.permissions import require
from apps.consultations.queries import phases_of
from apps.discussions.actions.drafting import entry
from apps.discussions.actions.proposals import settle_if_reached
from apps.discussions.enums import AGREEMENT_COUNTED
from apps.discussions.models import Agreement, AgreementSum, CitizenProposal, Contribution
from apps.discussions.queries.agreements import counted_agreements, to_count
from apps.discussions.queries.proposals import proposal_of
from apps.discussions.rules.proposals import WROTE_IT, why_not_support
from apps.ledger.actions import Draft, record_many
from apps.ledger.models import Actor
from apps.residency.models import Residency
from apps.residency.queries import is_of_the_person, residency_of

AT_ONCE = 200


@transaction.atomic
def agree(*, contribution: Contribution, by: User, at: datetime) -> bool:
    """Let a verified resident agree, once; answer False when they did. Raises NotAllowed for anybody and all else.

    With a citizen proposal agrees who is of its age, until its last day is over; that enough do is told at once.
    Whoever wrote it on another account, as the key of their residency shows, agrees with themselves no more than there.
    """
    residency = residency_of(by, at=at)
    standing, proposal = _standing(contribution, by, residency, at)
    refused = why_not_support(proposal, residency)
    if refused is None and residency is not None and is_of_the_person(residency, account=standing.author_id):
        refused = WROTE_IT
    if refused is not None:
        raise NotAllowed(refused)
    _agreement, is_new = Agreement.objects.get_or_create(contribution=standing, person=by, defaults={"agreed_at": at})
    if is_new:
        _count_again(standing)
        settle_if_reached(proposal=proposal, contribution=standing, by=THE_SYSTEM, at=at)
    return is_new


@transaction.atomic
def take_back_agreement(*, contribution: Contribution, by: User, at: datetime) -> bool:
    """Let the person agree no longer; answer False when they did not. Raises NotAllowed once agreeing is over."""
    standing, _proposal = _standing(contribution, by, residency_of(by, at=at), at)
    taken, _by_table = Agreement.objects.filter(contribution=standing, person=by).delete()
    if taken:
        _count_again(standing)
    return bool(taken)


def _standing(
    contribution: Contribution, by: User, residency: Residency | None, at: datetime
) -> tuple[Contribution, CitizenProposal | None]:
    """Return the contribution as it is, which this person may agree with at that moment, and as what it was offered."""
    rows = Contribution.stored.select_related("consultation", "topic").select_for_update(of=("self",))
    standing = rows.get(pk=contribution.pk)
    proposal = proposal_of(standing)
    require(
        "discussions.agree_contribution",
        by,
        standing,
        phases=phases_of(standing.consultation),
        is_resident=residency is not None,
        proposal=proposal,
        at=at,
    )
    return standing, proposal


def _count_again(contribution: Contribution) -> None:
    AgreementSum.objects.filter(contribution=contribution).update(counted_at=None)


@transaction.atomic
def count_agreements(*, by: Actor, at: datetime) -> int:
    """Tell of everything that people agreed with in hearings that are over how many did; return of how much."""
    rows = Contribution.stored.filter(pk__in=list(to_count(at=at).values_list("pk", flat=True)[:AT_ONCE]))
    due = list(rows.select_for_update().order_by("pk"))
    record_many([told_sum(contribution=row, by=by, at=at) for row in due])
    return len(due)


def told_sum(*, contribution: Contribution, by: Actor, at: datetime) -> Draft:
    """Return the entry of how many agree with a contribution, which is kept as told."""
    count = counted_agreements(at=at).filter(contribution=contribution).count()
    AgreementSum.objects.update_or_create(contribution=contribution, defaults={"told": count, "counted_at": at})
    return entry(contribution, AGREEMENT_COUNTED, by, at, count=count)


def forget_agreements(*, person: User) -> int:
    """Delete what the person agrees with. What was told of it is a number, and stays. Return how much."""
    forgotten, _by_table = Agreement.objects.filter(person=person).delete()
    return forgotten
