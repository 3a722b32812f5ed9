"""What the portal changes: copies of people's data, people who leave, and what has been kept long enough."""

from apps.portal.actions.clearing import CLASSES, RetentionClass, clear_away
from apps.portal.actions.dues import Due
from apps.portal.actions.evidence import open_evidence
from apps.portal.actions.exporting import (
    build_export,
    claim_export,
    clear_exports,
    forget_exports,
    request_export,
)
from apps.portal.actions.leaving import delete_account

__all__ = [
    "CLASSES",
    "Due",
    "RetentionClass",
    "build_export",
    "claim_export",
    "clear_away",
    "clear_exports",
    "delete_account",
    "forget_exports",
    "open_evidence",
    "request_export",
]
