"""The sweep over phases: it records what the clock did, and decides nothing."""

from celery import shared_task

from apps.common.clock import now
from apps.consultations.actions import note_phases


@shared_task(name="consultations.note_phases")
def note_what_the_clock_did() -> None:
    """Tell of phases that have begun or ended since the last look."""
    note_phases(at=now())
