"""What exchange writes: imports and large synthetic consultations through the apps below, and case files."""

from apps.exchange.actions.case_files import (
    build_case_file,
    claim_case_file,
    clear_case_files,
    request_case_file,
    require_current,
)
from apps.exchange.actions.case_writing import WrittenCase, export_case
from apps.exchange.actions.importing import import_consultation
from apps.exchange.actions.seeding import seed_load

__all__ = [
    "WrittenCase",
    "build_case_file",
    "claim_case_file",
    "clear_case_files",
    "export_case",
    "import_consultation",
    "request_case_file",
    "require_current",
    "seed_load",
]
