"""What exchange reads: sources on disk, what an import holds, the whole ledger held against the rows, case files."""

from apps.exchange.queries.case_files import (
    CASE_FILES_KEPT,
    case_files_of,
    case_files_to_expire,
    case_to_export,
    folder_of_cases,
    name_of_case_file,
    path_of_case_file,
    ready_case_file,
)
from apps.exchange.queries.checking import Checked, check_ledger
from apps.exchange.queries.figures import ImportFigures, import_figures
from apps.exchange.queries.sources import format_of, read_source

__all__ = [
    "CASE_FILES_KEPT",
    "Checked",
    "ImportFigures",
    "case_files_of",
    "case_files_to_expire",
    "case_to_export",
    "check_ledger",
    "folder_of_cases",
    "format_of",
    "import_figures",
    "name_of_case_file",
    "path_of_case_file",
    "read_source",
    "ready_case_file",
]
