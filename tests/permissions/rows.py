"""What stands in the tables, as digests: whether anything changed, and where."""

import hashlib
import re
from collections.abc import Iterable

from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

# A page may open a session; what stands in it is not the forum's.
NOT_OURS = {"django_session"}
_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)


def tables() -> list[str]:
    """Return the names of all tables but the sessions'."""
    models_ = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models_ if model._meta.managed} - NOT_OURS)


def digests(only: Iterable[str] | None = None) -> dict[str, str]:
    """Return a digest of every row of every table, by table."""
    return {table: _digest(table) for table in (tables() if only is None else only)}


def _digest(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name of ours
        rows = sorted(repr(row) for row in cursor.fetchall())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def written_tables(queries: CaptureQueriesContext) -> set[str]:
    """Return the tables that queries wrote to, but the sessions'."""
    found = (_WRITES.match(query["sql"]) for query in queries.captured_queries)
    return {match[1] for match in found if match} - NOT_OURS


def columns() -> dict[str, list[str]]:
    """Return what stands in every column of every table, in any order, by `table.column`."""
    found: dict[str, list[str]] = {}
    for table in tables():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name of ours
            rows = cursor.fetchall()
            for place, column in enumerate(cursor.description):
                found[f"{table}.{column[0]}"] = sorted(repr(row[place]) for row in rows)
    return found
