"""One contribution on the desk: reading it, taking it, letting it go."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.common.access import signed_in_or_back_to
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.moderation.actions import claim_contribution, release_contribution
from apps.moderation.views.desk import come_in_for, item_at, item_page


@require_safe
@login_required
def item(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """Show one contribution with its context, its author's record and the form of the decision."""
    contribution = item_at(contribution_id)
    return item_page(request, come_in_for(request, contribution, at=now()), contribution)


@require_POST
@signed_in_or_back_to("moderation:item")
def claim(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """Take a contribution for 15 minutes; the page shows who has it when a colleague was first."""
    contribution = item_at(contribution_id)
    desk = come_in_for(request, contribution, at=now())
    try:
        claim_contribution(contribution=contribution, by=desk.viewer, at=desk.at)
    except DomainError as refusal:
        return item_page(request, desk, contribution, refusal=str(refusal), status=refusal.status)
    return redirect(desk.item_url(contribution_id))


@require_POST
@signed_in_or_back_to("moderation:item")
def release(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """Let go of a contribution and go back to the queue."""
    contribution = item_at(contribution_id)
    desk = come_in_for(request, contribution, at=now())
    if release_contribution(contribution=contribution, by=desk.viewer, at=desk.at):
        messages.success(request, _("You let go of no. %(number)s.") % {"number": contribution.number})
    return redirect(desk.queue_url)
