"""Documents with their versions, and the versions of what is proposed."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.consultations.engine.differences import SAME, Piece, differences
from apps.consultations.models import (
    Consultation,
    Document,
    DocumentVersion,
    ProposalVersion,
)
from apps.consultations.queries.consultations import visible_consultations
from apps.consultations.queries.team import teams_of


@dataclass(frozen=True)
class Compared:
    """One of two officials' or two versions' texts, with what differs."""

    label: str | Promise
    pieces: list[Piece]

    @property
    def differs(self) -> bool:
        """The two are not the same."""
        return any(piece.kind != SAME for piece in self.pieces)


def words_of(version: ProposalVersion) -> str:
    """Return the words of a version as the ledger's fingerprint is made of them; title and lede are one line each."""
    return f"{version.title}\n{version.lede}\n{version.body}"


def versions_of(consultation: Consultation) -> list[ProposalVersion]:
    """Return the versions of the proposal, newest first."""
    return list(ProposalVersion.objects.filter(consultation=consultation).order_by("-version"))


def version_in_force(consultation: Consultation) -> ProposalVersion | None:
    """Return the current version of a proposal that was changed since its publication; None costs no query."""
    if consultation.proposal_version <= 1:
        return None
    rows = ProposalVersion.objects.filter(consultation=consultation, version=consultation.proposal_version)
    return rows.first()


def versions_in_force(consultations: Collection[int]) -> dict[int, ProposalVersion]:
    """Return the current version of each of these consultations' proposals, by consultation: no query for none."""
    if not consultations:
        return {}
    rows = ProposalVersion.objects.filter(
        consultation__in=consultations, version=F("consultation__proposal_version")
    ).order_by("consultation_id")
    return {row.consultation_id: row for row in rows}


def compared(older: ProposalVersion, newer: ProposalVersion) -> list[Compared]:
    """Return title, lede and body of two versions, each as one text that shows what differs."""
    pairs = (
        (_("Title"), older.title, newer.title),
        (_("In one or two sentences"), older.lede, newer.lede),
        (_("The proposal"), older.body, newer.body),
    )
    return [Compared(label, differences(old, new)) for label, old, new in pairs if old or new]


def documents_of(consultation: Consultation) -> list[Document]:
    """Return the documents in order, each with its versions, newest first."""
    rows = Document.objects.filter(consultation=consultation).order_by("position")
    return list(rows.prefetch_related(with_versions()))


def with_versions() -> "Prefetch[Any]":
    """Return the prefetch of a document's versions, newest first."""
    return Prefetch("versions", queryset=DocumentVersion.objects.order_by("-version"), to_attr="newest_first")


def document_at(consultation: Consultation, position: int) -> Document | None:
    """Return one document of the consultation with its versions, newest first."""
    rows = Document.objects.filter(consultation=consultation, position=position)
    return rows.prefetch_related(with_versions()).first()


def readable_files(viewer: Any) -> QuerySet[DocumentVersion]:
    """Return the files that the viewer may open, unordered. Pair: `rules.why_not_read`."""
    found = DocumentVersion.objects.filter(document__consultation__in=visible_consultations(viewer))
    return found.filter(Q(held_sentence="") | Q(document__consultation__in=teams_of(viewer)))


def readable_file(viewer: Any, slug: str, position: int, version: int | None = None) -> DocumentVersion | None:
    """Return one version of a document, or the current one, if the viewer may open it.

    Where the current one is held back nothing comes in its place: an earlier one would pass for what is current.
    """
    found = DocumentVersion.objects.filter(document__consultation__slug=slug, document__position=position)
    asked = found.filter(version=version) if version is not None else found.order_by("-version")[:1]
    return readable_files(viewer).filter(pk__in=list(asked.values_list("pk", flat=True))).first()
