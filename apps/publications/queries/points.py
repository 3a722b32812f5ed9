"""What statements rest on: points, and their words, cut from the texts at the moment of reading."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from apps.consultations.models import Consultation
from apps.discussions.models import Contribution
from apps.discussions.queries import published_by_numbers
from apps.publications.engine.accounts import Mark
from apps.publications.engine.passages import words_in
from apps.publications.models import Point, WhitePaper

PAGE = 50


@dataclass(frozen=True)
class Quote:
    """A point as everyone may read it now. Without `words` it is a number: not public any more, or changed since."""

    mark: Mark
    contribution: Contribution | None
    words: str

    @property
    def number(self) -> int:
        """The receipt number."""
        return self.mark.number

    @property
    def is_whole(self) -> bool:
        """It is all of the text."""
        return self.mark.start is None

    @property
    def is_changed(self) -> bool:
        """The text is public, and is another version than the one that was marked."""
        return self.contribution is not None and self.contribution.version != self.mark.version


def quotes_of(consultation: Consultation, marks: Sequence[Mark]) -> list[Quote]:
    """Return marks with their words where everyone reads the text in that very version, in the order given. One query.

    The only place where a white paper reads what people wrote. A text that was refused, hidden, withdrawn, erased or
    moved away leaves with its words at once; of one that was redacted or changed since, the old passage is not known.
    """
    numbers = sorted({mark.number for mark in marks})
    found = {row.number: row for row in published_by_numbers(consultation.pk, numbers)} if numbers else {}
    return [_quote(mark, found.get(mark.number)) for mark in marks]


def _quote(mark: Mark, row: Contribution | None) -> Quote:
    is_same = row is not None and not row.is_answer and row.version == mark.version
    return Quote(mark, row, words_in(row.body, mark.start, mark.end) if row is not None and is_same else "")


def mark_of(point: Point) -> Mark:
    """Return a point as a mark, for `quotes_of`."""
    return Mark(point.number, point.text_version, point.start, point.end, point.statement_id, point.pk)


def point_of(paper: WhitePaper, pk: int) -> Point | None:
    """Return a point of the white paper with its statement and its contribution."""
    points = Point.objects.filter(pk=pk, statement__paper=paper, contribution__consultation=paper.consultation_id)
    return points.select_related("statement__paper", "contribution").first()


def points_of(
    paper: WhitePaper, statement_id: int, *, after: tuple[int, int] = (0, 0), size: int = PAGE
) -> tuple[list[Quote], tuple[int, int] | None]:
    """Return what a statement rests on by number, behind a point, and after which (number, point) to go on.

    Two queries; points of texts that were moved to another consultation since are none.
    """
    number, pk = after
    rows = Point.objects.filter(
        Q(number__gt=number) | Q(number=number, pk__gt=pk),
        statement_id=statement_id,
        statement__paper=paper,
        contribution__consultation=paper.consultation_id,
    )
    found = list(rows.order_by("number", "pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    quotes = quotes_of(paper.consultation, [mark_of(point) for point in found[:size]])
    return quotes, (last.number, last.pk) if last else None


def points_in(paper: WhitePaper, contribution_ids: Collection[int]) -> dict[int, list[Point]]:
    """Return for each of these contributions its points in the white paper, with their statements. One query."""
    points = Point.objects.filter(
        statement__paper=paper,
        contribution__in=contribution_ids,
        contribution__consultation=paper.consultation_id,
    )
    found: dict[int, list[Point]] = defaultdict(list)
    for point in points.select_related("statement").order_by("number", "start", "pk"):
        found[point.contribution_id].append(point)
    return dict(found)


def marks_in(points: Iterable[Mapping[str, Any]]) -> list[Mark]:
    """Return the points of a statement in a frozen version as marks, for `quotes_of`."""
    return [Mark(point["number"], point["version"], point["start"], point["end"]) for point in points]
