"""The app's place in the house."""

from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    """Publications."""

    name = "apps.publications"
    label = "publications"

    def ready(self) -> None:
        """Hold what summaries cite to its number."""
        from apps.publications import handlers  # noqa: PLC0415 - apps are ready only now

        handlers.listen()
