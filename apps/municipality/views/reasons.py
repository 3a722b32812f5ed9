"""The list of reasons, for those who keep it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.municipality.actions import (
    ReasonText,
    add_reason,
    change_reason,
    resume_reason,
    retire_reason,
)
from apps.municipality.forms import ReasonForm
from apps.municipality.queries import listed_reasons, reason_at
from apps.municipality.views.loading import the_keeper

UNFIT = 422


@require_safe
@signed_in
def reason_list(request: HttpRequest) -> HttpResponse:
    """Show the reasons by the number of the house rule, with those that are no longer used."""
    the_keeper(request, "municipality.edit_reasons")
    return render(request, "municipality/reason_list.html", {"reasons": listed_reasons()})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def reason_add(request: HttpRequest) -> HttpResponse:
    """Let moderators choose one more reason."""
    at, keeper = now(), the_keeper(request, "municipality.edit_reasons")
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
    at, keeper = now(), the_keeper(request, "municipality.edit_reasons")
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
