"""Erasing texts for good: one moderator proposes it on a named ground, another confirms or declines."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import require, why_not
from apps.discussions.actions import decline_erasure, propose_erasure
from apps.discussions.models import TextErasure
from apps.discussions.queries import erasure_by_id, erasures_decided, erasures_proposed
from apps.moderation.actions import erase_text
from apps.moderation.forms import ErasureForm
from apps.moderation.queries import queue_length
from apps.moderation.rendering import shown_text
from apps.moderation.views.desk import Desk, come_in, item_at

UNFIT = 422
ERASE, DECLINE = "erase", "decline"


@require_safe
@login_required
def erasure_list(request: HttpRequest) -> HttpResponse:
    """Show what waits for a colleague, oldest first, and what was decided last."""
    desk = come_in(request, at=now())
    context = {"proposed": erasures_proposed(), "decided": erasures_decided()}
    return render(request, "moderation/erasure_list.html", _frame(desk) | context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def erasure_propose(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """Ask a colleague to erase a text. Nothing is erased yet."""
    desk = come_in(request, at=now())
    contribution = item_at(contribution_id)
    form = ErasureForm(request.POST or None)
    if request.method != "POST":
        require("discussions.propose_erasure", desk.viewer, contribution)
    elif form.is_valid():
        try:
            propose_erasure(contribution=contribution, **form.cleaned_data, by=desk.viewer, at=desk.at)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("A colleague is asked to confirm it. Until then the text stands as it is."))
            return redirect("moderation:erasure-list")
    context = {"contribution": contribution, "text": shown_text(contribution), "form": form}
    status = UNFIT if form.is_bound else 200
    return render(request, "moderation/erasure_propose.html", _frame(desk) | context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def erasure_decide(request: HttpRequest, erasure_id: int) -> HttpResponse:
    """Show a proposal with its text, and let a colleague erase it for ever or decline. Nothing else decides it."""
    desk = come_in(request, at=now())
    refusal = ""
    if request.POST.get("action") in (ERASE, DECLINE):
        try:
            messages.success(request, _carried_out(request, _erasure(erasure_id), desk))
            return redirect("moderation:erasure-list")
        except DomainError as in_the_way:
            refusal = str(in_the_way)
    erasure, is_read = _erasure(erasure_id), request.method != "POST"
    context = {
        "erasure": erasure,
        "contribution": erasure.contribution,
        "text": shown_text(erasure.contribution),
        "why_not": why_not("discussions.decide_erasure", desk.viewer, erasure),
        "refusal": refusal,
    }
    return render(request, "moderation/erasure_decide.html", _frame(desk) | context, status=200 if is_read else UNFIT)


def _carried_out(request: HttpRequest, erasure: TextErasure, desk: Desk) -> str:
    """Do what was chosen, and return the sentence that says so."""
    number = {"number": erasure.contribution.number}
    if request.POST["action"] == ERASE:
        erase_text(erasure=erasure, by=desk.viewer, at=desk.at)
        return _("The text of no. %(number)s is erased. Its author gets the ground by mail.") % number
    decline_erasure(erasure=erasure, by=desk.viewer, at=desk.at)
    return _("The proposal is declined. The text of no. %(number)s stands as it is.") % number


def _erasure(pk: int) -> TextErasure:
    found = erasure_by_id(pk)
    if found is None:
        raise Http404
    return found


def _frame(desk: Desk) -> dict[str, Any]:
    return {"now": desk.at, "desk": desk, "queue_length": queue_length()}
