"""What waits for a moderator."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from apps.common.clock import now
from apps.ledger.queries import head_position
from apps.moderation.models import CLAIM_LASTS
from apps.moderation.queries import Key, queue_length, queue_page, undoable_by
from apps.moderation.rendering import queue_rows
from apps.moderation.views.desk import case_desk


@require_safe
@login_required
@vary_on_headers("X-Fragment")
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits, what is due first on top; asked for its count or its lines, answer with these alone."""
    desk = case_desk(request, at=now())
    # Read before the rows: what comes meanwhile is told twice rather than never.
    head = head_position()
    if request.headers.get("X-Fragment") == "count":
        return render(request, "moderation/_count.html", {"desk": desk, "queue_length": queue_length(desk.narrowed)})
    after = Key.read(request.GET.get("after", ""))
    found, last = queue_page(desk.narrowed, after=after)
    rows = queue_rows(found, desk.narrowed)
    free = (row for row in rows if not row.is_for_colleague and row.holder in {None, desk.viewer})
    context = {
        "now": desk.at,
        "desk": desk,
        "rows": rows,
        "first_free": next(free, None),
        "oldest": None if after else next((row for row in rows if row.is_text), None),
        "older": desk.after_url(last) if last else "",
        "newer": desk.queue_url if after else "",
        "queue_length": queue_length(desk.narrowed),
        "head": head,
        "choosing": not desk.is_deputys and any(row.is_text and not row.is_for_colleague for row in rows),
        "is_deputy_only": desk.is_deputys,
        "undoable": undoable_by(desk.viewer, at=desk.at),
        "claim_minutes": CLAIM_LASTS.seconds // 60,
    }
    is_part = request.headers.get("X-Fragment") == "rows"
    return render(request, "moderation/_rows.html" if is_part else "moderation/queue.html", context)
