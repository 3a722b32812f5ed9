"""Sweeps of the app."""

from celery import shared_task

from apps.common.clock import now
from apps.discussions.actions import hide_protected_names as hide


@shared_task(name="discussions.hide_protected_names")
def hide_protected_names() -> int:
    """Take protected names from what their people wrote before the names were protected."""
    return hide(at=now())
