"""Answering for the municipality at once, or beginning an answer for going on later; correcting one."""

from typing import Any, cast
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError, NotAllowed
from apps.common.pagination import whole_number
from apps.common.permissions import Sentence, may, require, why_not
from apps.discussions.errors import UnfitText
from apps.discussions.models import Contribution
from apps.discussions.queries import answered_by, correction_of, published_under_root_of, text_at
from apps.publications.actions import answer_at_once, begin_answer, begin_answer_correction
from apps.publications.forms import AnswerForm, DraftForm, with_block
from apps.publications.queries import assignment_of, drafts_answering, offered_text_blocks, text_block_at
from apps.publications.rendering import shown_answer, shown_contributions
from apps.publications.rules import why_reader_needed

KEEPS = {"draft": "publications:answer-draft", "several": "publications:answer-pick"}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer_publish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show what is answered beside the form; publish the answer at once, or keep it for going on later.

    Where the text cannot be answered any more, or is not there for the viewer, the page of the refusal keeps the
    answer as it was typed.
    """
    require("publications.write_answer", request.user)
    contribution, refused = _asked(request, slug, number)
    if refused is not None and request.method == "POST":
        return _kept(request, number, refused, status=NotAllowed.status if contribution else 404)
    if contribution is None:
        raise Http404
    if request.method != "POST":
        if refused is not None:
            raise NotAllowed(refused)
        return _page(request, contribution, AnswerForm(initial={"submission_key": uuid4()}))
    action = request.POST.get("action", "")
    if action == "use":
        return _with_block(request, contribution)
    form = AnswerForm(request.POST, is_draft=action in KEEPS)
    if not form.is_valid():
        return _page(request, contribution, form, status=422)
    if action == "preview":
        return _page(request, contribution, form, preview=shown_answer(form.cleaned_data["body"]))
    return _begin(request, contribution, form, action) if action in KEEPS else _publish(request, contribution, form)


def _with_block(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """Show the form again with what was typed, and the chosen text block behind it."""
    block = text_block_at(whole_number(request.POST.get("block")) or 0)
    if block is None or not block.is_offered:
        messages.warning(request, _("Choose a text block first. What you typed is still here."))
        return _page(request, contribution, AnswerForm(initial=request.POST.dict()))
    return _page(request, contribution, with_block(request.POST, block))


def _asked(request: HttpRequest, slug: str, number: int) -> tuple[Contribution | None, Sentence | None]:
    """Return the contribution, and why it cannot be answered, or None; one that waits is there for who may read it."""
    contribution = text_at(slug, number)
    if contribution is None:
        return None, None
    refused = why_not("discussions.answer_contribution", request.user, contribution)
    is_there = not contribution.is_waiting or may("discussions.read_contribution", request.user, contribution)
    return (contribution if is_there else None), refused


def _kept(request: HttpRequest, number: int, refused: Sentence, *, status: int) -> HttpResponse:
    """Say why there is nothing to answer, as when it was taken back meanwhile, with the answer as it was typed."""
    context = {"number": number, "refusal": refused, "kept_text": request.POST.get("body", "")}
    return render(request, "publications/answer_refused.html", context, status=status)


def _publish(request: HttpRequest, contribution: Contribution, form: AnswerForm) -> HttpResponse:
    try:
        answer = answer_at_once(to=contribution, by=cast("User", request.user), at=now(), **form.cleaned_data)
    except DomainError as refusal:
        form.add_error("body" if isinstance(refusal, UnfitText) else None, str(refusal))
        return _page(request, contribution, form, status=422)
    messages.success(request, _("Your answer is published as no. %(number)s.") % {"number": answer.number})
    return redirect("portal:contribution", slug=contribution.consultation.slug, number=answer.number)


def _begin(request: HttpRequest, contribution: Contribution, form: AnswerForm, action: str) -> HttpResponse:
    """Keep what was typed as a draft, and go on where it was wanted."""
    try:
        draft = begin_answer(to=contribution, by=cast("User", request.user), at=now(), **form.cleaned_data)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, contribution, form, status=422)
    return redirect(KEEPS[action], draft_id=draft.pk)


def _page(
    request: HttpRequest, contribution: Contribution, form: DraftForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "contribution": contribution,
        "asked": shown_contributions([contribution])[0],
        "consultation": contribution.consultation,
        "thread": shown_contributions(published_under_root_of(contribution)),
        "form": form,
        "blocks": offered_text_blocks(),
        "needs_reader": why_reader_needed(),
        "drafts": drafts_answering(contribution),
        "assignment": assignment_of(contribution),
        **more,
    }
    return render(request, "publications/answer_publish.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer_correct(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show an answer and what a correction of it will mean; begin one in the answer's words."""
    answer = text_at(slug, number)
    if answer is None or not answer.is_answer:
        raise Http404
    require("discussions.correct_answer", request.user, answer)
    before = correction_of(answer)
    if request.method == "POST":
        draft = begin_answer_correction(answer=answer, by=cast("User", request.user), at=now())
        return redirect("publications:answer-draft", draft_id=draft.pk)
    context = {
        "answer": answer,
        "shown": shown_contributions([answer])[0],
        "consultation": answer.consultation,
        "numbers": [row.number for row in answered_by(answer)],
        "before": before,
    }
    return render(request, "publications/answer_correct.html", context)
