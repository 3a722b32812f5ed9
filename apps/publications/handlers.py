"""What this app does when entries were recorded, and what it asks of others.

The PDFs of white papers are made and made anew; what is published of summaries and white papers keeps its numbers in
place.
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
from apps.publications.enums import WHITE_PAPER_PUBLISHED
from apps.publications.queries import cited_by_papers, cited_in_public
from apps.publications.tasks import make_papers

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
    """Connect this app to the ledger's signal, and be asked before a contribution leaves its consultation."""
    entry_recorded.connect(_nudge_makers, dispatch_uid="publications")
    bind(cited_in_public)
    bind(cited_by_papers)


def _nudge_makers(kinds: Sequence[str], **_: Any) -> None:
    if not MAKING.isdisjoint(kinds):
        nudge(make_papers)
