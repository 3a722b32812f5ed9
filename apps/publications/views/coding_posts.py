"""What was chosen on the workbench, and where it goes: one action for each button."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.models import User
from apps.common.clock import now
from apps.common.pagination import whole_number
from apps.consultations.models import Topic
from apps.publications.actions import leave_out, note_contributions, unmark_point, unweigh
from apps.publications.actions.coding import put_under, put_under_new
from apps.publications.engine.coding import Chosen, read_choice
from apps.publications.enums import LeftOutGround
from apps.publications.errors import CannotMark, CannotWeigh
from apps.publications.models import WhitePaper
from apps.publications.queries import point_of
from apps.publications.queries.outlines import Outline
from apps.publications.queries.workbench import weighing_of


@dataclass(frozen=True)
class Asked:
    """A post to the workbench: what was sent, the white paper it is about, and what was typed, as it is stored."""

    request: HttpRequest
    paper: WhitePaper
    outline: Outline
    topics: Sequence[Topic]
    words: dict[str, Any]

    @property
    def by(self) -> dict[str, Any]:
        """Who asks, and when."""
        return {"by": cast("User", self.request.user), "at": now()}


Said = tuple[str, int | None]
"""What to say of it, and the number to come back to."""


def carry_out(asked: Asked) -> Said:
    """Do what was asked. Raises DomainError."""
    sent = asked.request.POST
    for name, take in (("unmark", _unmark), ("unweigh", _unweigh), ("statement", _put)):
        if name in sent:
            return take(asked, whole_number(sent[name]) or 0)
    action = sent.get("action", "")
    if action == "typed":  # Enter in one of the fields, and no button
        action = "new" if asked.words["title"] else "note" if asked.words["sentence"] else "mark"
    carry: dict[str, Callable[[Asked], Said]] = {"new": _put_under_new, "note": _note, "leave_out": _leave_out}
    return carry[action](asked) if action in carry else _put(asked, whole_number(sent.get("to")) or 0)


def _choice(asked: Asked) -> tuple[list[Chosen], list[int]]:
    sent = asked.request.POST
    chosen = read_choice(sent.getlist("s"), sent.getlist("all"))
    points = [whole_number(value) for value in sent.getlist("p")]
    if chosen is None or None in points:
        raise CannotMark(_("What you chose cannot be read. Load the page again and choose once more."))
    return chosen, [pk for pk in points if pk is not None]


def _put(asked: Asked, pk: int) -> Said:
    row = asked.outline.statement(pk)
    if row is None:
        raise CannotMark(_("Choose the statement, or write a new one. One that a colleague removed is gone."))
    chosen, points = _choice(asked)
    count = put_under(statement=row.statement, choice=chosen, points=points, **asked.by)
    said = ngettext("%(count)s point stands under %(label)s.", "%(count)s points stand under %(label)s.", count)
    return said % {"count": count, "label": row.label}, _first(asked, chosen)


def _put_under_new(asked: Asked) -> Said:
    chosen, points = _choice(asked)
    words = asked.words
    topic = next((row for row in asked.topics if str(row.pk) == words["topic"]), None)
    made = put_under_new(paper=asked.paper, topic=topic, title=words["title"], choice=chosen, points=points, **asked.by)
    return _("The statement “%(title)s” is in the outline.") % {"title": made.title}, _first(asked, chosen)


def _note(asked: Asked) -> Said:
    numbers = _numbers(asked)
    note_contributions(paper=asked.paper, numbers=numbers, sentence=asked.words["sentence"], **asked.by)
    said = ngettext("%(count)s contribution is noted.", "%(count)s contributions are noted.", len(numbers))
    return said % {"count": len(numbers)}, numbers[0]


def _leave_out(asked: Asked) -> Said:
    numbers = _numbers(asked)
    if len(numbers) > 1:
        raise CannotWeigh(_("Choose one contribution at a time to leave out."))
    words = asked.words
    same_as = words["same_as"] if words["ground"] == LeftOutGround.DOUBLE else None
    leave_out(paper=asked.paper, number=numbers[0], ground=words["ground"], same_as=same_as, **asked.by)
    return _("No. %(number)s is left out.") % {"number": numbers[0]}, numbers[0]


def _numbers(asked: Asked) -> list[int]:
    chosen, _points = _choice(asked)
    if not chosen:
        raise CannotWeigh(_("Choose a contribution first, by one of its sentences or all of it."))
    return sorted({one.number for one in chosen})


def _first(asked: Asked, chosen: list[Chosen]) -> int | None:
    return chosen[0].number if chosen else whole_number(asked.request.POST.get("at"))


def _unmark(asked: Asked, pk: int) -> Said:
    point = point_of(asked.paper, pk)
    if point is not None:
        unmark_point(point=point, **asked.by)
    return _("The point is taken away."), point.number if point else None


def _unweigh(asked: Asked, pk: int) -> Said:
    weighing = weighing_of(asked.paper, pk)
    if weighing is not None:
        unweigh(weighing=weighing, **asked.by)
    return _("It waits to be treated again."), weighing.number if weighing else None
