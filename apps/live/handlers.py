"""What the app does when entries were recorded."""


def listen() -> None:
    """Connect this app to the ledger's signal."""
