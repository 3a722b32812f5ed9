"""What every page knows."""

from typing import Any

from django.conf import settings

from apps.common.clock import now
from apps.municipality.queries import the_municipality

THEMES = ("auto", "light", "dark")


def every_page(request: Any) -> dict[str, Any]:
    """Return what the base template shows: the municipality, the viewer's roles, the theme and the moment."""
    user = getattr(request, "user", None)
    theme = request.COOKIES.get("theme", "auto")
    return {
        "municipality": the_municipality(),
        "roles": user.roles if user is not None and user.is_authenticated else frozenset(),
        "theme": theme if theme in THEMES else "auto",
        "now": now(),
        "is_demo": settings.DEMO,
    }
