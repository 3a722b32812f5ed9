"""What the ledger does when entries were recorded: nudge its sequencer."""

from typing import Any

from apps.common.nudge import nudge
from apps.ledger.signals import entry_recorded
from apps.ledger.tasks import sequence_entries


def listen() -> None:
    """Connect this app to the ledger's signal."""
    entry_recorded.connect(_nudge_sequencer, dispatch_uid="ledger")


def _nudge_sequencer(**_: Any) -> None:
    nudge(sequence_entries)
