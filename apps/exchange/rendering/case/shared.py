"""What the parts of a case file share."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models.fields.files import FieldFile
from django.template.loader import render_to_string

from apps.common.calendar import local
from apps.common.pdf import FOR_ARCHIVES, pdf_of
from apps.common.tables import csv_lines
from apps.common.wording import day
from apps.exchange.queries.case_changes import Case

STYLES = "css/case.css"
CHUNK = 64 * 1024


def page(template: str, *, case: Case, **context: Any) -> Iterator[bytes]:
    """Yield a page of the case as PDF for archives, made when it is asked for. Days in it have their year."""
    context |= {"case": case, "since": day(case.since) if case.since else ""}
    html = render_to_string(f"exchange/case/{template}.html", context)
    yield pdf_of(html, stylesheet=STYLES, variant=FOR_ARCHIVES)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield a table line by line, for a spreadsheet or another program."""
    return (line.encode() for line in csv_lines(head, rows))


def json_line(row: Mapping[str, object]) -> str:
    """Return a row as JSON on one line."""
    return json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)


def stored(file: FieldFile) -> Iterator[bytes] | None:
    """Return the pieces of a file that is kept, or None where it is gone from the disk."""
    try:
        content = file.open("rb")
    except FileNotFoundError:
        return None
    return _read(content)


def again(file: IO[bytes]) -> Iterator[bytes]:
    """Yield from its beginning what was written into a file."""
    file.seek(0)
    while piece := file.read(CHUNK):
        yield piece


def _read(content: Any) -> Iterator[bytes]:
    with content:
        yield from content.chunks(CHUNK)


def day_of(at: datetime) -> date:
    """Return the day of a moment on the municipality's calendar."""
    return local(at).date()


def stamp(at: datetime | None) -> str:
    """Return a moment on the municipality's clock as programs read it."""
    return local(at).isoformat(timespec="seconds") if at else ""
