"""The one place that reads the clock. Edges call `now()` once and pass the moment on as `at`."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Return this moment in UTC."""
    return timezone.now()
