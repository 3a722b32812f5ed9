"""The app's place in the house."""

from django.apps import AppConfig


class ResidencyConfig(AppConfig):
    """Residency."""

    name = "apps.residency"
    label = "residency"
