"""The app's place in the house."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Moderation."""

    name = "apps.moderation"
    label = "moderation"
