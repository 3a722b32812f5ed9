"""Looking for words in everything that is kept: all tables, what sessions hold, and files."""

import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection


def where_in_database(words: Iterable[str]) -> list[str]:
    """Return `table.column: word` for each place in any table where one of the words stands, whatever its case.

    Sessions are opened: what they hold is packed. Texts in JSON are found with their signs written out or not.
    """
    wanted = search(words)
    found = {f"{table}.{column}: {word}" for table, column, value in _values() for word in wanted(value)}
    return sorted(found)


def where_in_files(folder: Path, words: Iterable[str]) -> list[str]:
    """Return `file: word` for each file below the folder that holds one of the words; ZIP files are opened."""
    wanted = search(words)
    return sorted({f"{name}: {word}" for name, value in _files(folder) for word in wanted(value)})


def search(words: Iterable[str]) -> Callable[[object], list[str]]:
    """Return what finds those of the words that stand in a value, whatever their case.

    Texts in JSON are found with their signs written out or not; a word of digits not as part of a longer number.
    """
    wanted = [word for word in words if word]
    assert wanted, "A search for nothing finds nothing"
    spelled = [(word, spelling) for word in wanted for spelling in {word.lower(), json.dumps(word)[1:-1].lower()}]

    def found_in(value: object) -> list[str]:
        text = _text(value).lower()
        return list(dict.fromkeys(word for word, spelling in spelled if spelling in text and _whole(spelling, text)))

    return found_in


def _whole(spelling: str, text: str) -> bool:
    return not spelling.isdigit() or re.search(rf"(?<!\d){spelling}(?!\d)", text) is not None


def _text(value: object) -> str:
    if isinstance(value, memoryview):
        value = bytes(value)
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _values() -> Iterator[tuple[str, str, object]]:
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our own tables
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from ((table, column, value) for column, value in zip(columns, row, strict=True))
    for session in Session.objects.all():
        yield "django_session", "opened", json.dumps(session.get_decoded(), ensure_ascii=False, default=str)


def in_cache() -> list[tuple[str, Any]]:
    """Return what the cache keeps, in this process or in Redis, by key and as it is packed there."""
    kept: Any = getattr(cache, "_cache", {})
    if hasattr(kept, "get_client"):
        redis = kept.get_client(None)
        keys = [key for key in redis.scan_iter("*") if redis.type(key) == b"string"]
        return [(key.decode("utf-8", "replace"), redis.get(key)) for key in keys]
    return [(str(key), value) for key, value in list(kept.items())]


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield from ((f"{path.name}/{name}", archive.read(name)) for name in archive.namelist())
        elif path.is_file():
            yield path.name, path.read_bytes()
