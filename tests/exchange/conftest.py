"""Tests on published consultations run where their folder lies beside the checkout, and are not collected elsewhere."""

from pathlib import Path

PUBLISHED = Path(__file__).resolve().parents[2].parent / "shared" / "data"

ON_SETS = ["test_engine_published_sets.py", "test_import_sets.py"]

collect_ignore = [] if (PUBLISHED / "FACTS.json").is_file() else ON_SETS
