"""Appeals against pauses in somebody's writing, and the pauses that moderators see."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from apps.accounts.models import User
from apps.discussions.models import WritingPause
from apps.discussions.queries import pauses_that_stand
from apps.moderation.models import PauseAppeal
from apps.moderation.queries.cases import CASES_PAGE

_OF_PAUSE = (
    "pause__person", "pause__reason", "pause__consultation", "pause__contribution__topic",
    "pause__contribution__consultation", "pause__contribution__case", "first_decided_by", "decided_by",
)  # fmt: skip


def pauses_by_ids(ids: Collection[int]) -> dict[int, WritingPause]:
    """Return pauses with whom to tell about them and with the appeal, by id. For mail to them only."""
    rows = WritingPause.objects.select_related(
        "person", "reason", "consultation", "contribution__consultation", "appeal", "statement"
    )
    return rows.in_bulk(list(ids)) if ids else {}


def standing_pauses(*, at: datetime, after: int | None = None) -> tuple[list[WritingPause], int | None]:
    """Return a page of the pauses that stand, the one that ends first on top, and the id to go on behind.

    Each has its appeal as `appeal`, if any. Behind what is no pause any more it is the first page.
    """
    rows = pauses_that_stand(at=at).select_related("appeal")
    last = WritingPause.objects.filter(pk=after).only("ends_at").first() if after else None
    if last is not None:
        rows = rows.filter(Q(ends_at__gt=last.ends_at) | Q(ends_at=last.ends_at, pk__gt=last.pk))
    found = list(rows[: CASES_PAGE + 1])
    return found[:CASES_PAGE], (found[CASES_PAGE - 1].pk if len(found) > CASES_PAGE else None)


def _appeals() -> "QuerySet[PauseAppeal]":
    return PauseAppeal.objects.select_related(*_OF_PAUSE)


def pause_appeal_by_id(pk: int) -> PauseAppeal | None:
    """Return an appeal against a pause with what it is against, or None."""
    found = _appeals().filter(pk=pk).first()
    if found is not None:
        found.contribution = found.pause.contribution
    return found


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
