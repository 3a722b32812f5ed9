"""Single contributions for a moderator, and who has them open."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from apps.accounts.models import User
from apps.discussions.models import Contribution
from apps.discussions.queries import moderated_contributions, own_files
from apps.moderation.models import CLAIM_LASTS, LOOK_LASTS, Case, Look


def queue_item(pk: int) -> Contribution | None:
    """Return a contribution for a moderator, decided or not; for a number that was left, the text where it is now.

    The author's address is not among what is read.
    """
    return (
        moderated_contributions()
        .select_related(
            "topic",
            "consultation",
            "author",
            "offsite_author",
            "outside",
            "in_reply_to",
            "case__claimed_by",
            "refusal_reason",
            "moved_from__consultation",
        )
        .defer("salt", "consultation__body", "consultation__body_html", "author__email", "author__password")
        .filter(Q(pk=pk, moved_to=None) | Q(pk__in=moderated_contributions().filter(pk=pk).values("moved_to")))
        .first()
    )


def texts_to_read(ids: Sequence[int]) -> list[Contribution]:
    """Return contributions with their texts for a moderator, in the order of the queue, decided or not. Two queries."""
    rows = moderated_contributions().filter(pk__in=ids)
    rows = rows.select_related("topic", "consultation", "in_reply_to", "case", "outside")
    rows = rows.prefetch_related(own_files())
    return list(rows.defer("salt", "consultation__body", "consultation__body_html").order_by("due_at", "number", "pk"))


def replies_to(contribution: Contribution) -> int:
    """Return how many replies stand under a root."""
    if contribution.root_id is not None or contribution.is_waiting:
        return 0
    return moderated_contributions().filter(root=contribution).count()


def holder_of(contribution: Contribution, *, at: datetime) -> Any:
    """Return who holds the claim at that moment, or None."""
    case: Case | None = getattr(contribution, "case", None)
    if case is None or case.claimed_at is None or case.claimed_at <= at - CLAIM_LASTS:
        return None
    return case.claimed_by


def looking_at(ids: Collection[int], *, but: Any, at: datetime) -> dict[int, list[User]]:
    """Return who else has these contributions open at that moment, by contribution and the person's id."""
    looks = Look.objects.filter(contribution__in=ids, looked_at__gt=at - LOOK_LASTS).exclude(person=but)
    found: dict[int, list[User]] = defaultdict(list)
    for look in looks.select_related("person").order_by("pk"):
        found[look.contribution_id].append(look.person)
    return found


def who_has_what(*, at: datetime) -> tuple[Any, ...]:
    """Return all claims and looks that stand at that moment: what moderators see of each other, to tell a change."""
    claims = Case.objects.filter(claimed_at__gt=at - CLAIM_LASTS, claimed_by__isnull=False)
    looks = Look.objects.filter(looked_at__gt=at - LOOK_LASTS)
    return (
        *claims.order_by("pk").values_list("pk", "claimed_by"),
        *looks.order_by("pk").values_list("pk", "contribution"),
    )
