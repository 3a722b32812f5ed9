"""Every change to contributions: receiving, authoring, deciding, and many at once."""

from apps.discussions.actions.authoring import revise_contribution, withdraw_contribution
from apps.discussions.actions.bulk import Received, name_offsite_authors, receive_many
from apps.discussions.actions.deciding import move_contribution, publish_contribution, refuse_contribution
from apps.discussions.actions.drafting import Author, Writing, fit_text
from apps.discussions.actions.receiving import publish_answer, submit_contribution

__all__ = [
    "Author",
    "Received",
    "Writing",
    "fit_text",
    "move_contribution",
    "name_offsite_authors",
    "publish_answer",
    "publish_contribution",
    "receive_many",
    "refuse_contribution",
    "revise_contribution",
    "submit_contribution",
    "withdraw_contribution",
]
