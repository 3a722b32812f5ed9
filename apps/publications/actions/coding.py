"""What the desk does with the white paper in one step: what was chosen put under a statement, a statement written."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.common.wording import number_ranges
from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from apps.discussions.queries import published_by_numbers
from apps.publications.actions.paper_statements import add_statement, save_statement
from apps.publications.actions.points import mark_points, move_point
from apps.publications.engine.coding import MOST_CHOSEN, Chosen, joined
from apps.publications.engine.whitepapers import StatementWords
from apps.publications.errors import CannotMark, TextChanged
from apps.publications.models import PaperStatement, Point, WhitePaper
from apps.publications.queries import point_of


@transaction.atomic
def put_under(
    *, statement: PaperStatement, choice: Sequence[Chosen], points: Sequence[int] = (), by: User, at: datetime
) -> int:
    """Put what was chosen under a statement, all of it or nothing; return how many points stand there by it.

    `points` are the ids of points that stand elsewhere and go there. Raises CannotMark, TextChanged, PaperLocked.
    """
    if not choice and not points:
        raise CannotMark(_("Choose sentences first, or all of a contribution; then the statement."))
    if sum(len(one.spans or (0,)) for one in choice) + len(points) > MOST_CHOSEN:
        raise CannotMark(_("Choose at most %(most)s passages at a time. Nothing was put away.") % {"most": MOST_CHOSEN})
    moved = [_standing(statement.paper, pk) for pk in points]
    _lock_in_order(statement, moved)
    rows = _rows(statement.paper, choice)
    put = 0
    for one in choice:
        row = rows[one.number]
        put += len(
            mark_points(
                statement=statement,
                contribution=row,
                passages=_passages(row, one),
                text_version=one.version,
                by=by,
                at=at,
            )
        )
    return put + sum(move_point(point=point, to=statement, by=by, at=at) for point in moved)


@transaction.atomic
def put_under_new(  # noqa: PLR0913 - a statement, and what stands under it
    *,
    paper: WhitePaper,
    topic: Topic | None,
    title: str,
    choice: Sequence[Chosen] = (),
    points: Sequence[int] = (),
    by: User,
    at: datetime,
) -> PaperStatement:
    """Add a statement with what was chosen under it, both or neither. Raises what `put_under` does, and UnfitPaper."""
    statement = add_statement(paper=paper, topic=topic, title=title, by=by, at=at)
    if choice or points:
        put_under(statement=statement, choice=choice, points=points, by=by, at=at)
    return statement


@transaction.atomic
def write_statement(
    *, paper: WhitePaper, topic: Topic | None, words: StatementWords, by: User, at: datetime
) -> PaperStatement:
    """Add a statement with all that was written of it, or nothing. Raises NotAllowed, PaperLocked, UnfitPaper."""
    made = add_statement(paper=paper, topic=topic, title=words.title, argument=words.argument, by=by, at=at)
    save_statement(statement=made, words=words, topic=topic, by=by, at=at)
    return made


def _rows(paper: WhitePaper, choice: Sequence[Chosen]) -> dict[int, Contribution]:
    numbers = sorted({one.number for one in choice})
    found = {row.number: row for row in published_by_numbers(paper.consultation_id, numbers)}
    if missing := sorted(set(numbers) - found.keys()):
        raise CannotMark(
            _("No published contribution of this consultation has: %(numbers)s. In a hearing they are noted by number.")
            % {"numbers": number_ranges(missing)}
        )
    return found


def _passages(row: Contribution, one: Chosen) -> "list[tuple[int, int]] | None":
    if one.spans is None:
        return None
    if one.version != row.version:
        raise TextChanged
    spans = joined(row.body, one.spans)
    if spans is None:
        raise CannotMark(_("Only whole sentences can be put under a statement. Choose them again in the text."))
    return spans


def _standing(paper: WhitePaper, pk: int) -> Point:
    point = point_of(paper, pk)
    if point is None:
        raise CannotMark(_("A point that you chose is gone: a colleague took it away. Load the page again."))
    return point


def _lock_in_order(statement: PaperStatement, moved: Sequence[Point]) -> None:
    """Lock the statements in the order of their keys, as everyone who locks several."""
    keys = {statement.pk, *(point.statement_id for point in moved)}
    rows = PaperStatement.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    if statement.pk not in {row.pk for row in rows}:
        raise CannotMark(_("A colleague removed this statement meanwhile. Choose another one; nothing was put away."))
