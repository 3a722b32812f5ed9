"""Citizen proposals: their terms and how many support them, and which the council has to answer."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.common.permissions import Sentence
from apps.consultations.enums import ConsultationKind
from apps.consultations.models import Consultation
from apps.discussions.enums import ContributionStatus, ProposalOutcome, SuggestionStatus
from apps.discussions.models import CitizenProposal, Contribution, SuggestionStep
from apps.discussions.queries.agreements import count_of_agreements
from apps.municipality.queries import ProposalTerms, proposal_terms
from apps.municipality.rules import needs_ages

# What an official says once a proposal is on its way to the council, or is answered.
ANSWERED_WITH = (
    SuggestionStatus.TO_COUNCIL,
    SuggestionStatus.PLANNED,
    SuggestionStatus.DONE,
    SuggestionStatus.NOT_DONE,
)


# Not yet public, or public: what a moderator keeps back may never be shown again, and holds up nothing.
UNDER_WAY = (ContributionStatus.WAITING, ContributionStatus.RETURNED, ContributionStatus.PUBLISHED)


@needs_ages
def why_proposals_need_ages() -> Sentence | None:
    """Return that citizen proposals with a least age are waiting or running, or None: who shows it supports them."""
    found = CitizenProposal.objects.filter(outcome="", minimum_age__gt=0, contribution__status__in=UNDER_WAY).count()
    if not found:
        return None
    return _(
        "Citizen proposals that ask for a least age are waiting or running: %(count)s. Without the age band, residents "
        "who are verified from now on could not support them. Switch it off when these have ended."
    ) % {"count": found}


def terms_in(consultation: Consultation) -> ProposalTerms | None:
    """Return on what terms a suggestion can be offered as a citizen proposal there; None elsewhere than in the box."""
    return proposal_terms() if consultation.kind == ConsultationKind.SUGGESTIONS else None


def proposal_of(contribution: Contribution) -> CitizenProposal | None:
    """Return as what citizen proposal a suggestion was offered, or None; no query outside the suggestion box."""
    if contribution.consultation.kind != ConsultationKind.SUGGESTIONS:
        return None
    return CitizenProposal.objects.filter(contribution=contribution).first()


def proposals_among(ids: Collection[int], *, at: datetime) -> Mapping[int, CitizenProposal]:
    """Return the citizen proposals among these suggestions, each with how many support it at that moment: one query."""
    if not ids:
        return {}
    supporters = count_of_agreements(at=at, contribution="contribution")
    found = CitizenProposal.objects.filter(contribution__in=ids).annotate(agreed=supporters)
    return {row.contribution_id: row for row in found}


def proposals_with_authors(ids: Collection[int]) -> Mapping[int, CitizenProposal]:
    """Return the citizen proposals among these suggestions with the suggestion, its author and its box: one query."""
    found = CitizenProposal.objects.filter(contribution__in=ids)
    related = found.select_related("contribution__author", "contribution__consultation")
    return {row.contribution_id: row for row in related}


def offered_among(rows: Collection[Contribution]) -> list[int]:
    """Return the numbers of those of these texts that were offered as citizen proposals, in order."""
    found = CitizenProposal.objects.filter(contribution__in=rows)
    return sorted(found.values_list("contribution__number", flat=True))


def proposals_to_settle(*, at: datetime) -> "QuerySet[CitizenProposal]":
    """Return the public citizen proposals that have enough support or no time left, and were not settled, by id."""
    under_way = CitizenProposal.objects.filter(outcome="", contribution__status=ContributionStatus.PUBLISHED)
    counted = under_way.annotate(agreed=count_of_agreements(at=at, contribution="contribution"))
    return counted.filter(Q(ends_at__lte=at) | Q(agreed__gte=F("threshold"))).order_by("pk")


def proposals_for_council() -> list[CitizenProposal]:
    """Return the public citizen proposals with enough support of which no official has said what becomes of them since.

    In the order in which they got there: the council's answer is due.
    """
    said = SuggestionStep.objects.filter(
        contribution=OuterRef("contribution"), status__in=ANSWERED_WITH, set_at__gte=OuterRef("settled_at")
    )
    reached = CitizenProposal.objects.filter(
        ~Q(Exists(said)), outcome=ProposalOutcome.REACHED, contribution__status=ContributionStatus.PUBLISHED
    )
    return list(reached.select_related("contribution__consultation").order_by("settled_at", "pk"))
