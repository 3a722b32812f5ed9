"""How moderation is doing: times, backlog, reasons, reversals, agreement. Sums only; no figure is of one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from apps.common import wording
from apps.discussions.models import Contribution
from apps.discussions.queries import unread_contributions, waiting_contributions
from apps.ledger.queries import count_of_kinds
from apps.moderation.engine.agreement import kappa, percentile
from apps.moderation.enums import DECIDED_AS, Outcome, Verdict
from apps.moderation.models import Decision, SecondReading
from apps.municipality.models import RefusalReason

# One decision in twenty is read again.
SAMPLED = 20
LOOKED_AT = 2_000
FEWEST_FOR_KAPPA = 20
FIRST_DECISIONS = (Outcome.PUBLISH, Outcome.REFUSE, Outcome.RETURN)
MEDIAN, NINE_OF_TEN = 0.5, 0.9


@dataclass(frozen=True, kw_only=True)
class Share:
    """A part of a whole, with both, so that nobody has to trust a percentage."""

    label: str
    count: int
    of: int

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, None of nothing."""
        return round(100 * self.count / self.of) if self.of else None


@dataclass(frozen=True, kw_only=True)
class Measures:
    """The figures of one span of time, each with what it was made from."""

    since: datetime
    decided: int
    median: str
    nine_of_ten: str
    waiting: int
    oldest: datetime | None
    outcomes: list[Share]
    reasons: list[Share]
    reversed: Share
    read_again: int
    agreement: float | None

    @property
    def says_enough(self) -> bool:
        """Enough was read again for the agreement to mean something."""
        return self.read_again >= FEWEST_FOR_KAPPA


def measures(*, at: datetime, days: int) -> Measures:
    """Return how moderation did in the days up to a moment. Nine queries, whatever was decided.

    A text that was published by rule was decided on when a moderator first read it.
    """
    since = at - timedelta(days=days)
    decided = Decision.objects.filter(decided_at__gt=since, decided_at__lte=at, undone_at=None)
    first = decided.filter(Q(outcome__in=FIRST_DECISIONS) | Q(is_first_reading=True), is_of_appeal=False).order_by("pk")
    times = [(row - received).total_seconds() for row, received in first.values_list("decided_at", _RECEIVED)]
    readings = SecondReading.objects.filter(read_at__gt=since, read_at__lte=at).order_by("pk")
    said = readings.values_list("decision__outcome", "verdict")
    pairs = [(_as_verdict(outcome), verdict) for outcome, verdict in said]
    waits = [waiting_contributions().select_related(None).order_by(), unread_contributions()]
    return Measures(
        since=since,
        decided=len(times),
        median=_in_words(percentile(times, MEDIAN), at),
        nine_of_ten=_in_words(percentile(times, NINE_OF_TEN), at),
        waiting=sum(rows.count() for rows in waits),
        oldest=min((one for rows in waits if (one := _oldest_of(rows))), default=None),
        outcomes=_outcomes(decided),
        reasons=_reasons(decided),
        reversed=_reversed(since, at),
        read_again=len(pairs),
        agreement=kappa(pairs),
    )


def _oldest_of(rows: "QuerySet[Contribution]") -> datetime | None:
    return rows.order_by("received_at", "id").values_list("received_at", flat=True).first()


_RECEIVED = "case__contribution__received_at"


def _in_words(seconds: float | None, at: datetime) -> str:
    return "" if seconds is None else wording.waited(at - timedelta(seconds=seconds), at)


def _as_verdict(outcome: str) -> str:
    return Verdict.PUBLISH if outcome == Outcome.PUBLISH else Verdict.REFUSE


def _outcomes(decided: Any) -> list[Share]:
    """Return how often each outcome was chosen, in the order in which a moderator sees them."""
    counts = dict(decided.order_by().values_list("outcome").annotate(count=Count("pk")))
    return [
        Share(label=str(DECIDED_AS[outcome]), count=counts[outcome], of=sum(counts.values()))
        for outcome in Outcome
        if outcome in counts
    ]


def _reasons(decided: Any) -> list[Share]:
    """Return how often each reason was given, in the order of the house rules; not those found not to hold."""
    given = decided.filter(reason__isnull=False).exclude(outcome__in=(Outcome.RESTORE, Outcome.LIFT))
    counts = dict(given.order_by().values_list("reason").annotate(count=Count("pk")))
    reasons = RefusalReason.objects.filter(pk__in=counts).order_by(F("rule_number").asc(nulls_last=True), "code")
    whole = sum(counts.values())
    return [Share(label=reason.title, count=counts[reason.pk], of=whole) for reason in reasons]


def _reversed(since: datetime, at: datetime) -> Share:
    """Return how many of the decided appeals were granted, as the ledger tells."""
    counts = count_of_kinds(("appeal.upheld", "appeal.reversed"), since=since, until=at)
    return Share(label="", count=counts.get("appeal.reversed", 0), of=sum(counts.values()))


def to_read_again(viewer: Any) -> Decision | None:
    """Return the oldest decision of the sample that the viewer can read a second time, or None.

    Whether a decision belongs to the sample can be worked out from its number by anyone, and nobody can choose it.
    What is gone or was changed since is left out, as are the viewer's own decisions and texts.
    """
    rows = (
        Decision.objects.filter(outcome__in=(Outcome.PUBLISH, Outcome.REFUSE), second_reading=None, undone_at=None)
        .filter(is_of_appeal=False)
        .exclude(decided_by=viewer)
        .exclude(case__contribution__author=viewer)
        .filter(case__contribution__text_erased_at=None, case__contribution__version=F("version"))
        .exclude(case__contribution__status="withdrawn")
        .select_related("case__contribution__topic", "case__contribution__consultation")
    )
    return next((row for row in _newest(rows) if is_sampled(row.pk)), None)


def _newest(rows: Any) -> Iterable[Decision]:
    """Return the latest decisions, oldest first, so that the sample is worked off in order."""
    found: list[Decision] = list(rows.order_by("-pk")[:LOOKED_AT])
    return reversed(found)


def is_sampled(decision_id: int) -> bool:
    """Tell whether a decision is one of the one in twenty that are read again."""
    return int.from_bytes(sha256(f"decision {decision_id}".encode()).digest()[:8], "big") % SAMPLED == 0


def text_of(decision: Decision) -> Contribution:
    """Return what was decided about."""
    found: Contribution = decision.case.contribution
    return found
