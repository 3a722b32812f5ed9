"""What changes the lists, what was noticed in texts, and the signatures."""

from apps.screening.actions.employees import (
    EmployeeFacts,
    change_employee,
    end_employee,
    forget_employees,
    protect_employee,
    protect_employees,
)
from apps.screening.actions.flags import forget_flags, in_file, keep_flags, keep_flags_anew, keep_flags_of_many
from apps.screening.actions.signatures import forget_signature, forget_signatures, remember_signature
from apps.screening.actions.words import add_word, change_word, end_word

__all__ = [
    "EmployeeFacts",
    "add_word",
    "change_employee",
    "change_word",
    "end_employee",
    "end_word",
    "forget_employees",
    "forget_flags",
    "forget_signature",
    "forget_signatures",
    "in_file",
    "keep_flags",
    "keep_flags_anew",
    "keep_flags_of_many",
    "protect_employee",
    "protect_employees",
    "remember_signature",
]
