"""Reads the files of a source's folder and hands their bytes to the parser of its format."""

from datetime import tzinfo
from pathlib import Path

from apps.exchange.engine import common_table, polis
from apps.exchange.engine.reading import unreadable
from apps.exchange.engine.rows import SourceConsultation


def read_polis(folder: Path) -> SourceConsultation:
    """A Polis export as published: `comments.csv`, and `summary.csv` where there is one."""
    comments = _bytes(folder / polis.COMMENTS)
    if comments is None:
        return _missing(folder, polis.COMMENTS)
    return polis.parse_polis(comments, _bytes(folder / polis.SUMMARY))


def read_common(folder: Path, zone: tzinfo = common_table.COPENHAGEN) -> SourceConsultation:
    """The common table: `contributions.csv`, and `topics.csv` where there is one."""
    contributions = _bytes(folder / common_table.CONTRIBUTIONS)
    if contributions is None:
        return _missing(folder, common_table.CONTRIBUTIONS)
    return common_table.parse_common(contributions, _bytes(folder / common_table.TOPICS), zone=zone)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _missing(folder: Path, name: str) -> SourceConsultation:
    return unreadable(file=name, line=0, reason=f"The file {name} is not in {folder} or cannot be opened.")
