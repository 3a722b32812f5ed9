"""Reading a consultation's summary."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.common.permissions import may
from apps.consultations.queries import consultation_by_slug
from apps.publications.queries import is_same, statements_of, summary_of
from apps.publications.rendering import shown_statements


@require_safe
def summary(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the published summary; its writers also see that there is none yet, or that their draft says more."""
    consultation = consultation_by_slug(request.user, slug)
    found = summary_of(request.user, consultation) if consultation else None
    may_write = consultation is not None and may("publications.write_summary", request.user, consultation)
    if consultation is None or (found is None and not may_write):
        raise Http404
    public = statements_of(found, is_public=True) if found else []
    draft = statements_of(found, is_public=False) if found and may_write else []
    context = {
        "consultation": consultation,
        "summary": found if found and found.is_published else None,
        "statements": shown_statements(public),
        "may_write": may_write,
        "draft_differs": may_write and not is_same(public, draft),
    }
    return render(request, "publications/summary.html", context)
