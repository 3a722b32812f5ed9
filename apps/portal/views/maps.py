"""The map of a consultation, on a page of its own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.common.pagination import whole_number
from apps.consultations.queries import consultation_by_slug, map_view_of, shown_map_of

ROWS = 100
LAST_PAGE = 1_000


@require_safe
def consultation_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where a consultation's matter lies: drawn, and as a table that holds the same facts."""
    found = consultation_by_slug(request.user, slug)
    drawn = shown_map_of(found) if found else None
    page = min(max(whole_number(request.GET.get("page")) or 1, 1), LAST_PAGE)
    shown = map_view_of(drawn, first=(page - 1) * ROWS, most=ROWS) if drawn else None
    if shown is None or (page > 1 and not shown.rows):
        raise Http404
    context = {
        "consultation": found,
        "map": shown,
        "newer": page - 1,
        "older": page + 1 if shown.more else 0,
    }
    return render(request, "portal/consultation_map.html", context)
