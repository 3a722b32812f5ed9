"""Who is told about residencies: the person whose it is, when somebody else decided or it may not have been them."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.accounts.models import User
from apps.ledger.enums import ActorRole
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.residency.enums import RESIDENCY_ENDED, RESIDENCY_GRANTED, EndReason, ResidencyStatus
from apps.residency.models import Residency
from apps.residency.queries import residencies_by_ids

TOLD_OF_RESIDENCY = frozenset({RESIDENCY_GRANTED.name, RESIDENCY_ENDED.name})
# Those who renew know it, and a day that was told long before is no news.
NO_NEWS = frozenset({EndReason.RENEWED.value, EndReason.EXPIRED.value})


@dataclass(frozen=True, kw_only=True)
class ResidencyNews:
    """One thing to tell somebody about their residency."""

    entry: Entry
    to: User
    residency: Residency


def residency_news_in(entries: Sequence[Entry]) -> list[ResidencyNews]:
    """Return whom to tell what about these entries, in their order: one query, however many there are."""
    told = [entry for entry in entries if entry.kind in TOLD_OF_RESIDENCY and _is_news(entry)]
    rows = residencies_by_ids({entry.subject_id for entry in told}) if told else {}
    return [
        ResidencyNews(entry=entry, to=row.person, residency=row)
        for entry in told
        if (row := rows.get(entry.subject_id)) is not None and row.person.is_active and _still_so(entry, row)
    ]


def _is_news(entry: Entry) -> bool:
    if entry.kind == RESIDENCY_GRANTED.name:
        return entry.actor_role == ActorRole.OFFICIAL
    return facts_of(entry)["reason"] not in NO_NEWS


def _still_so(entry: Entry, residency: Residency) -> bool:
    """A residency that was granted and has ended since is told of once: by its end."""
    return entry.kind == RESIDENCY_ENDED.name or residency.status != ResidencyStatus.ENDED
