"""Names and addresses of senders as officials take them out: a letter back, labels, a table. All come by POST."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.discussions.actions import forget_sender, hide_sender_name, post_receipt, take_out_senders
from apps.discussions.queries import senders_of
from apps.discussions.rendering.post import labels_as_pdf, receipt_as_pdf, senders_as_table, why_no_letters
from apps.discussions.views.outside import the_desk, the_voice
from apps.municipality.queries import the_municipality

PDF, TABLE = "pdf", "csv"
FORMS = {PDF: (labels_as_pdf, "application/pdf"), TABLE: (senders_as_table, "text/csv; charset=utf-8")}


@require_POST
@signed_in
def sender_download(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Return the names and addresses of all senders of a hearing, as labels or as a table; the ledger tells of it."""
    at = now()
    official, consultation = the_desk(request, slug)
    refused = why_no_letters() if form == PDF else None
    voices = senders_of(consultation)
    if refused is None and not voices:
        refused = _("Nobody is on the list: nothing was typed in, or the senders are erased.")
    if refused is not None:
        messages.error(request, str(refused))
        return redirect("discussions:voice-list", slug=slug)
    senders = take_out_senders(consultation=consultation, voices=voices, by=official, at=at)
    make, kind = FORMS[form]
    return _as_file(make(senders), kind, f"{slug}-senders.{form}")


@require_POST
@signed_in
def receipt_print(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Return the receipt as a letter to the sender."""
    at = now()
    official, found = the_voice(request, slug, number)
    refused = why_no_letters()
    if refused is None and not hasattr(found, "sender"):
        refused = _("The name and the address of the sender are erased, so there is nobody to write to.")
    if refused is not None:
        messages.error(request, str(refused))
        return redirect("discussions:voice", slug=slug, number=number)
    consultation = found.contribution.consultation
    (sender,) = take_out_senders(consultation=consultation, voices=[found], by=official, at=at)
    sender.voice = found
    return _as_file(receipt_as_pdf(sender, municipality=the_municipality()), "application/pdf", f"{slug}-{number}.pdf")


@require_POST
@signed_in
def receipt_post(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say that the receipt is in the post."""
    at = now()
    official, found = the_voice(request, slug, number)
    post_receipt(voice=found, by=official, at=at)
    messages.success(request, _("The receipt is in the post."))
    return redirect("discussions:voice", slug=slug, number=number)


@require_POST
@signed_in
def sender_forget(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Erase the name and the address of a sender before their time."""
    at = now()
    official, found = the_voice(request, slug, number)
    try:
        forget_sender(voice=found, by=official, at=at)
    except DomainError as in_the_way:
        messages.error(request, str(in_the_way))
    else:
        messages.success(request, _("The name and the address are erased. The text stays, with the name beside it."))
    return redirect("discussions:voice", slug=slug, number=number)


@require_POST
@signed_in
def sender_name_hide(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take the name of a sender, which is protected, from beside the text."""
    at = now()
    official, found = the_voice(request, slug, number)
    if hide_sender_name(voice=found, by=official, at=at):
        messages.success(request, _("The name is taken away. The text stands there as that of a citizen."))
    return redirect("discussions:voice", slug=slug, number=number)


def _as_file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
