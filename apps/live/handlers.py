"""What the app does when entries were recorded: nudge the sweep that rings doorbells."""

from collections.abc import Sequence
from typing import Any

from apps.common.nudge import nudge
from apps.ledger.signals import entry_recorded
from apps.live.streams import RINGING
from apps.live.tasks import ring_doorbells


def listen() -> None:
    """Connect this app to the ledger's signal."""
    entry_recorded.connect(_nudge_doorbells, dispatch_uid="live")


def _nudge_doorbells(kinds: Sequence[str], **_: Any) -> None:
    if RINGING.intersection(kinds):
        nudge(ring_doorbells)
