"""What exchange reads: sources on disk, what an import holds, and the whole ledger held against the rows."""

from apps.exchange.queries.checking import Checked, check_ledger
from apps.exchange.queries.figures import ImportFigures, import_figures
from apps.exchange.queries.sources import format_of, read_source

__all__ = ["Checked", "ImportFigures", "check_ledger", "format_of", "import_figures", "read_source"]
