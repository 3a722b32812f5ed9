"""Finding consultations and what their pages show."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from apps.accounts.rules import is_official
from apps.consultations.enums import ConsultationKind, ConsultationStatus
from apps.consultations.models import Consultation, Document, Fact, Phase, Topic


def visible_consultations(viewer: Any) -> QuerySet[Consultation]:
    """Return what the viewer may see, unordered. Pair: `rules.why_not_view`."""
    if is_official(viewer):
        return Consultation.objects.all()
    return Consultation.objects.filter(status=ConsultationStatus.PUBLISHED)


def in_phase_order() -> "Prefetch[Any]":
    """Return the prefetch of a consultation's phases in their order."""
    return Prefetch("phases", queryset=Phase.objects.order_by("position"))


def listed_consultations(viewer: Any, *, words: str = "", state: str = "", at: datetime) -> QuerySet[Consultation]:
    """Return hearings for the list page, latest published first, with their phases; drafts lead for officials.

    `state` is `open` or `closed`; `words` are looked for in titles and ledes.
    """
    found = visible_consultations(viewer).filter(kind=ConsultationKind.HEARING)
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(lede__icontains=word))
    if state in {"open", "closed"}:
        open_now = Phase.objects.filter(consultation=OuterRef("pk"), accepts_contributions=True, opens_at__lte=at).filter(
            Q(closes_at=None) | Q(closes_at__gt=at)
        )
        found = found.filter(Exists(open_now)) if state == "open" else found.filter(~Exists(open_now))
    return found.order_by("-published_at", "-pk").prefetch_related(in_phase_order())


def consultation_by_slug(viewer: Any, slug: str) -> Consultation | None:
    """Return the consultation if the viewer may see it."""
    return visible_consultations(viewer).filter(slug=slug).first()


def phases_of(consultation: Consultation) -> list[Phase]:
    """Return the phases in order."""
    return list(Phase.objects.filter(consultation=consultation).order_by("position"))


def topics_of(consultation: Consultation) -> list[Topic]:
    """Return the topics in the order the official set."""
    return list(Topic.objects.filter(consultation=consultation).order_by("position"))


def topics_at(viewer: Any, slug: str) -> list[Topic]:
    """Return all topics of the consultation at that address, in order, each with the consultation; none if hidden."""
    return list(
        Topic.objects.filter(consultation__slug=slug, consultation__in=visible_consultations(viewer))
        .select_related("consultation")
        .order_by("position")
    )


def facts_of(consultation: Consultation, topic: Topic | None = None) -> list[Fact]:
    """Return the key figures of the consultation, or of one topic, in order."""
    return list(Fact.objects.filter(consultation=consultation, topic=topic).order_by("position"))


def documents_of(consultation: Consultation) -> list[Document]:
    """Return the documents in order."""
    return list(Document.objects.filter(consultation=consultation).order_by("position"))


def visible_document(viewer: Any, slug: str, position: int) -> Document | None:
    """Return one document if the viewer may see its consultation."""
    return Document.objects.filter(
        consultation__slug=slug, consultation__in=visible_consultations(viewer), position=position
    ).first()
