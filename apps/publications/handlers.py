"""What this app asks of others, and what it does when entries were recorded.

What a published summary or white paper rests on, and what somebody was told of the decision by, stays in its
consultation. Notices that were begun are handed over at once.
"""

from collections.abc import Sequence
from typing import Any

from apps.common.nudge import nudge
from apps.discussions.queries.binding import bind
from apps.ledger.signals import entry_recorded
from apps.publications.enums import NOTICES_BEGUN
from apps.publications.queries import cited_by_papers, cited_in_public
from apps.publications.queries.notices import told_among
from apps.publications.tasks import hand_over_notices


def listen() -> None:
    """Be asked before a contribution leaves its consultation, and hear of notices that were begun."""
    bind(cited_in_public)
    bind(cited_by_papers)
    bind(told_among)
    entry_recorded.connect(_nudge_sweeps, dispatch_uid="publications")


def _nudge_sweeps(*, kinds: Sequence[str], **_: Any) -> None:
    if NOTICES_BEGUN.name in kinds:
        nudge(hand_over_notices)
