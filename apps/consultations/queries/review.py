"""A draft before colleagues' eyes, and the steps after publication."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from apps.consultations.enums import ConsultationStatus, PhaseMoment
from apps.consultations.models import Consultation, DraftComment, Phase, PhaseNote, Review, StageChange
from apps.ledger.models import Entry, EntryActor

# Entries that change nothing of what is published. Who is invited is kept as a list of its own, which grows afterwards.
BESIDE_THE_DRAFT = ("team.", "review.", "party.")


def draft_state(consultation: Consultation) -> int:
    """Return the last entry that tells of a change of the draft: two that are the same stand for the same draft."""
    return draft_states({consultation.pk}).get(consultation.pk, 0)


def draft_states(ids: Collection[int]) -> dict[int, int]:
    """Return `draft_state` of several consultations, by their ids."""
    beside = Q()
    for prefix in BESIDE_THE_DRAFT:
        beside |= Q(kind__startswith=prefix)
    told = Entry.objects.filter(consultation_id__in=ids).exclude(beside).order_by()
    return dict(told.values_list("consultation_id").annotate(last=Max("pk")))


def last_editor(state: int) -> int | None:
    """Return who made the change that a state of the draft ends with, while that is known."""
    return EntryActor.objects.filter(entry=state).values_list("person_id", flat=True).first()


def last_editors(states: Collection[int]) -> dict[int, int | None]:
    """Return `last_editor` of several states, by state."""
    return dict(EntryActor.objects.filter(entry__in=states).values_list("entry_id", "person_id"))


def latest_review(consultation: Consultation) -> Review | None:
    """Return the last time that somebody asked for a review, with the people."""
    rows = Review.objects.filter(consultation=consultation).select_related("consultation", "asked_by", "decided_by")
    return rows.order_by("-pk").first()


def comments_on(consultation: Consultation) -> list[DraftComment]:
    """Return what the team said about the draft, first said first, each with its author."""
    return list(DraftComment.objects.filter(consultation=consultation).select_related("author").order_by("pk"))


def draft_comment(consultation: Consultation, pk: int) -> DraftComment | None:
    """Return one comment on that draft."""
    return DraftComment.objects.filter(consultation=consultation, pk=pk).select_related("consultation").first()


def reviews_by_ids(ids: set[int]) -> dict[int, Review]:
    """Return reviews by id, each with people and consultation."""
    return Review.objects.filter(pk__in=ids).select_related("consultation", "asked_by", "decided_by").in_bulk()


def stages_of(consultation: Consultation) -> list[StageChange]:
    """Return the steps since publication, first step first."""
    return list(StageChange.objects.filter(consultation=consultation).order_by("pk"))


def phases_to_note(kind: PhaseMoment, *, at: datetime) -> "QuerySet[Phase]":
    """Return phases that have begun, or ended, by that moment without its being told, unordered.

    Of consultations held elsewhere nothing is told, nor of what came after people had been heard or the consultation
    was cancelled. What came before that is told though the municipality has gone on since.
    """
    column = "opens_at" if kind == PhaseMoment.OPENED else "closes_at"
    noted = PhaseNote.objects.filter(consultation=OuterRef("consultation"), kind=kind, moment=OuterRef(column))
    steps = StageChange.objects.filter(consultation=OuterRef("consultation"), changed_at__lt=OuterRef(column))
    published = ConsultationStatus.PUBLISHED
    was_heard = Q(stood=None) | Q(stood=published)
    due = Phase.objects.alias(stood=Subquery(steps.order_by("-pk").values("status")[:1])).filter(
        ~Exists(noted),
        Q(consultation__status=published) | was_heard,
        **{f"{column}__lte": at},
        consultation__published_at__isnull=False,
        consultation__is_imported=False,
    )
    return due.exclude(consultation__status=ConsultationStatus.CANCELLED).select_related("consultation")
