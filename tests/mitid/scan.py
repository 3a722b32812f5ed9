"""Everything that is kept anywhere, as one text: to look for what must not be in it."""

from django.apps import apps
from django.contrib.sessions.models import Session

from tests.leaks.rows import in_cache


def everything_kept() -> str:
    """Return all rows of all tables, the sessions in clear, and the cache."""
    rows = [str(row) for model in apps.get_models() for row in model._default_manager.values_list()]
    sessions = [str(session.get_decoded()) for session in Session.objects.all()]
    return "\n".join([*rows, *sessions, *(repr(value) for _key, value in in_cache())])
