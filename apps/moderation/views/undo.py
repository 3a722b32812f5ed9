"""Taking back what was decided in the last minute."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from apps.common.clock import now
from apps.common.errors import DomainError
from apps.moderation.actions import undo_decision
from apps.moderation.enums import Outcome
from apps.moderation.queries import decision_by_id
from apps.moderation.views.desk import come_in_for, item_at, item_page

AT_ITS_PLACE = gettext_lazy("The decision on no. %(number)s is undone. It stands as it stood before.")
WAITS_AGAIN = gettext_lazy("The decision on no. %(number)s is undone. It waits again, and is yours.")
TOLD = {
    Outcome.REVIEW: gettext_lazy("The reading of no. %(number)s is undone. It waits to be read again."),
    Outcome.HOLD_FILE: gettext_lazy("The file beside no. %(number)s can be opened again."),
    Outcome.SHOW_FILE: gettext_lazy("The file beside no. %(number)s is held back again."),
    **dict.fromkeys((Outcome.MOVE, Outcome.HIDE, Outcome.RESTORE, Outcome.REDACT, Outcome.LIFT), AT_ITS_PLACE),
}


@require_POST
@login_required
def undo(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Take a decision back and go to its item; when that cannot be done any more, the item says why."""
    decision = decision_by_id(decision_id)
    if decision is None:
        raise Http404
    desk = come_in_for(request, decision.case.contribution, at=now())
    contribution_id = decision.case.contribution_id
    try:
        contribution = undo_decision(decision=decision, by=desk.viewer, at=desk.at)
    except DomainError as refusal:
        return item_page(request, desk, item_at(contribution_id), refusal=str(refusal), status=refusal.status)
    told = TOLD.get(Outcome(decision.outcome), WAITS_AGAIN)
    messages.success(request, told % {"number": contribution.number})
    return redirect(desk.item_url(contribution_id))
