"""Puts rows in the order received and replies under their root."""

from collections.abc import Iterable
from dataclasses import replace

from apps.exchange.engine.rows import Note, SourceRow


def in_time_order(rows: Iterable[SourceRow]) -> list[SourceRow]:
    """The rows by time; those of one moment in the source's order, but never a reply before what it answers."""
    waiting = sorted(rows, key=lambda row: row.created_at)
    by_id = {row.source_id: row for row in waiting}
    ordered: dict[str, SourceRow] = {}
    for row in waiting:
        chain: dict[str, SourceRow] = {}
        step: SourceRow | None = row
        while step and step.source_id not in ordered and step.source_id not in chain:
            chain[step.source_id] = step
            parent = by_id.get(step.parent_id or "")
            step = parent if parent and parent.created_at == row.created_at else None
        ordered.update(reversed(chain.items()))
    return list(ordered.values())


def flatten_replies(rows: Iterable[SourceRow]) -> list[SourceRow]:
    """The rows in time order, each reply directly under its root.

    A reply to a reply keeps what it answers as `in_reply_to`. A reply whose parent is missing, later
    or in another topic keeps its own time and stands alone with a note: numbers follow time, so it
    cannot stand under what came after it. That parents come first also ends any circle of parents.
    """
    ordered = in_time_order(rows)
    everywhere = {row.source_id: row.topic for row in ordered}
    roots: dict[str, str] = {}
    flat: list[SourceRow] = []
    for row in ordered:
        placed = _placed(row, roots, everywhere)
        roots[row.source_id] = placed.parent_id or row.source_id
        flat.append(placed)
    return flat


def _placed(row: SourceRow, roots: dict[str, str], everywhere: dict[str, str]) -> SourceRow:
    parent = row.parent_id
    if parent is None:
        return row
    note = _why_alone(row, parent, roots, everywhere)
    if note:
        return replace(row, parent_id=None, note=note)
    return replace(row, parent_id=roots[parent], in_reply_to=parent if parent != roots[parent] else None)


def _why_alone(row: SourceRow, parent: str, roots: dict[str, str], everywhere: dict[str, str]) -> Note:
    if parent not in everywhere:
        return Note.PARENT_MISSING
    if everywhere[parent] != row.topic:
        return Note.PARENT_ELSEWHERE
    return Note.NONE if parent in roots else Note.PARENT_LATER
