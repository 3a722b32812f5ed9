"""The app's place in the house."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Screening."""

    name = "apps.screening"
    label = "screening"
