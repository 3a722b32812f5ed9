"""Pauses in somebody's writing: the one that stands, those that stand, what was decided about somebody before."""

from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable

from apps.accounts.models import User
from apps.accounts.queries import held_people
from apps.accounts.rules import is_person
from apps.consultations.models import Consultation
from apps.discussions.models import WritingPause
from apps.discussions.queries.erasures import held_contributions
from apps.discussions.rules import PAUSES_KEPT

MOST_EARLIER = 10
_WHERE = ("contribution__topic", "contribution__consultation", "consultation", "reason")


def pause_of(viewer: Any, consultation: Consultation, *, at: datetime) -> WritingPause | None:
    """Return the pause that keeps the viewer from writing there at that moment, of several the longest. One query."""
    if not is_person(viewer):
        return None
    return _standing(at).filter(_covers(consultation.slug), person=viewer).order_by("-ends_at", "-pk").first()


def pause_beside(viewer: Any, slug: str, *, at: datetime) -> Combinable:
    """Return an expression for the id of the pause that `pause_of` finds, for a query of a page with a form to write.

    It costs those whose writing is not paused no query: load what it leads to with `pause_by_id`.
    """
    if not is_person(viewer):
        return Value(None, output_field=BigIntegerField())
    mine = _standing(at).filter(_covers(slug), person=viewer).order_by("-ends_at", "-pk")
    return Subquery(mine.values("pk")[:1], output_field=BigIntegerField())


def _standing(at: datetime) -> "QuerySet[WritingPause]":
    """Pair: `WritingPause.stands`."""
    return WritingPause.objects.filter(lifted_at=None, begins_at__lte=at, ends_at__gt=at)


def _covers(slug: str) -> Q:
    return Q(consultation=None) | Q(consultation__slug=slug)


def pause_by_id(pk: int) -> WritingPause | None:
    """Return one pause with the text that was in hand, or None."""
    rows = WritingPause.objects.select_related(*_WHERE, "contribution__case", "person", "paused_by", "lifted_by")
    return rows.filter(pk=pk).first()


def pauses_that_stand(*, at: datetime) -> "QuerySet[WritingPause]":
    """Return the pauses that stand, the one that ends first on top, without the facts for moderators."""
    rows = _standing(at).select_related(*_WHERE, "person", "paused_by").defer("internal_facts")
    return rows.order_by("ends_at", "pk")


def pauses_about(person_id: int | None, *, limit: int = MOST_EARLIER) -> list[WritingPause]:
    """Return what was decided about somebody's writing so far, latest first, without the facts for moderators."""
    if person_id is None:
        return []
    rows = WritingPause.objects.filter(person=person_id).select_related("consultation", "reason")
    return list(rows.defer("internal_facts").order_by("-pk")[:limit])


def pauses_to_clear(*, at: datetime) -> "QuerySet[WritingPause]":
    """Return the pauses that ended so long ago that nothing comes of them, but for those under a legal hold."""
    rows = WritingPause.objects.filter(ends_at__lte=at - PAUSES_KEPT)
    return rows.exclude(person__in=held_people()).exclude(contribution__in=held_contributions())


def pauses_told(person: User) -> list[dict[str, Any]]:
    """Return what the person was told of pauses in their writing, oldest first: not what moderators noted."""
    rows = WritingPause.objects.filter(person=person).select_related("contribution__consultation", "consultation")
    return [
        {
            "consultation": row.contribution.consultation.title,
            "number": row.contribution.number,
            "everywhere": row.consultation is None,
            "holds_in": row.consultation.title if row.consultation else None,
            "rule": row.legal_ground,
            "sentence": row.sentence,
            "days": row.days,
            "begins_at": row.begins_at,
            "ends_at": row.ends_at,
            "lifted_at": row.lifted_at,
        }
        for row in rows.order_by("pk")
    ]
