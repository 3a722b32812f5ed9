"""What the app does when entries were recorded: nudge the sweeps for names and signatures."""

from collections.abc import Sequence
from typing import Any

from apps.accounts.enums import NAME_PROTECTED
from apps.common.nudge import nudge
from apps.discussions.enums import (
    CONTRIBUTION_RECEIVED,
    CONTRIBUTION_REDACTED,
    CONTRIBUTION_REVISED,
    CONTRIBUTION_UNREDACTED,
)
from apps.discussions.tasks import hide_protected_names, remember_signatures
from apps.ledger.signals import entry_recorded

NEW_TEXTS = frozenset(
    kind.name for kind in (CONTRIBUTION_RECEIVED, CONTRIBUTION_REVISED, CONTRIBUTION_REDACTED, CONTRIBUTION_UNREDACTED)
)


def listen() -> None:
    """Connect this app to the ledger's signal."""
    entry_recorded.connect(_nudge, dispatch_uid="discussions")


def _nudge(kinds: Sequence[str], **_: Any) -> None:
    if NAME_PROTECTED.name in kinds:
        nudge(hide_protected_names)
    if NEW_TEXTS.intersection(kinds):
        nudge(remember_signatures)
