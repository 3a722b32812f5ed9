"""Texts that are to be erased: proposals, and what the time to appeal has run out for."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from apps.accounts.enums import HeldSubject
from apps.accounts.models import Hold
from apps.discussions.enums import ErasureStatus
from apps.discussions.models import KEPT_BACK, Contribution, TextErasure

MOST = 100


def erasures_proposed() -> list[TextErasure]:
    """Return the proposals that wait for a colleague, oldest first."""
    waiting = TextErasure.objects.filter(status=ErasureStatus.PROPOSED)
    return list(_with_all(waiting).order_by("asked_at", "pk")[:MOST])


def erasures_decided(*, limit: int = 20) -> list[TextErasure]:
    """Return what was decided last, latest first."""
    decided = TextErasure.objects.exclude(status=ErasureStatus.PROPOSED)
    return list(_with_all(decided).order_by("-decided_at", "-pk")[:limit])


def erasure_by_id(pk: int) -> TextErasure | None:
    """Return one proposal with the contribution it is about, or None."""
    return _with_all(TextErasure.objects.filter(pk=pk)).first()


def proposal_about(contribution: Contribution) -> TextErasure | None:
    """Return the proposal about a contribution that waits for a colleague, or None."""
    return TextErasure.objects.filter(contribution=contribution, status=ErasureStatus.PROPOSED).first()


def refused_texts(*, before: datetime) -> QuerySet[Contribution]:
    """Return contributions refused or hidden by that moment whose text is still there and not held, oldest first."""
    refused = Contribution.stored.filter(status__in=KEPT_BACK, text_erased_at__isnull=True, decided_at__lte=before)
    holds = Hold.objects.filter(lifted_at=None)
    of_texts = holds.filter(held=HeldSubject.CONTRIBUTION).values("held_id")
    of_people = Contribution.stored.filter(author__in=holds.filter(held=HeldSubject.PERSON).values("held_id"))
    return refused.exclude(pk__in=of_texts).exclude(pk__in=of_people.values("pk")).order_by("decided_at", "id")


def held_contributions() -> "QuerySet[Hold, Any]":
    """Return the ids of the texts on which a legal hold lies, for use in a query of what must not be cleared away."""
    return Hold.objects.filter(held=HeldSubject.CONTRIBUTION, lifted_at=None).values("held_id")


def _with_all(rows: QuerySet[TextErasure]) -> QuerySet[TextErasure]:
    return rows.select_related("contribution__topic", "contribution__consultation", "asked_by", "decided_by")
