"""What this app asks of others: what is published of summaries and white papers keeps its numbers in place."""

from apps.discussions.queries.binding import bind
from apps.publications.queries import cited_by_papers, cited_in_public


def listen() -> None:
    """Be asked before a contribution leaves its consultation."""
    bind(cited_in_public)
    bind(cited_by_papers)
