"""What this app does when entries were recorded, and what it asks of others.

What a published summary or white paper rests on, and what somebody was told of the decision by, stays in its
consultation. Notices that were begun are handed over at once, and the PDFs of white papers are made, and made anew.
"""

from collections.abc import Sequence
from typing import Any

from apps.common.nudge import nudge
from apps.discussions.enums import (
    CONTRIBUTION_ERASED,
    CONTRIBUTION_HIDDEN,
    CONTRIBUTION_REDACTED,
    CONTRIBUTION_RESTORED,
    CONTRIBUTION_WITHDRAWN,
)
from apps.discussions.queries.binding import bind
from apps.ledger.signals import entry_recorded
from apps.publications.enums import NOTICES_BEGUN, WHITE_PAPER_PUBLISHED
from apps.publications.queries import cited_by_papers, cited_in_public
from apps.publications.queries.notices import told_among
from apps.publications.tasks import hand_over_notices, make_papers

# After these a PDF is to be made, or made anew, at once. What else changes what everyone reads can wait for the sweep.
MAKING = frozenset(
    kind.name
    for kind in (
        WHITE_PAPER_PUBLISHED,
        CONTRIBUTION_ERASED,
        CONTRIBUTION_HIDDEN,
        CONTRIBUTION_REDACTED,
        CONTRIBUTION_RESTORED,
        CONTRIBUTION_WITHDRAWN,
    )
)


def listen() -> None:
    """Be asked before a contribution leaves its consultation, and hear of what sweeps have to do."""
    bind(cited_in_public)
    bind(cited_by_papers)
    bind(told_among)
    entry_recorded.connect(_nudge_sweeps, dispatch_uid="publications")


def _nudge_sweeps(*, kinds: Sequence[str], **_: Any) -> None:
    if NOTICES_BEGUN.name in kinds:
        nudge(hand_over_notices)
    if not MAKING.isdisjoint(kinds):
        nudge(make_papers)
