"""The app's place in the house."""

from django.apps import AppConfig
from django.core import checks


class ResidencyConfig(AppConfig):
    """Residency."""

    name = "apps.residency"
    label = "residency"

    def ready(self) -> None:
        """Let `manage.py check` read the address register."""
        from apps.residency.registers import check_register  # noqa: PLC0415 - its errors want the apps loaded

        checks.register(check_register)
