"""Changes to residency: granting, renewing, moving and ending it; letters with codes."""

from apps.residency.actions.codes import enter_code
from apps.residency.actions.ending import decline_residency, end_own_residency, revoke_residency
from apps.residency.actions.forgetting import clear_residencies, forget_resident
from apps.residency.actions.granting import ShownAtDesk, confirm_residency, grant_residency
from apps.residency.actions.letter_batches import make_batch, make_codes, post_letters
from apps.residency.actions.letters import cancel_letter, cancel_own_letter, clear_letters, request_letter
from apps.residency.actions.verifying import keep_protection, verify_with_mitid

__all__ = [
    "ShownAtDesk",
    "cancel_letter",
    "cancel_own_letter",
    "clear_letters",
    "clear_residencies",
    "confirm_residency",
    "decline_residency",
    "end_own_residency",
    "enter_code",
    "forget_resident",
    "grant_residency",
    "keep_protection",
    "make_batch",
    "make_codes",
    "post_letters",
    "request_letter",
    "revoke_residency",
    "verify_with_mitid",
]
