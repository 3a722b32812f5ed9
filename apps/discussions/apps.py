"""The app's place in the house."""

from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    """Discussions."""

    name = "apps.discussions"
    label = "discussions"
