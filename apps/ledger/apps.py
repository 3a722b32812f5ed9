"""The app's place in the house."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LedgerConfig(AppConfig):
    """Ledger."""

    name = "apps.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Know every app's kinds of entries, so that each can be told in words, and listen to the ledger."""
        from apps.ledger import handlers  # noqa: PLC0415 - apps are ready only now

        autodiscover_modules("enums")
        handlers.listen()
