"""What the app does when entries were recorded: nudge the sweeps for names, signatures and what waits."""

from collections.abc import Sequence
from typing import Any

from apps.accounts.enums import NAME_PROTECTED
from apps.common.nudge import nudge
from apps.discussions.enums import (
    CONTRIBUTION_MOVED_BACK,
    CONTRIBUTION_MOVED_IN,
    CONTRIBUTION_RECEIVED,
    CONTRIBUTION_REDACTED,
    CONTRIBUTION_REVISED,
    CONTRIBUTION_UNREDACTED,
)
from apps.discussions.tasks import hide_protected_names, remember_signatures, screen_what_waits
from apps.ledger.signals import entry_recorded
from apps.screening.enums import (
    EMPLOYEE_CHANGED,
    EMPLOYEE_ENDED,
    EMPLOYEE_PROTECTED,
    WORD_ADDED,
    WORD_CHANGED,
    WORD_ENDED,
)

OF_LISTS = frozenset(
    kind.name for kind in (EMPLOYEE_CHANGED, EMPLOYEE_ENDED, EMPLOYEE_PROTECTED, WORD_ADDED, WORD_CHANGED, WORD_ENDED)
)

NEW_TEXTS = frozenset(
    kind.name
    for kind in (
        CONTRIBUTION_MOVED_BACK,
        CONTRIBUTION_MOVED_IN,
        CONTRIBUTION_RECEIVED,
        CONTRIBUTION_REDACTED,
        CONTRIBUTION_REVISED,
        CONTRIBUTION_UNREDACTED,
    )
)


def listen() -> None:
    """Connect this app to the ledger's signal."""
    entry_recorded.connect(_nudge_sweeps, dispatch_uid="discussions")


def _nudge_sweeps(kinds: Sequence[str], **_: Any) -> None:
    if NAME_PROTECTED.name in kinds:
        nudge(hide_protected_names)
    if not OF_LISTS.isdisjoint(kinds):
        nudge(screen_what_waits)
    if not NEW_TEXTS.isdisjoint(kinds):
        nudge(remember_signatures)
