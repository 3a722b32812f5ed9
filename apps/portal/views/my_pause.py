"""A pause in one's own writing: until when, why, what is left to do, and the appeal against it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.rules import is_person
from apps.common import wording
from apps.common.clock import now
from apps.common.permissions import may
from apps.consultations.queries import deadline_of, phases_of
from apps.discussions.queries import pause_by_id
from apps.moderation.rules import APPEAL_TAKEN


@require_safe
@login_required
def my_pause(request: HttpRequest, pause_id: int) -> HttpResponse:
    """Show the person what was decided about their writing. Others find no page."""
    at, pause = now(), pause_by_id(pause_id)
    if pause is None or not is_person(request.user) or pause.person_id != request.user.pk:
        raise Http404
    deadline = deadline_of(phases_of(pause.place), at)
    appeal: Any = getattr(pause, "appeal", None)
    context = {
        "now": at,
        "pause": pause,
        "stands": pause.stands(at),
        "consultation": pause.contribution.consultation,
        "hearing_until": wording.deadline(deadline, at) if deadline and deadline > at else "",
        "appeal": appeal,
        "can_appeal": appeal is None and may("moderation.appeal_pause", request.user, pause, at=at),
        "appeal_until": pause.begins_at + APPEAL_TAKEN,
    }
    return render(request, "portal/my_pause.html", context)
