"""Reads a Polis export: comments.csv in any of its three generations, and summary.csv.

- a, until 2022: with `datetime`, proper CSV, stamps in milliseconds.
- b, 2024: without `datetime`, with `is-meta` and others.
- c, the report's export: columns as a, stamps in seconds, and the comment written without quotation
  marks, so that its commas and line ends part nothing. Such rows are rebuilt from the fields before it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial

from apps.exchange.engine.csv_lines import BAD_ENCODING, CsvRow, csv_rows, decoded, is_undecoded, lines_of
from apps.exchange.engine.reading import BrokenRow, collect, header_of, unreadable
from apps.exchange.engine.rows import Moderation, SourceConsultation, SourceRow, SourceTopic
from apps.exchange.engine.texts import has_words, repaired
from apps.exchange.engine.threads import in_time_order
from apps.exchange.engine.times import read_stamp

COMMENTS, SUMMARY = "comments.csv", "summary.csv"

_BODY = "comment-body"
_NEEDED = ("timestamp", "comment-id", "author-id", "moderated", _BODY)
_MODERATION = {
    "-1": Moderation.REJECTED,
    "0": Moderation.PENDING,
    "1": Moderation.ACCEPTED,
    "": Moderation.ACCEPTED,
}
_FIELDS = {"timestamp": r"[0-9]{1,14}", "comment-id": "[0-9]+", "author-id": r"-?[0-9]*", "moderated": r"(?:-?[0-9])?"}
_DIGITS_OF_MILLISECONDS = 12
_NEEDS_QUOTES = re.compile(r"[,\"\r\n]")
_BEGINS_A_ROW = re.compile(r"[0-9]{9,14},[^,]*,[^,]*,")
_QUOTED = re.compile(r'"(?:[^"]|"")*"\s*')


def parse_polis(comments: bytes, summary: bytes | None = None) -> SourceConsultation:
    """The conversation as a consultation with one topic, called as the summary says where there is one."""
    about = _summary(summary or b"")
    title, text = about.get("topic", ""), decoded(comments)
    try:
        columns = header_of(next(csv_rows(text), None), _NEEDED, last=_BODY)
    except BrokenRow as broken:
        return unreadable(file=COMMENTS, reason=str(broken), title=title)
    name = about.get("url", "").rstrip("/").rpartition("/")[2] or "polis"
    topic = SourceTopic(source_id=name, title=title or name)
    rows, problems = collect(
        file=COMMENTS, sources=_records(text, columns), columns=columns, read=partial(_read, topic=topic)
    )
    # Rows of one second are told apart by their number, which Polis counts up; the file runs backwards.
    rows = in_time_order(sorted(rows, key=lambda row: int(row.source_id)))
    return SourceConsultation(
        title=title,
        file=COMMENTS,
        description=about.get("conversation-description", ""),
        topics=[topic],
        rows=rows,
        problems=problems,
    )


def _summary(raw: bytes) -> dict[str, str]:
    """Two columns, key and value; a value may hold line ends, and what cannot be read is left out."""
    return {row.cells[0]: repaired(row.cells[1]).strip() for row in csv_rows(decoded(raw)) if len(row.cells) > 1}


def _read(cells: Mapping[str, str], line: int, *, topic: SourceTopic) -> SourceRow:
    number, moderated = cells["comment-id"].strip(), cells["moderated"].strip()
    created_at, body = read_stamp(cells["timestamp"]), repaired(cells[_BODY]).strip()
    if not re.fullmatch("[0-9]{1,18}", number):
        raise BrokenRow(f"The comment-id {number!r} is not a number.")
    if created_at is None:
        raise BrokenRow(f"The timestamp {cells['timestamp']!r} cannot be read.")
    if moderated not in _MODERATION:
        raise BrokenRow(f"The value {moderated!r} in the column moderated is none of -1, 0 and 1.")
    return SourceRow(
        source_id=number,
        author=cells["author-id"].strip() or None,
        topic=topic.source_id,
        topic_title=topic.title,
        parent_id=None,
        created_at=created_at,
        body=body,
        moderation=_MODERATION[moderated],
        empty=not has_words(body),
        line=line,
    )


def _records(text: str, columns: list[str]) -> Iterator[CsvRow]:
    """The rows after the first, as CSV or, where comments were written unquoted, rebuilt."""
    if _is_unquoted(text, columns):
        return _rebuilt(text, columns)
    rows = csv_rows(text)
    next(rows)
    return rows


def _is_unquoted(text: str, columns: list[str]) -> bool:
    """Whether comments that need quotation marks stand without.

    In a file in milliseconds one comment with them is enough for proper CSV, and a row without is broken.
    """
    rows = [row.cells for row in _rebuilt(text, columns) if len(row.cells) == len(columns)]
    bare = [cells[-1] for cells in rows if _NEEDS_QUOTES.search(cells[-1].strip()) and not _QUOTED.fullmatch(cells[-1])]
    stamp = columns.index("timestamp")
    if sum(len(cells[stamp]) < _DIGITS_OF_MILLISECONDS for cells in rows) * 2 > len(rows):
        return bool(bare)
    quoted = any(cells[-1].startswith('"') for cells in rows)
    return not quoted and any(_NEEDS_QUOTES.search(comment.strip().splitlines()[0]) for comment in bare)


def _row_start(columns: list[str]) -> re.Pattern[str]:
    return re.compile("".join(rf"{_FIELDS.get(name, '[^,]*')}," for name in columns[:-1]))


def _rebuilt(text: str, columns: list[str]) -> Iterator[CsvRow]:
    """Rows whose comment reaches to the line where the next row begins."""
    starts = _row_start(columns)
    row: CsvRow | None = None
    for number, line in enumerate(lines_of(text)[1:], start=2):
        match = starts.match(line)
        if not match and not _BEGINS_A_ROW.match(line) and row and row.cells:
            row.cells[-1] += line
            continue
        if row:
            yield _finished(row)
        row = CsvRow(number, [*match.group()[:-1].split(","), line[match.end() :]] if match else line.split(","))
    if row:
        yield _finished(row)


def _finished(row: CsvRow) -> CsvRow:
    return CsvRow(row.line, [], BAD_ENCODING) if is_undecoded("".join(row.cells)) else row
