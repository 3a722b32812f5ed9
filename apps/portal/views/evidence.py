"""The evidence about a contribution, for counsel: a page that says what it is, and the package itself."""

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.archive import add_to_archive, archive_of, checksums
from apps.common.clock import now
from apps.common.confirming import confirmed_again_to_send
from apps.common.pdf import can_make_pdf, pdf_of
from apps.common.permissions import require
from apps.moderation.queries import queue_item
from apps.municipality.queries import the_municipality
from apps.portal.actions import open_evidence
from apps.portal.queries.evidence import files_in_evidence, is_held

STYLES = "css/evidence.css"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@confirmed_again_to_send
def evidence(request: HttpRequest, contribution_id: int) -> HttpResponseBase:
    """Say what the package holds and that opening it is recorded; when asked for, put it together and hand it over."""
    contribution = queue_item(contribution_id)
    if contribution is None:
        raise Http404
    require("portal.open_evidence", request.user, contribution, is_held=is_held(contribution))
    assert isinstance(request.user, User)  # noqa: S101 - only they pass the rule
    if request.method != "POST":
        context = {"contribution": contribution, "with_pdf": can_make_pdf()}
        return render(request, "portal/evidence.html", context)
    at = now()
    data, file = open_evidence(contribution=contribution, by=request.user, at=at)
    package = NamedTemporaryFile(suffix=".zip")  # noqa: SIM115 - the response closes it, and closed it is gone
    package.write(archive_of(_files(data, file), at=at))
    package.flush()
    add_to_archive(Path(package.name), files_in_evidence(contribution), at=at)
    package.seek(0)
    name = f"evidence-{contribution.consultation.slug}-{contribution.number}.zip"
    response = FileResponse(package, as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "no-store"
    return response


def _files(data: dict[str, Any], file: str) -> dict[str, str | bytes]:
    """Return the files of the package by their names, the checksums last."""
    files: dict[str, str | bytes] = {"evidence.json": file}
    page = render_to_string("portal/export/evidence.html", {"data": data, "municipality": the_municipality()})
    if can_make_pdf():
        files["evidence.pdf"] = pdf_of(page, stylesheet=STYLES)
    else:
        files["evidence.html"] = page
    on_paper = [data["came"], *(row["came"] for row in data["appeals"])]
    scans = [came["scan"] for came in on_paper if came and came["scan"]]
    uploaded = "".join(f"{row['sha256']}  {row['file']}\n" for row in [*data["files"], *scans])
    return files | {"SHA256SUMS": checksums(files) + uploaded}
