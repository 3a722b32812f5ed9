"""Claiming and deciding. The change of the contribution and its one entry are made by `discussions.actions`."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.permissions import require
from apps.consultations.models import Topic
from apps.discussions.actions import move_contribution, publish_contribution, refuse_contribution
from apps.discussions.errors import SameTopic
from apps.discussions.models import Contribution
from apps.moderation.enums import Outcome
from apps.moderation.errors import ClaimedByAnother, ReasonMissing
from apps.moderation.models import CLAIM_LASTS, Case, Decision
from apps.municipality.models import RefusalReason


@transaction.atomic
def claim_contribution(*, contribution: Contribution, by: User, at: datetime) -> bool:
    """Give the case to one moderator for 15 minutes, or answer False if a colleague holds it.

    The update names the old holder, so two clicks in the same second cannot both win. A claim lapses; nobody has to
    release it.
    """
    require("moderation.decide_contribution", by, contribution)
    case, _made = Case.objects.get_or_create(contribution=contribution)
    free = Q(claimed_by=None) | Q(claimed_by=by) | Q(claimed_at__lte=at - CLAIM_LASTS)
    return Case.objects.filter(free, pk=case.pk).update(claimed_by=by, claimed_at=at) == 1


@transaction.atomic
def release_contribution(*, contribution: Contribution, by: User, at: datetime) -> bool:  # noqa: ARG001 - one shape for all actions
    """Let go of a case; answer False when it was not the moderator's."""
    require("moderation.work_queue", by)
    return Case.objects.filter(contribution=contribution, claimed_by=by).update(claimed_by=None, claimed_at=None) == 1


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """A moderator's decision as made: `version` is the one that was read."""

    outcome: Outcome
    version: int
    reason: RefusalReason | None = None
    sentence: str = ""
    internal_facts: str = ""
    to: Topic | None = None
    with_replies: bool = False


@transaction.atomic
def decide_contribution(*, contribution: Contribution, ruling: Ruling, by: User, at: datetime) -> Decision:
    """Carry out a ruling on a contribution that waits, and keep who decided what and why.

    Raises NotAllowed on the own text, ClaimedByAnother, ReasonMissing, and as the actions of `discussions` do.
    """
    require("moderation.decide_contribution", by, contribution)
    if not claim_contribution(contribution=contribution, by=by, at=at):
        holder = Case.objects.select_related("claimed_by").get(contribution=contribution).claimed_by
        raise ClaimedByAnother(holder.display_name if holder else "")
    _carry_out(contribution, ruling, by, at)
    case = Case.objects.get(contribution=contribution)
    Case.objects.filter(pk=case.pk).update(claimed_by=None, claimed_at=None)
    return Decision.objects.create(
        case=case,
        outcome=ruling.outcome,
        version=ruling.version,
        reason=ruling.reason,
        sentence=ruling.sentence,
        internal_facts=ruling.internal_facts,
        decided_by=by,
        decided_at=at,
    )


def _carry_out(contribution: Contribution, ruling: Ruling, by: User, at: datetime) -> None:
    actor = as_moderator(by)
    if ruling.outcome == Outcome.PUBLISH:
        publish_contribution(contribution=contribution, version=ruling.version, by=actor, at=at)
    elif ruling.outcome == Outcome.REFUSE:
        if ruling.reason is None or not ruling.sentence.strip():
            raise ReasonMissing
        refuse_contribution(
            contribution=contribution,
            version=ruling.version,
            reason=ruling.reason,
            sentence=ruling.sentence.strip(),
            by=actor,
            at=at,
        )
    else:
        if ruling.to is None:
            raise SameTopic
        move_contribution(
            contribution=contribution, to=ruling.to, with_replies=ruling.with_replies, by=actor, at=at
        )
