"""The app's place in the house."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Live."""

    name = "apps.live"
    label = "live"

    def ready(self) -> None:
        """Listen to the ledger."""
        from apps.live import handlers  # noqa: PLC0415 - apps are ready only now

        handlers.listen()
