"""Adding documents, and handing them out."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.slugs import danish_slug
from apps.consultations import actions
from apps.consultations.forms import DocumentForm
from apps.consultations.queries import visible_document
from apps.consultations.views.loading import the_consultation

UNFIT = 422
# A paper is for reading on one's own machine: even a browser that shows it here lets it do nothing.
SANDBOX = "sandbox; default-src 'none'"


@signed_in
def document_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a PDF at the end of the documents."""
    at = now()
    official, consultation = the_consultation(request, slug)
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if form.is_bound and form.is_valid():
        actions.add_document(consultation=consultation, by=official, at=at, **form.cleaned_data)
        messages.success(request, _("The document is added."))
        return redirect("consultations:consultation-edit", slug=slug)
    context = {"consultation": consultation, "form": form}
    return render(request, "consultations/document_add.html", context, status=UNFIT if form.is_bound else 200)


@require_safe
def document(request: HttpRequest, slug: str, position: int) -> HttpResponseBase:
    """Hand out a document to those who see its consultation, always as a download."""
    found = visible_document(request.user, slug, position)
    if found is None:
        raise Http404
    try:
        content = found.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    name = f"{danish_slug(found.title) or 'document'}.pdf"
    response = FileResponse(content, as_attachment=True, filename=name, content_type="application/pdf")
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
