"""Reading summaries, from their side and from the side of what they cite."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch

from apps.accounts.rules import is_official
from apps.consultations.enums import ConsultationStatus
from apps.consultations.models import Consultation
from apps.publications.enums import SummaryStatus
from apps.publications.models import Citation, Statement, Summary


def _with_citations() -> "Prefetch[Any]":
    return Prefetch("citations", queryset=Citation.objects.order_by("number"))


def published_summary(consultation: Consultation) -> Summary | None:
    """Return the consultation's summary if it is published."""
    found = Summary.objects.filter(consultation=consultation, status=SummaryStatus.PUBLISHED)
    return found.select_related("author").first()


def latest_summaries(*, limit: int = 3) -> list[Summary]:
    """Return the latest published summaries, newest first, each with its consultation."""
    found = Summary.objects.filter(status=SummaryStatus.PUBLISHED, consultation__status=ConsultationStatus.PUBLISHED)
    return list(found.select_related("consultation", "author").order_by("-published_at", "-pk")[:limit])


def summary_of(viewer: Any, consultation: Consultation) -> Summary | None:
    """Return the summary, also an unpublished one for officials."""
    if not is_official(viewer):
        return published_summary(consultation)
    return Summary.objects.filter(consultation=consultation).select_related("author").first()


def statements_of(summary: Summary, *, is_public: bool) -> list[Statement]:
    """Return the summary's statements in order with whom they cite."""
    found = Statement.objects.filter(summary=summary, is_public=is_public)
    return list(found.order_by("position").prefetch_related(_with_citations()))


def statements_citing(contribution_ids: Sequence[int]) -> dict[int, list[Statement]]:
    """Return for each of these contributions the published statements that cite it, in order."""
    citing: dict[int, list[Statement]] = defaultdict(list)
    found = Citation.objects.filter(contribution_id__in=contribution_ids, statement__is_public=True)
    for citation in found.select_related("statement").order_by("statement__position"):
        citing[citation.contribution_id].append(citation.statement)
    return citing
