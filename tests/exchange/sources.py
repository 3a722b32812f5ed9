"""Small made-up sources, written into a folder as an export would be."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

COLUMNS = [
    *("set", "id", "parent_id", "topic_id", "topic_title", "author_id", "author_role", "created_at"),
    *("lang", "title", "text", "votes_up", "votes_down", "moderation", "category", "url"),
]
POLIS = ["timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"]


def a_row(name: str, *, at: str = "2024-05-01T10:00:00Z", topic: str = "7", **cells: str) -> dict[str, str]:
    """Return one row of the common table."""
    return {
        "set": "village",
        "id": name,
        "topic_id": topic,
        "topic_title": f"Emne {topic}",
        "author_id": "4711",
        "created_at": at,
        "text": f"Text of {name}.",
    } | cells


def write_common(folder: Path, rows: Iterable[dict[str, str]], topics: Iterable[dict[str, str]] = ()) -> Path:
    """Write `contributions.csv`, and `topics.csv` where there are topics; return the folder."""
    folder.mkdir(exist_ok=True)
    _write(folder / "contributions.csv", COLUMNS, rows)
    named = list(topics)
    if named:
        _write(folder / "topics.csv", list(named[0]), named)
    return folder


def write_polis(folder: Path, comments: Iterable[tuple[Any, ...]], summary: str = "") -> Path:
    """Write `comments.csv` from (milliseconds, id, author, moderated, text) and a summary; return the folder."""
    folder.mkdir(exist_ok=True)
    rows = [
        dict(zip(POLIS, (stamp, "Thu May 05 16:52:16 WIB 2022", name, author, 1, 0, moderated, text), strict=True))
        for stamp, name, author, moderated, text in comments
    ]
    _write(folder / "comments.csv", POLIS, rows)
    if summary:
        (folder / "summary.csv").write_text(summary, encoding="utf-8")
    return folder


def _write(path: Path, columns: list[str], rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
