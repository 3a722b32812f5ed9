"""The lists of reasons and of legal bases, for those who keep them."""

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
from apps.municipality.actions import (
    BasisText,
    ReasonText,
    add_legal_basis,
    add_reason,
    change_legal_basis,
    change_reason,
    resume_legal_basis,
    resume_reason,
    retire_legal_basis,
    retire_reason,
)
from apps.municipality.forms import LegalBasisForm, ReasonForm
from apps.municipality.queries import legal_basis_at, listed_legal_bases, listed_reasons, reason_at

UNFIT = 422


@require_safe
@signed_in
def reason_list(request: HttpRequest) -> HttpResponse:
    """Show the reasons by the number of the house rule, with those that are no longer used."""
    _keeper(request, "municipality.edit_reasons")
    return render(request, "municipality/reason_list.html", {"reasons": listed_reasons()})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def reason_add(request: HttpRequest) -> HttpResponse:
    """Let moderators choose one more reason."""
    at, keeper = now(), _keeper(request, "municipality.edit_reasons")
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
    at, keeper = now(), _keeper(request, "municipality.edit_reasons")
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


@require_safe
@signed_in
def legal_basis_list(request: HttpRequest) -> HttpResponse:
    """Show the legal bases by law and section, with those that are no longer offered."""
    _keeper(request, "municipality.edit_legal_bases")
    return render(request, "municipality/legal_basis_list.html", {"bases": listed_legal_bases()})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def legal_basis_add(request: HttpRequest) -> HttpResponse:
    """Let officials choose one more legal basis."""
    at, keeper = now(), _keeper(request, "municipality.edit_legal_bases")
    form = LegalBasisForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            basis = add_legal_basis(text=BasisText(**form.cleaned_data), by=keeper, at=at)
        except DomainError as in_the_way:
            form.add_error("name_en", str(in_the_way))
        else:
            messages.success(request, _("“%(title)s” can be chosen from now on.") % {"title": basis.name})
            return redirect("municipality:legal-basis-list")
    return render(request, "municipality/legal_basis_add.html", {"form": form}, status=UNFIT if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def legal_basis_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a legal basis, retire it, or offer it again; its code stays."""
    at, keeper = now(), _keeper(request, "municipality.edit_legal_bases")
    basis = legal_basis_at(code)
    if basis is None:
        raise Http404
    if request.POST.get("action") in {"retire", "resume"}:
        turn = retire_legal_basis if request.POST["action"] == "retire" else resume_legal_basis
        turn(basis=basis, by=keeper, at=at)
        messages.success(request, _("“%(title)s” is saved.") % {"title": basis.name})
        return redirect("municipality:legal-basis-list")
    typed = {name: getattr(basis, name) for name in LegalBasisForm.Meta.fields}
    form = LegalBasisForm(request.POST or None, initial=typed)
    if form.is_bound and form.is_valid():
        change_legal_basis(basis=basis, text=BasisText(**form.cleaned_data), by=keeper, at=at)
        messages.success(request, _("“%(title)s” is saved.") % {"title": basis.name})
        return redirect("municipality:legal-basis-list")
    context = {"form": form, "basis": basis}
    return render(request, "municipality/legal_basis_edit.html", context, status=UNFIT if form.is_bound else 200)


def _keeper(request: HttpRequest, permission: str) -> User:
    """Return who keeps the list; raises NotAllowed for anyone else."""
    require(permission, request.user)
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    return request.user
