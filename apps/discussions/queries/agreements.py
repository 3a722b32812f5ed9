"""Who agreed with what, for the person alone; and how many did, where that may be told."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.accounts.models import User
from apps.consultations.enums import ConsultationKind
from apps.consultations.models import Consultation, Phase
from apps.consultations.queries import public
from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Agreement, AgreementSum, Contribution, SuggestionStep
from apps.discussions.rules import are_sums_told
from apps.residency.queries import residencies_in_force


def agreed_with(viewer_id: int | None, ids: Collection[int]) -> frozenset[int]:
    """Return with which of these contributions the viewer agrees; no query for nobody and nothing."""
    if viewer_id is None or not ids:
        return frozenset()
    found = Agreement.objects.filter(person=viewer_id, contribution__in=ids)
    return frozenset(found.values_list("contribution", flat=True))


def counted_agreements(*, at: datetime) -> "QuerySet[Agreement]":
    """Return the agreements that count at that moment: those of accounts that hold a residency then.

    A person holds one, on one account. Whoever moves it to another account, or ends it and shows there that they live
    here, and agrees there as well, is counted once.
    """
    return Agreement.objects.filter(Exists(residencies_in_force(at=at).filter(person=OuterRef("person"))))


def count_of_agreements(*, at: datetime, contribution: str = "pk") -> Coalesce:
    """Return an expression for how many agree at that moment with the contribution of each row of a query.

    `contribution` is the field that refers to it. Whatever tells or weighs a number of people asks here.
    """
    rows = counted_agreements(at=at).filter(contribution=OuterRef(contribution)).order_by().values("contribution")
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)


def sums_told(
    consultation: Consultation, phases: Sequence[Phase], rows: Collection[Contribution], *, at: datetime
) -> Mapping[int, int]:
    """Return how many agree with each of these, where everyone may know: one query, and none where nobody may.

    Of a hearing as it was counted after the deadline; of a suggestion that was answered, as it stands.
    """
    if not rows or not are_sums_told(consultation, phases, at=at):
        return {}
    if consultation.kind == ConsultationKind.HEARING:
        return dict(AgreementSum.objects.filter(contribution__in=rows).values_list("contribution", "told"))
    answered = Contribution.stored.filter(answered_or_said()).filter(pk__in=[row.pk for row in rows])
    return dict(answered.annotate(agreed=count_of_agreements(at=at)).values_list("pk", "agreed"))


def answered_or_said() -> Q:
    """Return the suggestions that an official answered, or said of what becomes of them."""
    said = SuggestionStep.objects.filter(contribution=OuterRef("pk"))
    return Q(answered_at__isnull=False) | Q(Exists(said))


def to_count(*, at: datetime) -> "QuerySet[Contribution]":
    """Return what people agreed with in hearings that are over, and was not counted since, by id."""
    writing = Phase.objects.filter(consultation=OuterRef("consultation"), accepts_contributions=True)
    still = writing.filter(Q(closes_at=None) | Q(closes_at__gt=at))
    due = Q(agreement_sum__isnull=True, agreements__isnull=False) | Q(
        agreement_sum__isnull=False, agreement_sum__counted_at=None
    )
    over = Contribution.stored.filter(
        due,
        ~Q(Exists(still)),
        public("consultation__"),
        status=ContributionStatus.PUBLISHED,
        consultation__kind=ConsultationKind.HEARING,
    )
    return over.distinct().order_by("pk")


def agreements_of(person: User) -> list[dict[str, Any]]:
    """Return what the person agrees with, in the order in which they did, as plain values that JSON can hold."""
    rows = Agreement.objects.filter(person=person).select_related("contribution__consultation").order_by("pk")
    return [
        {
            "number": row.contribution.number,
            "consultation": row.contribution.consultation.title,
            "agreed_at": row.agreed_at.isoformat(),
        }
        for row in rows
    ]
