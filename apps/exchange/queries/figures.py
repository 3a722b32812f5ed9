"""What a consultation that was imported holds, counted in the database."""

from dataclasses import dataclass

from apps.consultations.models import Consultation
from apps.consultations.queries import topics_of
from apps.discussions.models import OffsiteAuthor
from apps.discussions.queries import figures_of


@dataclass(frozen=True, kw_only=True)
class ImportFigures:
    """The promised figures of an import. `authors` are those whom the source tells apart."""

    consultation: str
    contributions: int
    published: int
    refused: int
    waiting: int
    authors: int
    topics: int
    replies: int
    skipped: int


def import_figures(consultation: Consultation, *, skipped: int) -> ImportFigures:
    """Return what the consultation now holds."""
    return ImportFigures(
        consultation=consultation.slug,
        **figures_of(consultation.pk),
        authors=OffsiteAuthor.objects.filter(consultation=consultation).exclude(source_ref="").count(),
        topics=len(topics_of(consultation)),
        skipped=skipped,
    )
