"""The list of reasons that moderators choose from, for those who keep it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import require
from apps.municipality.actions import ReasonText, add_reason, change_reason, resume_reason, retire_reason
from apps.municipality.forms import ReasonForm
from apps.municipality.queries import listed_reasons, reason_at

UNFIT = 422


@require_safe
@signed_in
def reason_list(request: HttpRequest) -> HttpResponse:
    """Show the reasons by the number of the house rule, with those that are no longer used."""
    _keeper(request)
    return render(request, "municipality/reason_list.html", {"reasons": listed_reasons()})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def reason_add(request: HttpRequest) -> HttpResponse:
    """Let moderators choose one more reason."""
    at, keeper = now(), _keeper(request)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            reason = add_reason(text=ReasonText(**form.cleaned_data), by=keeper, at=at)
        except DomainError as in_the_way:
            form.add_error("title_en", str(in_the_way))
        else:
            messages.success(request, _("“%(title)s” can be chosen from now on.") % {"title": reason.title})
            return redirect("municipality:reason-list")
    return render(request, "municipality/reason_add.html", {"form": form}, status=UNFIT if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def reason_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Put a reason in other words, retire it, or use it again; its code stays."""
    at, keeper = now(), _keeper(request)
    reason = reason_at(code)
    if reason is None:
        raise Http404
    if request.POST.get("action") in {"retire", "resume"}:
        turn = retire_reason if request.POST["action"] == "retire" else resume_reason
        turn(reason=reason, by=keeper, at=at)
        messages.success(request, _("“%(title)s” is saved.") % {"title": reason.title})
        return redirect("municipality:reason-list")
    form = ReasonForm(request.POST or None, initial={name: getattr(reason, name) for name in ReasonForm.Meta.fields})
    if form.is_bound and form.is_valid():
        change_reason(reason=reason, text=ReasonText(**form.cleaned_data), by=keeper, at=at)
        messages.success(request, _("“%(title)s” is saved.") % {"title": reason.title})
        return redirect("municipality:reason-list")
    context = {"form": form, "reason": reason}
    return render(request, "municipality/reason_edit.html", context, status=UNFIT if form.is_bound else 200)


def _keeper(request: HttpRequest) -> User:
    """Return who keeps the list; raises NotAllowed for anyone else."""
    require("municipality.edit_reasons", request.user)
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    return request.user
