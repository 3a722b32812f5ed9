"""What this app asks of others: what a published summary cites stays in its consultation."""

from apps.discussions.queries.binding import bind
from apps.publications.queries import cited_in_public


def listen() -> None:
    """Be asked before a contribution leaves its consultation."""
    bind(cited_in_public)
