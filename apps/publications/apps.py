"""The app's place in the house."""

from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    """Publications."""

    name = "apps.publications"
    label = "publications"
