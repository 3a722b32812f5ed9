"""What one official alone may not do: deciding on a possible double, and ending a residency that a colleague granted.

Pages that name a person come by POST, and each is a look-up that the person can read of.
"""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.actions import note_look_up_once_a_day
from apps.accounts.enums import LookUpReason
from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import require
from apps.residency.actions import confirm_residency, decline_residency, revoke_residency
from apps.residency.enums import ResidencyStatus
from apps.residency.forms import RevokeForm, SentenceForm
from apps.residency.models import Residency
from apps.residency.queries import possible_doubles, residency_by_id, visible_waiting, waiting_residencies

UNFIT = 422
CONFIRM, DECLINE = "confirm", "decline"


@login_required
@require_safe
def waiting_list(request: HttpRequest) -> HttpResponse:
    """List what waits for a second official: what the viewer can decide, and how much is left to colleagues."""
    require("residency.open_desk", request.user)
    rows = list(visible_waiting(request.user))
    context = {"rows": rows, "of_colleagues": waiting_residencies().count() - len(rows)}
    return render(request, "residency/waiting_list.html", context)


@login_required
@require_POST
def double_decide(request: HttpRequest, residency_id: int) -> HttpResponse:
    """Show a residency that waits beside those it may be a double of, and decide on it."""
    at, residency = now(), _residency(request, residency_id)
    require("residency.confirm_residency", request.user, residency)
    if residency.status != ResidencyStatus.PROPOSED:
        messages.info(request, _("This has been decided meanwhile."))
        return redirect("residency:waiting-list")
    form = SentenceForm(request.POST if request.POST.get("decision") == DECLINE else None)
    decided = _decided(request, residency, form, at)
    return decided or _comparison(request, residency, form, at)


@login_required
@require_POST
def residency_revoke(request: HttpRequest, residency_id: int) -> HttpResponse:
    """Ask for the reason, and end somebody's residency."""
    at, residency = now(), _residency(request, residency_id)
    require("residency.revoke_residency", request.user, residency)
    by = _official(request)
    note_look_up_once_a_day(person=residency.person, reason=LookUpReason.DESK, by=as_official(by), at=at)
    form = RevokeForm(request.POST if "reason" in request.POST or "sentence" in request.POST else None)
    if form.is_valid():
        reason, sentence = form.reason_given(), form.cleaned_data["sentence"]
        try:
            revoke_residency(residency=residency, reason=reason, sentence=sentence, by=by, at=at)
        except DomainError as in_the_way:
            form.add_error(None, str(in_the_way))
        else:
            messages.success(request, _("The residency has ended. The person gets a mail with your sentence."))
            return redirect("residency:desk")
    context = {"residency": residency, "form": form}
    return render(request, "residency/residency_revoke.html", context, status=UNFIT if form.is_bound else 200)


def _decided(request: HttpRequest, residency: Residency, form: SentenceForm, at: datetime) -> HttpResponse | None:
    """Do what the official chose and lead on; None when nothing was chosen, or a sentence is missing."""
    by, decision = _official(request), request.POST.get("decision")
    try:
        if decision == CONFIRM:
            confirm_residency(residency=residency, by=by, at=at)
            messages.success(request, _("The residency holds now. The person gets a mail."))
        elif decision == DECLINE and form.is_valid():
            decline_residency(residency=residency, sentence=form.cleaned_data["sentence"], by=by, at=at)
            messages.success(request, _("The residency is declined. The person gets a mail with your sentence."))
        else:
            return None
    except DomainError as in_the_way:
        messages.error(request, str(in_the_way))
    return redirect("residency:waiting-list")


def _comparison(request: HttpRequest, residency: Residency, form: SentenceForm, at: datetime) -> HttpResponse:
    doubles = possible_doubles(residency.person, residency.name_address_key)
    by = as_official(_official(request))
    for row in (residency, *doubles):
        note_look_up_once_a_day(person=row.person, reason=LookUpReason.DOUBLE, by=by, at=at)
    context = {"residency": residency, "doubles": doubles, "form": form}
    return render(request, "residency/double_decide.html", context, status=UNFIT if form.is_bound else 200)


def _residency(request: HttpRequest, residency_id: int) -> Residency:
    """Return a residency for the desk; whether it exists is told to officials only."""
    require("residency.open_desk", request.user)
    residency = residency_by_id(residency_id)
    if residency is None:
        raise Http404
    return residency


def _official(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    return request.user
