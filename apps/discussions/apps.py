"""The app's place in the house."""

from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    """Discussions."""

    name = "apps.discussions"
    label = "discussions"

    def ready(self) -> None:
        """Listen to the ledger."""
        from apps.discussions import handlers  # noqa: PLC0415 - apps are ready only now

        handlers.listen()
