"""Setting up the municipality, and keeping its rules."""

from apps.municipality.actions.legal_bases import (
    BasisText,
    add_legal_basis,
    change_legal_basis,
    resume_legal_basis,
    retire_legal_basis,
)
from apps.municipality.actions.reasons import (
    ReasonText,
    add_reason,
    change_reason,
    resume_reason,
    retire_reason,
)
from apps.municipality.actions.setting_up import set_up_municipality

__all__ = [
    "BasisText",
    "ReasonText",
    "add_legal_basis",
    "add_reason",
    "change_legal_basis",
    "change_reason",
    "resume_legal_basis",
    "resume_reason",
    "retire_legal_basis",
    "retire_reason",
    "set_up_municipality",
]
