"""Changes to residency: granting, renewing, moving and ending it."""

from apps.residency.actions.ending import decline_residency, end_own_residency, revoke_residency
from apps.residency.actions.forgetting import forget_resident
from apps.residency.actions.granting import ShownAtDesk, confirm_residency, grant_residency
from apps.residency.actions.verifying import keep_protection, verify_with_mitid

__all__ = [
    "ShownAtDesk",
    "confirm_residency",
    "decline_residency",
    "end_own_residency",
    "forget_resident",
    "grant_residency",
    "keep_protection",
    "revoke_residency",
    "verify_with_mitid",
]
