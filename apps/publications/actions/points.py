"""Putting passages of contributions under statements, moving them, taking them away."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.discussions.actions import keep_published
from apps.discussions.models import Contribution
from apps.ledger.actions import Draft, Fact, record_many
from apps.ledger.enums import Kind
from apps.publications.actions.papers import locked_statement
from apps.publications.engine.passages import is_passage
from apps.publications.enums import POINT_MARKED, POINT_MOVED, POINT_UNMARKED, Weight
from apps.publications.errors import CannotMark, TextChanged
from apps.publications.models import PaperStatement, Point, Weighing, WhitePaper
from apps.publications.rules import why_not_rest_on

MOST_AT_ONCE = 50
_TOO_MANY = _("At most 50 passages or contributions are put under a statement at once. Choose fewer, and go on.")

Span = tuple[int, int] | None
"""Where a passage begins and ends in the stored text; None is all of it."""


@transaction.atomic
def mark_points(  # noqa: PLR0913 - what is marked, and where it goes
    *,
    statement: PaperStatement,
    contribution: Contribution,
    passages: Sequence[tuple[int, int]] | None = None,
    text_version: int,
    by: User,
    at: datetime,
) -> list[Point]:
    """Put passages of a contribution, or all of it, under a statement; return the points in the order given.

    What stands there already is given back as it is: a second click marks nothing. `passages` are (start, end) in the
    stored text of that version. Raises NotAllowed, PaperLocked, CannotMark for what no statement rests on, for a
    passage that is none and for more than 50 at once, and TextChanged when another version stands there.
    """
    spans = _spans(passages)
    row = _fresh(contribution)
    locked, paper = locked_statement(statement, by)
    _require_markable([row], paper)
    if row.version != text_version:
        raise TextChanged
    if any(span is not None and not is_passage(row.body, *span) for span in spans):
        raise CannotMark(_("The passage does not stand in the text. Load the page again and mark it once more."))
    points, there = _put(locked, row, spans, by, at)
    if there:
        record_many([_marked(locked, row, there, by, at)])
    return points


@transaction.atomic
def mark_whole(*, statement: PaperStatement, numbers: Sequence[int], by: User, at: datetime) -> list[Point]:
    """Put all of several contributions under a statement, as they stand; return the points by number.

    Those that stand there whole already are given back. Raises NotAllowed, PaperLocked, and CannotMark with the numbers
    that no statement rests on, or for more than 50 at once.
    """
    wanted = sorted(set(numbers))
    if len(wanted) > MOST_AT_ONCE:
        raise CannotMark(_TOO_MANY)
    rows = keep_published(consultation_id=statement.paper.consultation_id, numbers=wanted)
    locked, paper = locked_statement(statement, by)
    if missing := sorted(set(wanted) - {row.number for row in rows}):
        raise CannotMark(
            _("No published contribution of this consultation has these numbers: %(numbers)s. Correct them.")
            % {"numbers": ", ".join(map(str, missing))}
        )
    _require_markable(rows, paper)
    points, drafts = [], []
    for row in rows:
        made, there = _put(locked, row, [None], by, at)
        points += made
        drafts += [_marked(locked, row, there, by, at)] if there else []
    record_many(drafts)
    return points


@transaction.atomic
def unmark_point(*, point: Point, by: User, at: datetime) -> bool:
    """Take a point from its statement; False when it was taken away. Raises NotAllowed, PaperLocked."""
    locked, paper = locked_statement(point.statement, by)
    standing = Point.objects.filter(pk=point.pk, statement=locked).first()
    if standing is None:
        return False
    standing.delete()
    left = _count(locked, standing)
    record_many([_draft(POINT_UNMARKED, standing, paper, by, at, statement=locked.pk, points=left)])
    return True


@transaction.atomic
def move_point(*, point: Point, to: PaperStatement, by: User, at: datetime) -> bool:
    """Put a point under another statement of the white paper; False when it stands there.

    Where the same passage stands there already, the two become one. Raises NotAllowed, PaperLocked, CannotMark for a
    statement of another white paper, and PaperStatement.DoesNotExist for one that was removed.
    """
    if to.pk == point.statement_id:
        return False
    # In the order of their keys, as everyone who locks two.
    (first, paper), (second, other) = (
        locked_statement(row, by) for row in sorted((point.statement, to), key=lambda row: row.pk)
    )
    if paper.pk != other.pk:
        raise CannotMark(_("Choose a statement of this white paper."))
    left, there = (first, second) if second.pk == to.pk else (second, first)
    standing = Point.objects.filter(pk=point.pk, statement=left).first()
    if standing is None:
        return False
    twin = _twin(there, standing)
    if twin is None:
        Point.objects.filter(pk=standing.pk).update(statement=there)
    else:
        standing.delete()
        standing.pk = twin.pk
    counts: dict[str, Fact] = {
        "points": _count(there, standing),
        "left": _count(left, standing),
    }
    record_many([_draft(POINT_MOVED, standing, paper, by, at, statement=there.pk, **{"from": left.pk}, **counts)])
    return True


def _spans(passages: Sequence[tuple[int, int]] | None) -> list[Span]:
    if passages is None:
        return [None]
    if not passages:
        raise CannotMark(_("Mark a sentence first, or choose all of the text."))
    if len(passages) > MOST_AT_ONCE:
        raise CannotMark(_TOO_MANY)
    return list(dict.fromkeys(passages))


def _fresh(contribution: Contribution) -> Contribution:
    """Return the contribution as it stands now, and for as long as it is marked, if it is public."""
    found = keep_published(consultation_id=contribution.consultation_id, numbers=[contribution.number])
    return found[0] if found and found[0].pk == contribution.pk else _gone(contribution)


def _gone(contribution: Contribution) -> Contribution:
    contribution.refresh_from_db(fields=["consultation", "number", "status", "kind", "version"])
    return contribution


def _require_markable(rows: Iterable[Contribution], paper: WhitePaper) -> None:
    ids = []
    for row in rows:
        refused = why_not_rest_on(row, paper)
        if refused is not None:
            raise CannotMark(refused)
        ids.append(row.pk)
    out = Weighing.objects.filter(paper=paper, contribution__in=ids, weight=Weight.LEFT_OUT).order_by("number")
    for number in out.values_list("number", flat=True)[:1]:
        raise CannotMark(
            _("No. %(number)s was left out of the white paper. Take it in again first.") % {"number": number}
        )


def _put(
    statement: PaperStatement, row: Contribution, spans: Sequence[Span], by: User, at: datetime
) -> tuple[list[Point], int]:
    """Return the points of these passages in their order, and how many stand there now; none when none is new."""
    rows = list(Point.objects.filter(statement=statement, contribution=row).order_by("pk"))
    standing = {_span(point): point for point in rows if point.text_version == row.version}
    fresh = [
        Point(
            statement=statement,
            contribution=row,
            number=row.number,
            start=span[0] if span else None,
            end=span[1] if span else None,
            text_version=row.version,
            marked_at=at,
            marked_by=by,
        )
        for span in spans
        if span not in standing
    ]
    # All of an earlier version was marked: all of the present one takes its place.
    older = [point for point in rows if point.is_whole and point not in standing.values()] if None in spans else []
    if older:
        Point.objects.filter(pk__in=[point.pk for point in older]).delete()
    made = {_span(point): point for point in Point.objects.bulk_create(fresh)}
    there = len(rows) + len(fresh) - len(older) if fresh else 0
    return [standing.get(span) or made[span] for span in spans], there


def _forget_former(statement: PaperStatement, row: Contribution, by: User, at: datetime) -> None:
    """Take away the points of a text that was moved to another consultation and back: they are of its former number."""
    former = Point.objects.filter(statement=statement, contribution=row).exclude(number=row.number)
    for point in former.order_by("pk"):
        point.delete()
        left = _count(statement, point)
        record_many([_draft(POINT_UNMARKED, point, statement.paper, by, at, statement=statement.pk, points=left)])


def _span(point: Point) -> Span:
    return None if point.start is None or point.end is None else (point.start, point.end)


def _twin(statement: PaperStatement, point: Point) -> Point | None:
    """Return the point of the same passage that stands under a statement."""
    rows = Point.objects.filter(statement=statement, contribution=point.contribution_id, number=point.number)
    if point.is_whole:
        return rows.filter(start=None).first()
    return rows.filter(start=point.start, end=point.end, text_version=point.text_version).first()


def _count(statement: PaperStatement, like: Point | Contribution) -> int:
    """Return how many points of that number stand under a statement."""
    contribution = like.contribution_id if isinstance(like, Point) else like.pk
    return Point.objects.filter(statement=statement, contribution=contribution, number=like.number).count()


def _marked(statement: PaperStatement, row: Contribution, there: int, by: User, at: datetime) -> Draft:
    return Draft(
        kind=POINT_MARKED,
        subject=statement,
        by=as_official(by),
        at=at,
        consultation_id=row.consultation_id,
        number=row.number,
        facts={"statement": statement.pk, "points": there},
    )


def _draft(kind: Kind, point: Point, paper: WhitePaper, by: User, at: datetime, **facts: Fact) -> Draft:
    return Draft(
        kind=kind,
        subject=point.statement,
        by=as_official(by),
        at=at,
        consultation_id=paper.consultation_id,
        number=point.number,
        facts=facts,
    )
