"""What exchange reads: the whole ledger held against the rows, and what an import holds."""

from apps.exchange.queries.checking import Checked, check_ledger
from apps.exchange.queries.figures import ImportFigures, import_figures

__all__ = ["Checked", "ImportFigures", "check_ledger", "import_figures"]
