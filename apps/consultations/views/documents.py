"""Papers of the case: at the desk added, replaced and held back; on the site listed and handed out."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.downloads import handed_out
from apps.common.errors import DomainError
from apps.common.permissions import may
from apps.common.slugs import danish_slug
from apps.consultations import actions, queries
from apps.consultations.forms import DocumentReplaceForm, HoldForm, NewDocumentForm
from apps.consultations.models import Consultation, Document, DocumentVersion
from apps.consultations.views.loading import the_consultation

UNFIT = 422


@signed_in
def document_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a file at the end of the documents."""
    at = now()
    official, consultation = the_consultation(request, slug)
    form = NewDocumentForm(request.POST, request.FILES) if request.method == "POST" else NewDocumentForm()
    if form.is_bound and form.is_valid():
        key = form.cleaned_data.pop("key")
        paper = actions.Paper(**form.cleaned_data)
        try:
            actions.add_document(consultation=consultation, paper=paper, key=key, by=official, at=at)
        except DomainError as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("The document is added."))
            return redirect("consultations:consultation-edit", slug=slug)
    context = {"consultation": consultation, "form": form}
    return render(request, "consultations/document_add.html", context, status=UNFIT if form.is_bound else 200)


@signed_in
def document_replace(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """Put a file in the place of the current one. The page lists the earlier ones, and holds files back."""
    at = now()
    official, consultation = the_consultation(request, slug)
    document = _document(consultation, position)
    form = DocumentReplaceForm(request.POST, request.FILES) if request.method == "POST" else _as_it_is(document)
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        what_changed = asked.pop("what_changed")
        try:
            actions.replace_document(
                document=document, paper=actions.Paper(**asked), what_changed=what_changed, by=official, at=at
            )
        except DomainError as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("The document is replaced. The earlier version can still be read."))
            return redirect("consultations:consultation-edit", slug=slug)
    return _replace_page(request, document, form, status=UNFIT if form.is_bound else 200)


def _document(consultation: Consultation, position: int) -> Document:
    found = queries.document_at(consultation, position)
    if found is None:
        raise Http404
    return found


def _as_it_is(document: Document) -> DocumentReplaceForm:
    current = document.current
    return DocumentReplaceForm(initial={"title": current.title, "description": current.description})


def _replace_page(request: HttpRequest, document: Document, form: DocumentReplaceForm, **more: Any) -> HttpResponse:
    status = more.pop("status")
    context = {"consultation": document.consultation, "document": document, "form": form, **more}
    return render(request, "consultations/document_replace.html", context, status=status)


@require_POST
@signed_in
def document_hold(request: HttpRequest, slug: str, position: int, version: int) -> HttpResponse:
    """Hold one file back with a sentence for everyone, or show it again."""
    at = now()
    official, consultation = the_consultation(request, slug)
    document = _document(consultation, position)
    found = next((one for one in document.newest_first if one.version == version), None)
    if found is None:
        raise Http404
    if "release" in request.POST:
        actions.release_document(version=found, by=official, at=at)
        messages.success(request, _("The file can be read again."))
        return redirect("consultations:document-replace", slug=slug, position=position)
    hold = HoldForm(request.POST, auto_id=f"{version}_%s")
    if not hold.is_valid():
        return _replace_page(request, document, _as_it_is(document), hold=hold, held_version=version, status=UNFIT)
    actions.hold_document(version=found, by=official, at=at, **hold.cleaned_data)
    messages.success(request, _("The file is held back. Everyone can read why."))
    return redirect("consultations:document-replace", slug=slug, position=position)


@require_safe
def document_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the papers of a case with all their versions, sizes and checksums, and pictures as such."""
    found = queries.consultation_by_slug(request.user, slug)
    if found is None:
        raise Http404
    documents = queries.documents_of(found)
    queries.with_english(found, documents)
    context = {
        "consultation": found,
        "documents": documents,
        "may_edit": may("consultations.edit_consultation", request.user, found),
    }
    return render(request, "consultations/document_list.html", context)


@require_safe
def document(request: HttpRequest, slug: str, position: int) -> HttpResponseBase:
    """Hand out the current version of a document, always as a download."""
    return _handed_out(queries.readable_file(request.user, slug, position))


@require_safe
def document_version(request: HttpRequest, slug: str, position: int, version: int) -> HttpResponseBase:
    """Hand out one version of a document, always as a download."""
    return _handed_out(queries.readable_file(request.user, slug, position, version))


@require_safe
def document_image(request: HttpRequest, slug: str, position: int, version: int) -> HttpResponseBase:
    """Show a picture of the case inside a page; of any other file there is no such address."""
    found = queries.readable_file(request.user, slug, position, version)
    return _handed_out(found if found and found.is_image else None, as_attachment=False)


def _handed_out(version: DocumentVersion | None, *, as_attachment: bool = True) -> FileResponse:
    """Return the file under a name made from its title; 404 for what may not be seen and for what is gone alike."""
    if version is None:
        raise Http404
    return handed_out(version.file, kind=version.kind, name=danish_slug(version.title), as_attachment=as_attachment)
