"""Accounting for contributions that no statement rests on: noted with a sentence, or left out as spam or a double."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.richtext import is_unseen, one_line
from apps.discussions.models import Contribution
from apps.ledger.actions import record
from apps.publications.actions.papers import lock_statements, locked_paper, require_fit
from apps.publications.enums import (
    CONTRIBUTION_LEFT_OUT,
    CONTRIBUTION_UNWEIGHED,
    CONTRIBUTIONS_NOTED,
    LeftOutGround,
    Weight,
)
from apps.publications.errors import CannotWeigh, UnfitPaper
from apps.publications.models import LONGEST_SENTENCE, Point, Weighing, WhitePaper
from apps.publications.queries import counted_in

MOST_AT_ONCE = 500


@transaction.atomic
def note_contributions(
    *, paper: WhitePaper, numbers: Sequence[int], sentence: str, by: User, at: datetime
) -> list[Weighing]:
    """Note contributions by number with a sentence that everyone reads beside it; return what is noted, by number.

    In a hearing also what is not published: its number and the sentence stand in the white paper, never its text. What
    was noted or left out before is noted with this sentence from now on. Raises NotAllowed, PaperLocked, UnfitPaper
    without a sentence, and CannotWeigh with the numbers that the white paper does not account for.
    """
    words, wanted = one_line(sentence), sorted(set(numbers))
    if is_unseen(words):
        raise UnfitPaper(_("Write why no statement rests on it: everyone reads that beside its number."), "sentence")
    require_fit({"sentence": words}, {"sentence": LONGEST_SENTENCE})
    paper = locked_paper(paper, by)
    rows = _counted(paper, wanted)
    _forget_former(paper, rows, by, at)
    standing = {row.number: row for row in Weighing.objects.filter(paper=paper, contribution__in=rows)}
    fresh = [row for row in rows if row.number not in standing or standing[row.number].sentence != words]
    Weighing.objects.filter(paper=paper, contribution__in=fresh).delete()
    same = {"paper": paper, "weight": Weight.NOTED, "sentence": words, "weighed_at": at, "weighed_by": by}
    Weighing.objects.bulk_create(Weighing(contribution=row, number=row.number, **same) for row in fresh)
    if fresh:
        record(
            CONTRIBUTIONS_NOTED,
            subject=paper,
            by=as_official(by),
            at=at,
            consultation_id=paper.consultation_id,
            facts={"numbers": [row.number for row in fresh]},
        )
    return list(Weighing.objects.filter(paper=paper, contribution__in=rows).order_by("number"))


@transaction.atomic
def leave_out(  # noqa: PLR0913 - what is left out, and why
    *, paper: WhitePaper, number: int, ground: str, same_as: int | None = None, by: User, at: datetime
) -> bool:
    """Leave a contribution out of the account, as spam or as a double of another number; False when it is so.

    There are no other grounds. Raises NotAllowed, PaperLocked, and CannotWeigh for what a statement rests on, for a
    number that the white paper does not account for, and for a double of nothing, of itself or of what is left out.
    """
    paper = locked_paper(paper, by)
    lock_statements(paper)
    row = _counted(paper, [number])[0]
    if ground not in LeftOutGround.values:
        raise CannotWeigh(_("Choose why it is left out: as advertising or nonsense, or as a double."))
    same_as = _first_of(paper, number, same_as) if ground == LeftOutGround.DOUBLE else None
    _require_nothing_rests_on(row, paper)
    _forget_former(paper, [row], by, at)
    standing = Weighing.objects.filter(paper=paper, contribution=row)
    if standing.filter(weight=Weight.LEFT_OUT, ground=ground, same_as_number=same_as).exists():
        return False
    standing.delete()
    made = Weighing.objects.create(
        paper=paper,
        contribution=row,
        number=number,
        weight=Weight.LEFT_OUT,
        ground=ground,
        same_as_number=same_as,
        weighed_at=at,
        weighed_by=by,
    )
    record(
        CONTRIBUTION_LEFT_OUT,
        subject=made,
        by=as_official(by),
        at=at,
        consultation_id=paper.consultation_id,
        number=number,
        facts={"ground": ground, "same_as": same_as},
    )
    return True


@transaction.atomic
def unweigh(*, weighing: Weighing, by: User, at: datetime) -> bool:
    """Let a contribution that was noted or left out wait to be treated again; False when it does.

    Raises NotAllowed, PaperLocked.
    """
    paper = locked_paper(weighing.paper, by)
    standing = Weighing.objects.filter(pk=weighing.pk, paper=paper).first()
    if standing is None:
        return False
    _take_away(standing, by, at)
    return True


def _take_away(weighing: Weighing, by: User, at: datetime) -> None:
    record(
        CONTRIBUTION_UNWEIGHED,
        subject=weighing,
        by=as_official(by),
        at=at,
        consultation_id=weighing.paper.consultation_id,
        number=weighing.number,
    )
    weighing.delete()


def _forget_former(paper: WhitePaper, rows: Sequence[Contribution], by: User, at: datetime) -> None:
    """Take away how texts were weighed that were moved to another consultation and back: under their former numbers."""
    former = Weighing.objects.filter(paper=paper, contribution__in=rows).exclude(number=F("contribution__number"))
    for weighing in former.select_related("paper").order_by("number"):
        _take_away(weighing, by, at)


def _counted(paper: WhitePaper, numbers: Sequence[int]) -> list[Contribution]:
    """Return the rows of numbers that the white paper accounts for. Raises CannotWeigh with those that are none."""
    if not numbers:
        raise CannotWeigh(_("Write at least one number."))
    if len(numbers) > MOST_AT_ONCE:
        raise CannotWeigh(_("At most 500 contributions are noted at once. Note some of them first."))
    rows = counted_in(paper.consultation).filter(number__in=numbers).defer("body", "body_html", "salt")
    found = {row.number: row for row in rows}
    if missing := [number for number in numbers if number not in found]:
        raise CannotWeigh(
            _("The white paper has nothing to account for under these numbers: %(numbers)s. Correct them.")
            % {"numbers": ", ".join(map(str, missing))}
        )
    return [found[number] for number in numbers]


def _require_nothing_rests_on(row: Contribution, paper: WhitePaper) -> None:
    """Pass what has no point and no double. Raises CannotWeigh."""
    if Point.objects.filter(statement__paper=paper, contribution=row).exists():
        raise CannotWeigh(
            _("A statement rests on no. %(number)s. Take its points away before you leave it out.")
            % {"number": row.number}
        )
    doubles = Weighing.objects.filter(
        paper=paper, same_as_number=row.number, contribution__consultation=row.consultation_id
    )
    if double := doubles.order_by("number").first():
        raise CannotWeigh(
            _("No. %(double)s was left out as a double of no. %(number)s. One of the two has to stay.")
            % {"double": double.number, "number": row.number}
        )


def _first_of(paper: WhitePaper, number: int, same_as: int | None) -> int:
    """Return the number that another one is a double of. Raises CannotWeigh."""
    if same_as is None or same_as == number:
        raise CannotWeigh(_("Write which other number holds the same text of the same person."))
    _counted(paper, [same_as])
    rows = Weighing.objects.filter(paper=paper, number=same_as, weight=Weight.LEFT_OUT)
    if rows.filter(contribution__consultation=paper.consultation_id).exists():
        raise CannotWeigh(
            _("No. %(number)s is left out itself. Write a number that stays in the account.") % {"number": same_as}
        )
    return same_as
