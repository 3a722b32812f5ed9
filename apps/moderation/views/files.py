"""One file beside a text: opened by whoever works on the text, held back with a reason, or shown again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.downloads import handed_out
from apps.common.errors import DomainError
from apps.common.permissions import require
from apps.common.richtext import one_line
from apps.common.slugs import danish_slug
from apps.discussions.models import Attachment
from apps.discussions.queries import attachment_by_id, voice_of
from apps.moderation.actions import hold_back_file, show_file
from apps.moderation.forms import FileHoldForm
from apps.moderation.rendering.texts import is_gone
from apps.moderation.views.desk import Desk, come_in_for, item_at
from apps.municipality.queries import selectable_reasons

UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def file_hold(request: HttpRequest, file_id: int) -> HttpResponse:
    """Show a file with the form that holds it back, or with the button that shows it again."""
    desk, attachment = _come_in(request, file_id)
    require("moderation.decide_contribution", desk.viewer, attachment.contribution)
    form = FileHoldForm(request.POST if request.method == "POST" else None, reasons=selectable_reasons())
    if request.method == "POST":
        try:
            if "release" in request.POST:
                show_file(attachment=attachment, by=desk.viewer, at=desk.at)
                messages.success(request, _("The file can be opened again by whoever reads the text."))
                return _back(attachment)
            if form.is_valid():
                is_new = hold_back_file(attachment=attachment, by=desk.viewer, at=desk.at, **form.cleaned_data)
                if is_new or _is_held_so(attachment, form):
                    messages.success(request, _("The file is held back. Everyone can read why; the text stands."))
                    return _back(attachment)
                form.add_error(None, _held_already(attachment))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    context = {
        "now": desk.at,
        "contribution": attachment.contribution,
        "attachment": attachment,
        "form": form,
    }
    return render(request, "moderation/file_hold.html", context, status=UNFIT if form.is_bound else 200)


def _is_held_so(attachment: Attachment, form: FileHoldForm) -> bool:
    """Tell whether it is held back with just this reason and sentence, as after a second click."""
    asked = form.cleaned_data
    return (attachment.held_reason, attachment.held_sentence) == (asked["reason"], one_line(asked["sentence"]))


def _held_already(attachment: Attachment) -> str:
    reason = attachment.held_reason.title if attachment.held_reason else ""
    return _(
        "The file was held back already, and stands with that reason: %(reason)s. %(sentence)s "
        "If yours is to stand instead, show the file again first. What you wrote is still below."
    ) % {"reason": reason, "sentence": attachment.held_sentence}


@require_safe
@login_required
def file_open(request: HttpRequest, file_id: int) -> FileResponse:
    """Hand out a file, held back or not, to whoever works on the text beside which it stands."""
    return _handed_out(request, file_id, as_attachment=True)


@require_safe
@login_required
def file_image(request: HttpRequest, file_id: int) -> FileResponse:
    """Show such a file inside a page, where it is a picture; of any other there is no such address."""
    return _handed_out(request, file_id, as_attachment=False)


@require_safe
@login_required
def scan_open(request: HttpRequest, contribution_id: int) -> FileResponse:
    """Hand out the scan of the paper on which a text came, always as a download, to whoever works on the text."""
    require("moderation.work_cases", request.user)
    contribution = item_at(contribution_id)
    come_in_for(request, contribution, at=now())
    voice = voice_of(contribution)
    if voice is None or not voice.scan or is_gone(contribution):
        raise Http404
    response = handed_out(voice.scan, kind=voice.kind, name=f"{contribution.consultation.slug}-{contribution.number}")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _handed_out(request: HttpRequest, file_id: int, *, as_attachment: bool) -> FileResponse:
    _desk, found = _come_in(request, file_id)
    if not as_attachment and not found.is_image:
        raise Http404
    return handed_out(found.file, kind=found.kind, name=danish_slug(found.name), as_attachment=as_attachment)


def _come_in(request: HttpRequest, file_id: int) -> tuple[Desk, Attachment]:
    """Return the desk and the file for moderators, and for the deputy where its text is the deputy's to decide on."""
    require("moderation.work_cases", request.user)
    attachment = attachment_by_id(file_id)
    if attachment is None or attachment.is_removed or is_gone(attachment.contribution):
        raise Http404
    return come_in_for(request, attachment.contribution, at=now()), attachment


def _back(attachment: Attachment) -> HttpResponse:
    return redirect("moderation:item", attachment.contribution_id)
