"""One file beside a text: a moderator looks at it, holds it back with a reason, or shows it again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import require
from apps.discussions.models import Attachment
from apps.discussions.queries import attachment_by_id, readable_attachments
from apps.moderation.actions import hold_back_file, show_file
from apps.moderation.forms import FileHoldForm
from apps.moderation.views.desk import come_in
from apps.municipality.queries import selectable_reasons

UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def file_hold(request: HttpRequest, file_id: int) -> HttpResponse:
    """Show a file with the form that holds it back, or with the button that shows it again."""
    desk = come_in(request, at=now())
    attachment = attachment_by_id(file_id)
    if attachment is None or not readable_attachments(desk.viewer).filter(pk=file_id).exists():
        raise Http404
    require("moderation.decide_contribution", desk.viewer, attachment.contribution)
    form = FileHoldForm(request.POST if request.method == "POST" else None, reasons=selectable_reasons())
    if request.method == "POST":
        try:
            if "release" in request.POST:
                show_file(attachment=attachment, by=desk.viewer, at=desk.at)
                messages.success(request, _("The file can be opened again by whoever reads the text."))
                return _back(attachment)
            if form.is_valid():
                hold_back_file(attachment=attachment, by=desk.viewer, at=desk.at, **form.cleaned_data)
                messages.success(request, _("The file is held back. Everyone can read why; the text stands."))
                return _back(attachment)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    context = {
        "now": desk.at,
        "contribution": attachment.contribution,
        "attachment": attachment,
        "form": form,
    }
    return render(request, "moderation/file_hold.html", context, status=UNFIT if form.is_bound else 200)


def _back(attachment: Attachment) -> HttpResponse:
    return redirect("moderation:item", attachment.contribution_id)
