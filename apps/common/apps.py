"""The app's place in the house."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CommonConfig(AppConfig):
    """Common."""

    name = "apps.common"
    label = "common"

    def ready(self) -> None:
        """Read every app's rules, so that each permission is known by name."""
        autodiscover_modules("rules")
