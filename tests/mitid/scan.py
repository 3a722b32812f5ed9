"""Everything that is kept anywhere, as one text: to look for what must not be in it."""

from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import cache


def everything_kept() -> str:
    """Return all rows of all tables, the sessions in clear, and the cache of this process."""
    rows = [str(row) for model in apps.get_models() for row in model._default_manager.values_list()]
    sessions = [str(session.get_decoded()) for session in Session.objects.all()]
    kept_in_cache: Any = getattr(cache, "_cache", {})
    return "\n".join([*rows, *sessions, *(repr(value) for value in list(kept_in_cache.values()))])
