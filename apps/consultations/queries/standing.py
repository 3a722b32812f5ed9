"""What stands without a deadline: the suggestion box, and news."""

from typing import Any

from django.db.models import F, Prefetch, QuerySet

from apps.consultations.enums import ConsultationKind, ConsultationStatus
from apps.consultations.models import Consultation, Document, DocumentVersion, Topic
from apps.consultations.queries.consultations import visible_consultations
from apps.consultations.queries.papers import documents_of, with_versions
from apps.consultations.queries.team import in_team


def suggestion_box() -> Consultation | None:
    """Return the municipality's suggestion box, or None before it is opened."""
    return Consultation.objects.filter(kind=ConsultationKind.SUGGESTIONS).first()


def listed_news(viewer: Any) -> QuerySet[Consultation]:
    """Return news for the list page, latest published first, with topic and picture; drafts lead for officials."""
    found = visible_consultations(viewer).filter(kind=ConsultationKind.NEWS)
    return found.order_by(F("published_at").desc(nulls_first=True), "-pk").prefetch_related(
        _with_picture(), Prefetch("topics", queryset=Topic.objects.order_by("position"))
    )


def teams_news(viewer: Any) -> QuerySet[Consultation]:
    """Return the posts in whose team the viewer is: drafts first, then the latest published; nothing for others."""
    found = Consultation.objects.filter(in_team(viewer), kind=ConsultationKind.NEWS)
    return found.order_by(F("published_at").desc(nulls_first=True), "-pk")


def latest_news(limit: int) -> list[Consultation]:
    """Return what everyone reads, latest first."""
    return list(listed_news(None).filter(status=ConsultationStatus.PUBLISHED)[:limit])


def picture_of(consultation: Consultation) -> DocumentVersion | None:
    """Return the picture of a post: the first paper that is one, as it stands. Held back it is shown nowhere."""
    documents = vars(consultation).get("with_picture")
    found: list[Document] = documents_of(consultation) if documents is None else documents
    current = (document.current for document in found)
    return next((version for version in current if version.is_image and not version.is_held), None)


def _with_picture() -> "Prefetch[Any]":
    documents = Document.objects.order_by("position").prefetch_related(with_versions())
    return Prefetch("documents", queryset=documents, to_attr="with_picture")
