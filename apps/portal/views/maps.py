"""The map of a consultation, on a page of its own, with the places that contributions are about."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.common.pagination import whole_number
from apps.consultations.queries import MapView, consultation_by_slug, map_view_of, shown_map_of, with_english
from apps.discussions.models import ContributionPlace
from apps.discussions.queries import MOST_PLACES, published_places

ROWS = 100
LAST_PAGE = 1_000


@require_safe
def consultation_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where a consultation's matter lies: drawn, and as a table that holds the same facts.

    Places of contributions stand in the order received, and only of what everyone can read.
    """
    found = consultation_by_slug(request.user, slug)
    drawn = shown_map_of(found) if found else None
    page = min(max(whole_number(request.GET.get("page")) or 1, 1), LAST_PAGE)
    shown = map_view_of(drawn, first=(page - 1) * ROWS, most=ROWS) if drawn else None
    if found is None or shown is None or (page > 1 and not shown.rows):
        raise Http404
    places = published_places(found.pk, after=whole_number(request.GET.get("after")) or 0, limit=MOST_PLACES + 1)
    with_english(found, [place.contribution.topic for place in places])
    context = {
        "consultation": found,
        "map": shown,
        "newer": page - 1,
        "older": page + 1 if shown.more else 0,
        "places": _signs(shown, places[:MOST_PLACES]),
        "written": places[:MOST_PLACES],
        "more_after": places[MOST_PLACES - 1].contribution.number if len(places) > MOST_PLACES else None,
    }
    return render(request, "portal/consultation_map.html", context)


def _signs(shown: MapView, places: Sequence[ContributionPlace]) -> list[dict[str, Any]]:
    """Return where on the sheet each place lies that lies on it."""
    frame = shown.drawing.frame
    on_sheet = [place for place in places if frame.holds((place.longitude, place.latitude))]
    points = [frame.point((place.longitude, place.latitude)) for place in on_sheet]
    return [
        {"x": round(x, 1), "y": round(y, 1), "number": place.contribution.number}
        for place, (x, y) in zip(on_sheet, points, strict=True)
    ]
