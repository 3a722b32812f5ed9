"""The case file: asked for at the desk, built by a sweep, downloaded for seven days."""

from typing import Any

from celery import signature
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.confirming import confirmed_again, confirmed_again_to_send
from apps.common.errors import DomainError
from apps.common.nudge import nudge
from apps.common.pdf import can_make_pdf
from apps.common.permissions import require
from apps.consultations.models import Consultation
from apps.consultations.queries import consultation_by_slug
from apps.exchange.actions import request_case_file, require_current
from apps.exchange.errors import UnfitSince
from apps.exchange.forms import CaseFileForm
from apps.exchange.queries import case_files_of, name_of_case_file, path_of_case_file, ready_case_file

SWEEP = "exchange.build_case_files"
UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@confirmed_again_to_send
def case_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what a case file holds, show those that were made, and have another one put together."""
    official, consultation = _the_case(request, slug)
    form = CaseFileForm(request.POST or None) if request.method == "POST" else CaseFileForm()
    if request.method != "POST" or not form.is_valid():
        return _page(request, consultation, form, status=UNFIT if form.is_bound else 200)
    try:
        request_case_file(consultation=consultation, since=form.cleaned_data["since"], by=official, at=now())
    except DomainError as refused:
        form.add_error("since" if isinstance(refused, UnfitSince) else None, str(refused))
        return _page(request, consultation, form, status=refused.status)
    nudge(signature(SWEEP))
    messages.success(request, _("The case file is being put together. It stands on this page when it is ready."))
    return redirect("exchange:case-file", slug=slug)


@require_safe
@signed_in
@confirmed_again
def case_file_download(request: HttpRequest, slug: str, case_file_id: int) -> HttpResponseBase:
    """Hand over a case file to the team of its consultation."""
    official, consultation = _the_case(request, slug)
    found = ready_case_file(official, consultation, case_file_id, at=now())
    if found is None or not path_of_case_file(found).is_file():
        raise Http404
    try:
        require_current(case_file=found)
    except DomainError as refused:
        messages.error(request, str(refused))
        return redirect("exchange:case-file", slug=slug)
    name = name_of_case_file(consultation, found.since)
    content = path_of_case_file(found).open("rb")
    response = FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "no-store"
    return response


def _the_case(request: HttpRequest, slug: str) -> tuple[User, Consultation]:
    """Return who works here and on what; NotAllowed comes before 404, so that nobody can feel for drafts."""
    require("consultations.draft_consultation", request.user)
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    found = consultation_by_slug(request.user, slug)
    if found is None:
        raise Http404
    require("exchange.export_case", request.user, found)
    return request.user, found


def _page(request: HttpRequest, consultation: Consultation, form: Any, *, status: int) -> HttpResponse:
    context = {
        "consultation": consultation,
        "form": form,
        "files": case_files_of(consultation),
        "can_make": can_make_pdf(),
    }
    return render(request, "exchange/case_file.html", context, status=status)
