"""The list of legal bases, for those who keep it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.municipality.actions import (
    BasisText,
    add_legal_basis,
    change_legal_basis,
    resume_legal_basis,
    retire_legal_basis,
)
from apps.municipality.forms import LegalBasisForm
from apps.municipality.queries import legal_basis_at, listed_legal_bases
from apps.municipality.views.loading import the_keeper

UNFIT = 422


@require_safe
@signed_in
def legal_basis_list(request: HttpRequest) -> HttpResponse:
    """Show the legal bases by law and section, with those that are no longer offered."""
    the_keeper(request, "municipality.edit_legal_bases")
    return render(request, "municipality/legal_basis_list.html", {"bases": listed_legal_bases()})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def legal_basis_add(request: HttpRequest) -> HttpResponse:
    """Let officials choose one more legal basis."""
    at, keeper = now(), the_keeper(request, "municipality.edit_legal_bases")
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
    at, keeper = now(), the_keeper(request, "municipality.edit_legal_bases")
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
