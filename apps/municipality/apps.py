"""The app's place in the house."""

from django.apps import AppConfig


class MunicipalityConfig(AppConfig):
    """Municipality."""

    name = "apps.municipality"
    label = "municipality"
