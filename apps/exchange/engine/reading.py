"""What all table formats share: rows that can be read become rows, the others problems with line and reason."""

from collections.abc import Callable, Iterable, Mapping

from apps.exchange.engine.csv_lines import CsvRow
from apps.exchange.engine.rows import MAX_BODY, SourceConsultation, SourceProblem, SourceRow

Read = Callable[[Mapping[str, str], int], SourceRow]


class BrokenRow(ValueError):
    """A row cannot be read; the message is the sentence that says why."""


def collect(
    *, file: str, sources: Iterable[CsvRow], columns: list[str], read: Read
) -> tuple[list[SourceRow], list[SourceProblem]]:
    """The rows that can be read, in the source's order, and what is wrong with the others."""
    rows: dict[str, SourceRow] = {}
    problems: list[SourceProblem] = []
    for source in sources:
        try:
            row = read(_cells(source, columns), source.line)
            _check(row, rows)
            rows[row.source_id] = row
        except BrokenRow as broken:
            problems.append(SourceProblem(file=file, line=source.line, reason=str(broken)))
    return list(rows.values()), problems


def unreadable(*, file: str, reason: str, title: str = "", line: int = 1) -> SourceConsultation:
    """A source of which nothing can be imported."""
    return SourceConsultation(
        title=title, file=file, problems=[SourceProblem(file=file, line=line, reason=reason)], unreadable=True
    )


def header_of(first: CsvRow | None, needed: Iterable[str], last: str = "") -> list[str]:
    """The names of the columns; raises BrokenRow where one that is needed is missing or doubled."""
    columns = [name.strip().lower() for name in first.cells] if first else []
    if first and first.problem:
        raise BrokenRow(first.problem)
    if missing := [name for name in needed if columns.count(name) != 1]:
        raise BrokenRow(f"The first line must name each of these columns once: {', '.join(missing)}.")
    if last and columns[-1] != last:
        raise BrokenRow(f"The last column must be {last}.")
    return columns


def _cells(source: CsvRow, columns: list[str]) -> Mapping[str, str]:
    if source.problem:
        raise BrokenRow(source.problem)
    if len(source.cells) != len(columns):
        raise BrokenRow(f"The row has {len(source.cells)} columns instead of {len(columns)}.")
    return dict(zip(columns, source.cells, strict=True))


def _check(row: SourceRow, known: Mapping[str, SourceRow]) -> None:
    if row.source_id in known:
        raise BrokenRow(f"The id {row.source_id} already stands in line {known[row.source_id].line}.")
    if len(row.body) > MAX_BODY:
        raise BrokenRow(f"The text has {len(row.body)} characters; at most {MAX_BODY} are possible.")
