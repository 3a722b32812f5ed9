"""How often one network may do something, counted in the cache that all processes share."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest


def is_within(request: HttpRequest, *, what: str, rates: str) -> bool:
    """Count one attempt of this network, and tell whether it is within `rates`, written as allauth writes them."""
    return bool(ratelimit.consume(request, app="civic_forum", action=what, config={what: rates}))
