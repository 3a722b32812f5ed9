"""What is stored about a person, shown to that person, and a copy of it."""

from celery import signature
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.models import User
from apps.common.access import signed_in, signed_in_or_back_to
from apps.common.clock import now
from apps.common.confirming import confirmed_again
from apps.common.errors import DomainError
from apps.common.nudge import nudge
from apps.portal.actions import request_export
from apps.portal.queries import exports_of, path_of, ready_export, stored_about

SWEEP = "portal.build_exports"
FILE_NAME = "my-data.zip"


@require_safe
@signed_in
def my_data(request: HttpRequest) -> HttpResponse:
    """Show what is stored about the person, in plain words with the values."""
    assert isinstance(request.user, User)  # noqa: S101 - signed in
    return _page(request, request.user)


@require_POST
@signed_in_or_back_to("portal:my-data")
@confirmed_again
def export_request(request: HttpRequest) -> HttpResponse:
    """Have a copy put together, and tell how it comes."""
    assert isinstance(request.user, User)  # noqa: S101 - signed in
    try:
        request_export(person=request.user, at=now())
    except DomainError as problem:
        messages.error(request, str(problem))
        return redirect("portal:my-data")
    nudge(signature(SWEEP))
    messages.success(request, _("Your copy is being put together. You get a mail when it is ready."))
    return redirect("portal:my-data")


@require_safe
@signed_in
@confirmed_again
def export_download(request: HttpRequest, export_id: int) -> HttpResponseBase:
    """Hand over a copy to whoever asked for it, and to nobody else."""
    export = ready_export(request.user, export_id, at=now())
    if export is None or not path_of(export).is_file():
        raise Http404
    response = FileResponse(
        path_of(export).open("rb"), as_attachment=True, filename=FILE_NAME, content_type="application/zip"
    )
    response["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, person: User, *, status: int = 200) -> HttpResponse:
    at = now()
    context = {"stored": stored_about(person, at=at), "exports": exports_of(person)}
    return render(request, "portal/my_data.html", context, status=status)
