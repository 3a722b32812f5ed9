"""Every change to contributions: receiving, authoring, deciding, erasing, taking names away, and many at once."""

from apps.discussions.actions.authoring import revise_contribution, withdraw_contribution
from apps.discussions.actions.bulk import Received, name_offsite_authors, receive_many
from apps.discussions.actions.deciding import move_contribution, publish_contribution, refuse_contribution
from apps.discussions.actions.drafting import Writing, fit_text
from apps.discussions.actions.erasing import (
    clear_refused_texts,
    confirm_erasure,
    decline_erasure,
    hold_contribution,
    propose_erasure,
)
from apps.discussions.actions.hiding import hide_contribution, restore_contribution
from apps.discussions.actions.letters import confirm_letter, divide_letter, tell_apart
from apps.discussions.actions.naming import forget_author, hide_protected_names
from apps.discussions.actions.receiving import publish_answer, submit_contribution
from apps.discussions.actions.redacting import lift_redaction, redact_contribution
from apps.discussions.actions.returning import reopen_contribution, reopen_lapsed, return_contribution
from apps.discussions.actions.signing import remember_signatures
from apps.discussions.queries.authors import Author

__all__ = [
    "Author",
    "Received",
    "Writing",
    "clear_refused_texts",
    "confirm_erasure",
    "confirm_letter",
    "decline_erasure",
    "divide_letter",
    "fit_text",
    "forget_author",
    "hide_contribution",
    "hide_protected_names",
    "hold_contribution",
    "lift_redaction",
    "move_contribution",
    "name_offsite_authors",
    "propose_erasure",
    "publish_answer",
    "publish_contribution",
    "receive_many",
    "redact_contribution",
    "refuse_contribution",
    "remember_signatures",
    "reopen_contribution",
    "reopen_lapsed",
    "restore_contribution",
    "return_contribution",
    "revise_contribution",
    "submit_contribution",
    "tell_apart",
    "withdraw_contribution",
]
