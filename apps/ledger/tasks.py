"""The sequencer's sweep."""

from celery import shared_task

from apps.ledger import actions


@shared_task(name="ledger.sequence_entries")
def sequence_entries() -> None:
    """Give new entries their positions."""
    actions.sequence_entries()
