"""Tests on published consultations run where their folder lies beside the checkout, and are not collected elsewhere."""

from pathlib import Path

PUBLISHED = Path(__file__).resolve().parents[2].parent / "shared" / "data"

collect_ignore = [] if (PUBLISHED / "FACTS.json").is_file() else ["test_engine_published_sets.py"]
