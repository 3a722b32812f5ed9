"""Objections to how a white paper renders a contribution: the author's own, and those that officials answer."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, QuerySet

from apps.accounts.rules import is_person
from apps.consultations.models import Consultation
from apps.consultations.queries import public, teams_of
from apps.publications.enums import Treatment
from apps.publications.models import Objection, Treated

PAGE = 50


def visible_objections(viewer: Any) -> QuerySet[Objection]:
    """Return the objections that the viewer may read, unordered. Pair: `rules.why_not_see_objection`."""
    mine = Q(contribution__author=viewer.pk) if is_person(viewer) else Q(pk=None)
    rows = Objection.objects.filter(mine | Q(paper__consultation__in=teams_of(viewer)))
    return rows.select_related("paper__consultation", "contribution__topic", "replied_by")


def objections_of(
    consultation: Consultation, *, is_answered: bool | None = None, after: int = 0, size: int = PAGE
) -> tuple[list[Objection], int | None]:
    """Return the objections to a consultation's white paper by number behind one, and after which to go on.

    For its team only: they hold what their authors wrote to officials.
    """
    rows = Objection.objects.filter(paper__consultation=consultation, number__gt=after)
    if is_answered is not None:
        rows = rows.filter(replied_at__isnull=not is_answered)
    found = list(rows.select_related("contribution__topic", "replied_by").order_by("number")[: size + 1])
    return found[:size], found[size - 1].number if len(found) > size else None


def open_objections(viewer: Any) -> list[Objection]:
    """Return the objections that wait for an answer where the viewer is in the team, oldest first."""
    rows = Objection.objects.filter(replied_at=None, paper__consultation__in=teams_of(viewer))
    return list(rows.select_related("paper__consultation").order_by("sent_at", "pk")[:PAGE])


def objection_at(consultation: Consultation, number: int) -> Objection | None:
    """Return the objection about that number, for its author or the team."""
    rows = Objection.objects.filter(paper__consultation=consultation, number=number)
    return rows.select_related("paper__consultation", "contribution__topic", "replied_by").first()


def objections_by_ids(ids: Collection[int]) -> dict[int, Objection]:
    """Return these objections with whose they are, by id: for mail about them."""
    rows = Objection.objects.select_related("paper__consultation", "contribution__author")
    return rows.in_bulk(list(ids))


@dataclass
class Rendered:
    """What the newest white paper makes of a contribution, for its author: labels, how else, and their objection."""

    labels: list[str] = field(default_factory=list)
    how: str = ""
    objection: Objection | None = None

    @property
    def is_left_out(self) -> bool:
        """It is not part of the account."""
        return self.how == Treatment.LEFT_OUT


def rendered_of(contribution_ids: Collection[int]) -> dict[int, Rendered]:
    """Return what the newest published white papers make of these contributions, with objections. Two queries at most.

    For their authors: what was left out is told as well.
    """
    if not contribution_ids:
        return {}
    newest = Treated.objects.filter(
        public("version__paper__consultation__"),
        contribution__in=contribution_ids,
        version__version=F("version__paper__version"),
        contribution__consultation=F("version__paper__consultation"),
    )
    found: dict[int, Rendered] = defaultdict(Rendered)
    for pk, label, how in newest.order_by("contribution_id", "place").values_list("contribution_id", "label", "how"):
        found[pk].labels += [label] if label else []
        found[pk].how = how
    objections = Objection.objects.filter(contribution__in=list(found)) if found else Objection.objects.none()
    for objection in objections.order_by("pk"):
        found[objection.contribution_id].objection = objection
    return dict(found)
