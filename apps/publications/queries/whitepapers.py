"""Finding white papers while they are written, and after."""

from typing import Any

from django.db.models import Q, QuerySet

from apps.consultations.models import Consultation
from apps.consultations.queries import public, teams_of
from apps.publications.models import PaperStatement, WhitePaper


def visible_white_papers(viewer: Any) -> QuerySet[WhitePaper]:
    """Return the white papers that the viewer may see, unordered. Pair: `rules.why_not_view_white_paper`."""
    found = WhitePaper.objects.select_related("consultation", "asked_by")
    return found.filter(Q(public("consultation__"), version__gt=0) | Q(consultation__in=teams_of(viewer)))


def paper_of(viewer: Any, consultation: Consultation) -> WhitePaper | None:
    """Return the consultation's white paper, one that is not published for the team alone."""
    return visible_white_papers(viewer).filter(consultation=consultation).first()


def statement_of(paper: WhitePaper, pk: int) -> PaperStatement | None:
    """Return a statement of the white paper by its key."""
    rows = PaperStatement.objects.filter(paper=paper, pk=pk)
    return rows.select_related("paper__consultation", "topic__merged_into", "changed_by").first()
