"""Taking a case and letting it go."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from apps.accounts.models import User
from apps.common.permissions import require
from apps.discussions.errors import AlreadyDecided
from apps.discussions.models import Contribution
from apps.moderation.errors import ClaimedByAnother
from apps.moderation.models import CLAIM_LASTS, Appeal, Case, Look, PauseAppeal, ReportCase
from apps.municipality.queries import name_in_office


@transaction.atomic
def claim_contribution(*, contribution: Contribution, by: User, at: datetime) -> bool:
    """Give the case to one moderator for 15 minutes, or answer False if a colleague holds it.

    The update names the old holder, so two clicks in the same second cannot both win. A claim lapses; nobody has to
    release it. Raises NotAllowed on the own text, AlreadyDecided when nothing is left to decide, no appeal either.
    """
    require("moderation.decide_contribution", by, contribution)
    if not (contribution.is_waiting or contribution.is_published or contribution.is_hidden or _is_open(contribution)):
        raise AlreadyDecided
    case, _made = Case.objects.get_or_create(contribution=contribution)
    free = Q(claimed_by=None) | Q(claimed_by=by) | Q(claimed_at__lte=at - CLAIM_LASTS)
    return Case.objects.filter(free, pk=case.pk).update(claimed_by=by, claimed_at=at) == 1


def _is_open(contribution: Contribution) -> bool:
    about = {"contribution": contribution}
    return (
        Appeal.objects.filter(**about, decided_at=None).exists()
        or PauseAppeal.objects.filter(**about, decided_at=None).exists()
        or ReportCase.objects.filter(**about, settled_at=None).exists()
    )


def hold_for(*, contribution: Contribution, by: User, at: datetime) -> Case:
    """Return the case, held by the moderator for a decision; raises ClaimedByAnother, and as a claim does."""
    if not claim_contribution(contribution=contribution, by=by, at=at):
        holder = Case.objects.select_related("claimed_by").get(contribution=contribution).claimed_by
        raise ClaimedByAnother(name_in_office(holder))
    return Case.objects.get(contribution=contribution)


def let_go(*, contribution: Contribution) -> None:
    """Leave the case to anybody, after a decision."""
    Case.objects.filter(contribution=contribution).update(claimed_by=None, claimed_at=None)


@transaction.atomic
def release_contribution(*, contribution: Contribution, by: User, at: datetime) -> bool:  # noqa: ARG001 - one shape for all actions
    """Let go of a case; answer False when it was not the moderator's."""
    require("moderation.open_case", by, contribution)
    return Case.objects.filter(contribution=contribution, claimed_by=by).update(claimed_by=None, claimed_at=None) == 1


def look_at(*, contribution: Contribution, by: User, at: datetime) -> None:
    """Let colleagues see that the moderator has this open, for less than a minute; raises NotAllowed."""
    require("moderation.open_case", by, contribution)
    Look.objects.update_or_create(person=by, defaults={"contribution": contribution, "looked_at": at})


def look_away(*, contribution: Contribution, by: User, at: datetime) -> None:  # noqa: ARG001 - one shape for all actions
    """Let colleagues see that the moderator has this open no longer; raises NotAllowed."""
    require("moderation.open_case", by, contribution)
    Look.objects.filter(person=by, contribution=contribution).delete()


@transaction.atomic
def release_claims_of(*, person: User) -> int:
    """Let go of every case that the person holds or looks at, as when they leave. Return how many they held."""
    Look.objects.filter(person=person).delete()
    return Case.objects.filter(claimed_by=person).update(claimed_by=None, claimed_at=None)
