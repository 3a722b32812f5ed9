"""What machines that watch this one may know."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from apps.ledger.queries import head_position, reader_lags, unplaced_entries
from apps.live.queries import open_sockets
from apps.moderation.queries import oldest_waiting_since, overdue, queue_length
from apps.notifications.queries import mail_due


@dataclass(frozen=True)
class Gauge:
    """One number of /metrics, as it is at this moment."""

    name: str
    meaning: str
    value: float
    label: str = ""


def gauges(*, at: datetime) -> Iterator[Gauge]:
    """Return the numbers that tell whether work is piling up."""
    since = oldest_waiting_since()
    yield Gauge("civic_queue_waiting", "Texts, reports and appeals that wait for a moderator.", queue_length())
    yield Gauge(
        "civic_queue_oldest_wait_seconds",
        "How long the oldest text of them has waited.",
        0 if since is None else max(0, int((at - since).total_seconds())),
    )
    yield Gauge("civic_queue_overdue", "Of these, those that should have been decided by now.", overdue(at=at))
    yield Gauge("civic_mail_due", "Mails that are written and should have been sent by now.", mail_due(at=at))
    yield Gauge("civic_ledger_head", "The last position of the ledger.", head_position())
    yield Gauge("civic_ledger_unplaced", "Entries that have no position yet.", unplaced_entries())
    for name, lag in reader_lags().items():
        yield Gauge(f"civic_ledger_{name}_lag", f"Entries that {name} has not seen yet.", lag)
    yield Gauge("civic_live_sockets", "Sockets that this process holds.", open_sockets())
