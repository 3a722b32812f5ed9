"""Appeals against pauses in somebody's writing, and the pauses that moderators see."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.accounts.rules import is_moderator
from apps.discussions.models import WritingPause
from apps.discussions.queries import pauses_that_stand
from apps.moderation.models import PauseAppeal
from apps.moderation.queries.cases import CASES_PAGE, left_to_deputy

_OF_PAUSE = (
    "pause__person", "pause__reason", "pause__consultation", "pause__contribution__topic",
    "pause__contribution__consultation", "pause__contribution__case", "first_decided_by", "decided_by",
)  # fmt: skip


def pauses_by_ids(ids: Collection[int]) -> dict[int, WritingPause]:
    """Return pauses with whom to tell about them and with the appeal, by id. For mail to them only."""
    rows = WritingPause.objects.select_related(
        "person", "reason", "consultation", "contribution__consultation", "appeal"
    )
    return rows.in_bulk(list(ids)) if ids else {}


def standing_pauses(*, at: datetime) -> list[WritingPause]:
    """Return the pauses that stand, the one that ends first on top, each with its appeal as `appeal`, if any."""
    return list(pauses_that_stand(at=at).select_related("appeal")[:CASES_PAGE])


def _appeals() -> "QuerySet[PauseAppeal]":
    return PauseAppeal.objects.select_related(*_OF_PAUSE)


def open_pause_appeals(viewer: Any) -> list[PauseAppeal]:
    """Return the appeals against pauses that the viewer sees, the one due first on top."""
    rows = _appeals().defer("pause__internal_facts").filter(decided_at=None)
    found = list(rows.order_by("due_at", "pk")[:CASES_PAGE])
    if is_moderator(viewer) or not found:
        return found
    left = left_to_deputy([appeal.pause.contribution for appeal in found])
    return [appeal for appeal in found if appeal.pause.contribution_id in left]


def pause_appeal_by_id(pk: int) -> PauseAppeal | None:
    """Return an appeal against a pause with what it is against, or None."""
    return _appeals().filter(pk=pk).first()


def pause_appeals_by_ids(ids: Collection[int]) -> dict[int, PauseAppeal]:
    """Return appeals against pauses with whom to tell about them, by id. For mail to who appealed only."""
    return _appeals().in_bulk(list(ids)) if ids else {}


def pause_appeals_by(person: User) -> list[PauseAppeal]:
    """Return what the person said against pauses in their writing, in the order received."""
    rows = PauseAppeal.objects.filter(pause__person=person).select_related("pause__contribution__consultation")
    return list(rows.order_by("pk"))


def pauses_of_person(person: User) -> Sequence[WritingPause]:
    """Return the pauses in the person's writing that are kept, latest first, each with its appeal, if any."""
    rows = WritingPause.objects.filter(person=person).select_related("consultation", "contribution", "appeal")
    return list(rows.defer("internal_facts").order_by("-pk")[:CASES_PAGE])
