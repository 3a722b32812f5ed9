"""What the app does when entries were recorded: nudge the sweep that hides protected names."""

from collections.abc import Sequence
from typing import Any

from apps.accounts.enums import NAME_PROTECTED
from apps.common.nudge import nudge
from apps.discussions.tasks import hide_protected_names
from apps.ledger.signals import entry_recorded


def listen() -> None:
    """Connect this app to the ledger's signal."""
    entry_recorded.connect(_nudge_hiding, dispatch_uid="discussions")


def _nudge_hiding(kinds: Sequence[str], **_: Any) -> None:
    if NAME_PROTECTED.name in kinds:
        nudge(hide_protected_names)
