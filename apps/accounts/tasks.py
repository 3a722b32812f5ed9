"""Sweeps of the app."""

from celery import shared_task

from apps.accounts.actions import turn_roles as turn
from apps.common.clock import now


@shared_task(name="accounts.turn_roles")
def turn_roles() -> int:
    """Begin and end the staff roles whose day has come."""
    return turn(at=now())
