"""The app's place in the house."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Ledger."""

    name = "apps.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Listen to the ledger."""
        from apps.ledger import handlers  # noqa: PLC0415 - apps are ready only now

        handlers.listen()
