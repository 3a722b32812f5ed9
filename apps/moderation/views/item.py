"""One contribution on the desk: reading it, taking it, letting it go."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from apps.common.access import signed_in_or_back_to
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import require
from apps.discussions.models import Contribution
from apps.moderation.actions import claim_contribution, look_at, look_away, release_contribution
from apps.moderation.models import Appeal, PauseAppeal, ReportCase
from apps.moderation.queries import appeal_by_id, pause_appeal_by_id, report_case
from apps.moderation.rendering import PLACES
from apps.moderation.views.desk import come_in_for, item_at, item_page, whole_number
from apps.moderation.views.parts import part_of

OpenCase = ReportCase | Appeal | PauseAppeal
# What one can take a text for beside the text itself, by the name in the form, and who may.
CASES: dict[str, tuple[Callable[[int], OpenCase | None], str]] = {
    "report": (report_case, "moderation.settle_reports"),
    "appeal": (appeal_by_id, "moderation.decide_appeal"),
    "pause_appeal": (pause_appeal_by_id, "moderation.decide_pause_appeal"),
}


@require_safe
@login_required
@vary_on_headers("X-Fragment")
def item(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """Show one contribution with its context, its author's record and the form of the decision.

    Asked for a part, answer with that alone: the lines beside it, or who has it.
    """
    contribution = item_at(contribution_id)
    template = part_of(request, "moderation/item.html")
    return item_page(request, come_in_for(request, contribution, at=now()), contribution, template=template)


@require_POST
def look(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """Let colleagues see that the moderator has it open, or no longer. Sent by the page's script."""
    contribution = item_at(contribution_id)
    desk = come_in_for(request, contribution, at=now())
    tell = look_away if "away" in request.POST else look_at
    tell(contribution=contribution, by=desk.viewer, at=desk.at)
    return HttpResponse(status=204)


@require_POST
@signed_in_or_back_to("moderation:item")
def claim(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """Take a contribution for 15 minutes; the page shows who has it when a colleague was first.

    Sent from the page of reports or of an appeal, it leads back there, and is for who may decide those.
    """
    contribution = item_at(contribution_id)
    desk = come_in_for(request, contribution, at=now())
    case, back = _case(request, contribution), desk.item_url(contribution_id)
    try:
        if case is not None:
            rule, row, back = case
            require(rule, desk.viewer, row)
        claim_contribution(contribution=contribution, by=desk.viewer, at=desk.at)
    except DomainError as refusal:
        return item_page(request, desk, contribution, refusal=str(refusal), status=refusal.status)
    return redirect(back + desk.query if case else back)


def _case(request: HttpRequest, contribution: Contribution) -> tuple[str, OpenCase, str] | None:
    """Return the rule, the row and the address of the reports or the appeal about the text that the form names."""
    kind, _dash, name = request.POST.get("case", "").partition("-")
    find, rule = CASES.get(kind, (None, ""))
    row = find(whole_number(name) or 0) if find else None
    if row is None or row.contribution_id != contribution.pk:
        return None
    return rule, row, reverse(PLACES[kind], args=[row.pk])


@require_POST
@signed_in_or_back_to("moderation:item")
def release(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """Let go of a contribution and go back to the queue."""
    contribution = item_at(contribution_id)
    desk = come_in_for(request, contribution, at=now())
    if release_contribution(contribution=contribution, by=desk.viewer, at=desk.at):
        messages.success(request, _("You let go of no. %(number)s.") % {"number": contribution.number})
    return redirect(desk.queue_url)
