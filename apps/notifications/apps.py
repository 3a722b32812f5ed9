"""The app's place in the house."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Notifications."""

    name = "apps.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Listen to the ledger."""
        from apps.notifications import handlers  # noqa: PLC0415 - apps are ready only now

        handlers.listen()
