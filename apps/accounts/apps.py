"""The app's place in the house, and what it asks of an installation."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

NOT_SHARED = ("django.core.cache.backends.locmem", "django.core.cache.backends.dummy")


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "apps.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register the check of the cache."""
        checks.register(limits_are_shared, checks.Tags.security, deploy=True)


def limits_are_shared(app_configs: Any, **_options: Any) -> list[checks.CheckMessage]:  # noqa: ARG001 - Django's signature
    """Warn when each process counts attempts for itself, so that the limits are as many times as wide."""
    if settings.DEBUG or not settings.CACHES["default"]["BACKEND"].startswith(NOT_SHARED):
        return []
    warning = checks.Warning(
        "The limits on logging in and signing up are counted in each process apart.",
        hint="Set REDIS_URL, so that all processes share one cache; or run one process.",
        id="accounts.W001",
    )
    return [warning]
