"""The suggestion box: what people suggested, newest first, and what became of each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from apps.common.clock import now
from apps.common.pagination import whole_number
from apps.common.permissions import may
from apps.consultations.models import Consultation
from apps.consultations.queries import phases_of, shown_map_of, suggestion_box, topics_of, with_english
from apps.consultations.rules import why_not_open
from apps.discussions.queries import Asked, listed_suggestions, proposals_for_council
from apps.notifications.queries import is_following
from apps.portal.forms import SuggestionSearch
from apps.portal.rendering import who_may_write

PAGE = 20


@require_safe
def suggestion_list(request: HttpRequest) -> HttpResponse:
    """Show the suggestions in the order received, newest first, by topic, status and words; or that there is no box."""
    box = suggestion_box()
    may_keep = may("consultations.keep_box", request.user)
    if box is None or not (box.is_published or may_keep):
        return render(request, "portal/suggestion_list.html", {"box": None, "may_keep": may_keep})
    may_edit = may("consultations.edit_consultation", request.user, box)
    # Whoever keeps the box says what becomes of them; nobody else needs the list.
    due = proposals_for_council() if may_keep else []
    follows = is_following(request.user, box)
    context = {"box": box, "may_keep": may_keep, "may_edit": may_edit, "due": due, "is_following": follows}
    context |= _page(request, box)
    return render(request, "portal/suggestion_list.html", context)


def _page(request: HttpRequest, box: Consultation) -> dict[str, Any]:
    at, topics = now(), topics_of(box)
    form = SuggestionSearch(request.GET, topics=topics)
    asked = form.asked()
    before = whole_number(request.GET.get("before"))
    look = Asked(topic=asked.get("topic", ""), status=asked.get("status", ""), words=asked.get("q", ""))
    rows = listed_suggestions(box, look, before=before, limit=PAGE + 1, at=at)
    shown = rows[:PAGE]
    is_more = len(rows) > PAGE
    with_english(box, topics, [row.topic for row in shown])
    return {
        "form": form,
        "asked": asked,
        "topics": topics,
        "has_map": shown_map_of(box) is not None,
        "rows": shown,
        "closed": why_not_open(box, phases_of(box), at=at),
        "who_may_write": who_may_write(box),
        "newer": ("?" + urlencode(asked) if asked else request.path) if before is not None else "",
        "older": "?" + urlencode(asked | {"before": shown[-1].number}) if is_more else "",
    }
