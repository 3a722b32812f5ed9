"""Taking a published white paper away: as PDF, as a table, as data for programs."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.models import User
from apps.common.access import signed_in_or_back_to
from apps.common.clock import now
from apps.common.downloads import handed_out
from apps.common.pagination import whole_number
from apps.common.permissions import may, require
from apps.common.uploads import FileKind
from apps.consultations.queries import consultation_by_slug
from apps.publications.actions.paper_files import retry_pdf
from apps.publications.models import PaperVersion
from apps.publications.queries import paper_version, published_paper, supplement_due
from apps.publications.queries.paper_files import file_of_version, pdf_of_version
from apps.publications.rendering.paper_data import paper_as_csv, paper_as_json

UNDER_WAY, FAILED = 202, 404


@require_safe
def white_paper_pdf(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Hand out the PDF of the newest version; while it is being made, say so with the white paper beside it.

    A file that says something else than what everyone can read now is never handed out.
    """
    version = _version(request, slug)
    pdf = pdf_of_version(version)
    if pdf is None:
        raise Http404
    if pdf.file is None:
        context = {"consultation": version.paper.consultation, "version": version, "pdf": pdf}
        waits = render(
            request, "publications/white_paper_pdf.html", context, status=FAILED if pdf.is_failed else UNDER_WAY
        )
        waits["Retry-After"] = "30"
        return waits
    name = f"hvidbog-{slug}-version-{version.version}"
    response = handed_out(pdf.file.file, kind=FileKind.PDF, name=name, as_attachment=False)
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def white_paper_pdf_state(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how far the PDF has come: the part of the page that a script asks for again and again."""
    version = _version(request, slug)
    consultation = version.paper.consultation
    is_team = may("publications.answer_objections", request.user, consultation)
    context = {"consultation": consultation, "version": version, "pdf": pdf_of_version(version), "is_team": is_team}
    return render(request, "publications/_pdf.html", context)


@require_POST
@signed_in_or_back_to("publications:white-paper")
def white_paper_pdf_retry(request: HttpRequest, slug: str) -> HttpResponse:
    """Have a PDF made again that could not be made."""
    assert isinstance(request.user, User)  # noqa: S101 - signed in
    version = _version(request, slug)
    require("publications.answer_objections", request.user, version.paper.consultation)
    file = file_of_version(version)
    if file is None:
        raise Http404
    retry_pdf(file=file, by=request.user, at=now())
    messages.success(request, _("The PDF is being made again. This page shows when it is there."))
    return redirect("publications:white-paper", slug=slug)


@require_safe
def white_paper_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with a version as a table: the newest one, or the one that is asked for."""
    version = _asked(request, slug)
    response = HttpResponse(paper_as_csv(version), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_name(version)}.csv"'
    return response


@require_safe
def white_paper_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with a version as JSON, from which its checksum and its coverage can be computed anew."""
    version = _asked(request, slug)
    is_newest = version.version == version.paper.version
    told = paper_as_json(version, due=supplement_due(version.paper) if is_newest else ())
    response = HttpResponse(told, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{_name(version)}.json"'
    return response


def _name(version: PaperVersion) -> str:
    return f"hvidbog-{version.paper.consultation.slug}-version-{version.version}"


def _version(request: HttpRequest, slug: str) -> PaperVersion:
    return _found(request, slug, None)


def _asked(request: HttpRequest, slug: str) -> PaperVersion:
    return _found(request, slug, request.GET.get("version"))


def _found(request: HttpRequest, slug: str, asked: str | None) -> PaperVersion:
    consultation = consultation_by_slug(request.user, slug)
    if consultation is None:
        raise Http404
    version = published_paper(consultation) if asked is None else paper_version(consultation, whole_number(asked) or 0)
    if version is None:
        raise Http404
    return version
