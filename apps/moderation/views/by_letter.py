"""Appeals that came by letter: typed in from the page of what was typed in, and answered by letter."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.calendar import local
from apps.common.clock import now
from apps.common.downloads import handed_out
from apps.common.errors import DomainError
from apps.common.forms import NUMBER_MASKED
from apps.common.pdf import can_make_pdf
from apps.common.permissions import require, why_not
from apps.consultations.queries import consultation_by_slug
from apps.discussions.actions import take_out_senders
from apps.discussions.models import OutsideVoice
from apps.discussions.queries import voice_at
from apps.moderation.actions import PaperAppeal, enter_appeal, post_outcome
from apps.moderation.forms import AppealLetterForm
from apps.moderation.models import Appeal, AppealLetter
from apps.moderation.queries import appeal_by_id, appeals_by_letter, decisions_to_appeal, outcome_to_post
from apps.moderation.rendering.posting import NO_PDF, outcome_as_pdf
from apps.moderation.rendering.texts import is_gone
from apps.moderation.views.desk import come_in_for
from apps.municipality.queries import the_municipality

UNFIT = 422


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def appeal_enter(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Type in what the sender of a letter says against a decision; it waits for another moderator than before.

    What was typed in before stands above, with what came of it.
    """
    at = now()
    official, voice = _typed_in(request, slug, number)
    decisions = decisions_to_appeal(voice.contribution)
    refusals = {row.pk: why_not("moderation.enter_appeal", official, row) for row in decisions}
    open_to = [row for row in decisions if refusals[row.pk] is None]
    if request.method == "POST":
        form = AppealLetterForm(request.POST, request.FILES, decisions=open_to)
        if form.is_valid() and _entered(request, form, official):
            return redirect("discussions:voice", slug=slug, number=number)
    else:
        first = next((row.pk for row in open_to if not hasattr(row, "appeal")), None)
        form = AppealLetterForm(initial={"came_on": local(at).date(), "decision": first}, decisions=open_to)
    refused = _("No decision against this text stands, so there is nothing to appeal against.")
    context = {
        "now": at,
        "consultation": voice.contribution.consultation,
        "contribution": voice.contribution,
        "voice": voice,
        "appeals": appeals_by_letter(voice.contribution),
        "form": form,
        "refused": "" if open_to else next((told for told in refusals.values() if told), refused),
        "kept_text": "" if open_to else request.POST.get("text", ""),
    }
    return render(request, "moderation/appeal_enter.html", context, status=UNFIT if form.is_bound else 200)


@require_safe
@login_required
def appeal_scan(request: HttpRequest, appeal_id: int) -> HttpResponseBase:
    """Hand out the scan of an appeal, always as a download, to whoever works on it."""
    require("moderation.work_cases", request.user)
    appeal = appeal_by_id(appeal_id)
    letter: AppealLetter | None = getattr(appeal, "letter", None)
    if appeal is None or letter is None:
        raise Http404
    come_in_for(request, appeal.contribution, at=now())
    if not letter.scan or is_gone(appeal.contribution):
        raise Http404
    name = f"{appeal.contribution.consultation.slug}-{appeal.contribution.number}-appeal"
    response = handed_out(letter.scan, kind=letter.kind, name=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
@signed_in
def outcome_print(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """Return what came of an appeal as a letter to its author; the ledger tells that an address was taken out."""
    by, appeal = _answer(request, appeal_id)
    text, senders = appeal.contribution, []
    if can_make_pdf():
        senders = take_out_senders(consultation=text.consultation, voices=[_voice(appeal)], by=by, at=now())
    if not senders:
        gone = _("The name and the address of the sender are erased, so there is nobody to write to.")
        messages.error(request, gone if can_make_pdf() else str(NO_PDF))
        return redirect("moderation:statement-post-list")
    letter = outcome_as_pdf(appeal, senders[0], municipality=the_municipality())
    response = HttpResponse(letter, content_type="application/pdf")
    name = f"{text.consultation.slug}-{text.number}-appeal.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@signed_in
def outcome_post(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """Say that the letter with what came of an appeal is in the post."""
    by, appeal = _answer(request, appeal_id)
    post_outcome(appeal=appeal, by=by, at=now())
    told = _("The letter about the appeal on no. %(number)s is in the post.")
    messages.success(request, told % {"number": appeal.contribution.number})
    return redirect("moderation:statement-post-list")


def _entered(request: HttpRequest, form: AppealLetterForm, by: User) -> bool:
    """Type it in, and tell what comes next; what is in the way stands in the form."""
    try:
        made = enter_appeal(appeal=PaperAppeal(**form.said()), by=by, at=now())
    except DomainError as in_the_way:
        form.add_error(None, str(in_the_way))
        return False
    told = _("The appeal about no. %(number)s will be decided by a different person. The answer goes by post.")
    messages.success(request, told % {"number": made.contribution.number})
    if form.is_masked:
        messages.warning(request, NUMBER_MASKED)
    return True


def _typed_in(request: HttpRequest, slug: str, number: int) -> tuple[User, OutsideVoice]:
    """Return who works here and the letter; NotAllowed comes before 404, so that nobody can feel for drafts."""
    require("consultations.draft_consultation", request.user)
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    consultation = consultation_by_slug(request.user, slug)
    if consultation is None:
        raise Http404
    require("discussions.enter_voice", request.user, consultation)
    found = voice_at(consultation, number)
    if found is None:
        raise Http404
    return request.user, found


def _answer(request: HttpRequest, appeal_id: int) -> tuple[User, Appeal]:
    require("moderation.post_statements", request.user)
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    found = outcome_to_post(appeal_id)
    if found is None:
        raise Http404
    return request.user, found


def _voice(appeal: Appeal) -> Any:
    return appeal.contribution.outside
