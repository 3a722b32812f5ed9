"""An answer while it is written: saved, given to more contributions, read by a second official, published."""

from typing import Any, cast

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
from apps.common.permissions import may, require, why_not
from apps.publications.actions import (
    discard_answer,
    leave_out_of_answer,
    publish_draft,
    save_answer,
    send_back_answer,
    send_to_reader,
    take_back_answer,
)
from apps.publications.errors import DraftChangedMeanwhile, DraftGone
from apps.publications.forms import CommentForm, DraftForm, ReaderForm, with_block
from apps.publications.models import AnswerDraft
from apps.publications.queries import (
    answer_draft_at,
    answered_in_draft,
    offered_text_blocks,
    text_block_at,
    who_may_answer_in,
)
from apps.publications.rendering import shown_answer, shown_in_draft
from apps.publications.rules import why_reader_needed

UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Show an answer with what it answers, for going on with it, or for reading it as the second official."""
    require("publications.write_answer", request.user)
    draft = answer_draft_at(draft_id)
    if draft is None and request.method == "POST":
        return _kept(request, DraftGone())
    if draft is None:
        raise Http404
    require("publications.see_answer_draft", request.user, draft)
    if draft.answer is not None and request.method != "POST":
        return redirect("portal:contribution", slug=draft.answer.consultation.slug, number=draft.answer.number)
    if request.method != "POST":
        return _page(request, draft, _form_of(draft))
    action = request.POST.get("action", "save")
    try:
        return _as_it_stands(request, draft, action) if action in STANDING else _written(request, draft, action)
    except (NotAllowed, DraftGone) as refusal:
        return _kept(request, refusal)


def _form_of(draft: AnswerDraft) -> DraftForm:
    return DraftForm(initial={"body": draft.body, "source": draft.source, "revision": draft.revision})


def _kept(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """Say why nothing was changed, with what was typed."""
    typed = request.POST.get("body", "") or request.POST.get("comment", "")
    context = {"refusal": str(refusal), "kept_text": typed}
    return render(request, "publications/answer_refused.html", context, status=refusal.status)


# What is done to the draft as it stands, without its form.


def _take_back(request: HttpRequest, draft: AnswerDraft) -> HttpResponse:
    take_back_answer(draft=draft, by=cast("User", request.user), at=now())
    messages.success(request, _("The answer is with you again. Nobody reads it meanwhile."))
    return redirect("publications:answer-draft", draft_id=draft.pk)


def _discard(request: HttpRequest, draft: AnswerDraft) -> HttpResponse:
    discard_answer(draft=draft, by=cast("User", request.user), at=now())
    messages.success(request, _("The draft is thrown away. Nothing of it was published."))
    return redirect("publications:answer-list")


def _send_back(request: HttpRequest, draft: AnswerDraft) -> HttpResponse:
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, draft, _form_of(draft), comment=form, status=UNFIT)
    send_back_answer(draft=draft, comment=form.cleaned_data["comment"], by=cast("User", request.user), at=now())
    messages.success(request, _("The answer is sent back with what you wrote."))
    return redirect("publications:answer-list")


def _publish_read(request: HttpRequest, draft: AnswerDraft) -> HttpResponse:
    try:
        return _publish(request, draft, whole_number(request.POST.get("revision")) or 0)
    except DraftChangedMeanwhile as meanwhile:
        return _page(request, draft, _form_of(draft), status=meanwhile.status, meanwhile=meanwhile)
    except (NotAllowed, DraftGone):
        raise
    except DomainError as refusal:
        return _page(request, draft, _form_of(draft), status=refusal.status, refusal=refusal)


STANDING = {
    "take_back": _take_back,
    "discard": _discard,
    "send_back": _send_back,
    "publish_read": _publish_read,
}


def _as_it_stands(request: HttpRequest, draft: AnswerDraft, action: str) -> HttpResponse:
    return STANDING[action](request, draft)


def _written(request: HttpRequest, draft: AnswerDraft, action: str) -> HttpResponse:
    """Save what was typed, and go on from there; a text block and a preview save nothing."""
    if action == "use":
        return _with_block(request, draft)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _page(request, draft, form, status=UNFIT)
    if action == "preview":
        return _page(request, draft, form, preview=shown_answer(form.cleaned_data["body"]))
    return _saved(request, draft, form, action)


def _saved(request: HttpRequest, draft: AnswerDraft, form: DraftForm, action: str) -> HttpResponse:
    said = {name: form.cleaned_data[name] for name in ("body", "source")}
    seen = form.cleaned_data["revision"] or 0
    if draft.answer is not None and action == "publish":
        return _publish(request, draft, seen)  # a second click
    try:
        save_answer(draft=draft, **said, seen=seen, by=cast("User", request.user), at=now())
        return _go_on(request, _standing(draft), action)
    except DraftChangedMeanwhile as meanwhile:
        return _both(request, draft, meanwhile)
    except (NotAllowed, DraftGone):
        raise
    except DomainError as refusal:
        standing = _standing(draft)
        return _page(request, standing, _retyped(request, standing), status=refusal.status, refusal=refusal)


def _retyped(request: HttpRequest, standing: AnswerDraft) -> DraftForm:
    """Return the form as it was typed, to be saved next over what stands now."""
    typed = request.POST.copy()
    typed["revision"] = str(standing.revision)
    return DraftForm(typed)


def _standing(draft: AnswerDraft) -> AnswerDraft:
    found = answer_draft_at(draft.pk)
    if found is None:
        raise DraftGone
    return found


def _go_on(request: HttpRequest, draft: AnswerDraft, action: str) -> HttpResponse:
    by = cast("User", request.user)
    if action == "publish":
        return _publish(request, draft, draft.revision)
    if action == "pick":
        return redirect("publications:answer-pick", draft_id=draft.pk)
    if action == "send":
        return _send(request, draft)
    left_out = whole_number(action.removeprefix("leave-")) if action.startswith("leave-") else None
    if left_out is not None:
        leave_out_of_answer(draft=draft, contribution_id=left_out, by=by, at=now())
        messages.success(request, _("Taken out of the answer, and what you wrote is saved."))
    else:
        messages.success(request, _("The answer is saved. Only officials who answer here see it."))
    return redirect("publications:answer-draft", draft_id=draft.pk)


def _send(request: HttpRequest, draft: AnswerDraft) -> HttpResponse:
    chosen = ReaderForm(request.POST, officials=_readers(request, draft))
    if not chosen.is_valid():
        return _page(request, draft, _form_of(draft), reader=chosen, status=UNFIT)
    reader = chosen.cleaned_data["reader"]
    send_to_reader(draft=draft, reader=reader, seen=draft.revision, by=cast("User", request.user), at=now())
    messages.success(request, _("The answer is saved and sent to your colleague, who reads and publishes it."))
    return redirect("publications:answer-draft", draft_id=draft.pk)


def _publish(request: HttpRequest, draft: AnswerDraft, seen: int) -> HttpResponse:
    answer = publish_draft(draft=draft, seen=seen, by=cast("User", request.user), at=now())
    messages.success(request, _("The answer is published as no. %(number)s.") % {"number": answer.number})
    return redirect("portal:contribution", slug=answer.consultation.slug, number=answer.number)


def _with_block(request: HttpRequest, draft: AnswerDraft) -> HttpResponse:
    block = text_block_at(whole_number(request.POST.get("block")) or 0)
    if block is None or not block.is_offered:
        messages.warning(request, _("Choose a text block first. What you typed is still here."))
        return _page(request, draft, DraftForm(initial=request.POST.dict()))
    return _page(request, draft, with_block(request.POST, block, DraftForm))


def _both(request: HttpRequest, draft: AnswerDraft, meanwhile: DraftChangedMeanwhile) -> HttpResponse:
    """Show what a colleague saved; what was typed stays in the form and can be saved next."""
    standing = _standing(draft)
    shown = {"meanwhile": meanwhile, "saved": shown_answer(standing.body)}
    return _page(request, standing, _retyped(request, standing), status=meanwhile.status, **shown)


def _readers(request: HttpRequest, draft: AnswerDraft) -> list[User]:
    wrote = {draft.author_id, draft.changed_by_id, request.user.pk}
    return [person for person in who_may_answer_in(draft.consultation) if person.pk not in wrote]


def _page(request: HttpRequest, draft: AnswerDraft, form: DraftForm, *, status: int = 200, **more: Any) -> HttpResponse:
    may_write = may("publications.write_answer_draft", request.user, draft)
    context = {
        "draft": draft,
        "consultation": draft.consultation,
        "asked": shown_in_draft(draft, answered_in_draft(draft)),
        "form": form,
        "may_write": may_write,
        "may_read": may("publications.read_answer_draft", request.user, draft),
        "may_take_back": may("publications.take_back_answer", request.user, draft),
        "why_not_publish": why_not("publications.publish_answer_draft", request.user, draft),
        "needs_reader": why_reader_needed(),
        "blocks": offered_text_blocks() if may_write else [],
        "standing": shown_answer(draft.body),
        **more,
    }
    context.setdefault("comment", CommentForm())
    if may_write and "reader" not in context:
        initial = {"reader": draft.reader_id} if draft.is_sent_back else {}
        context["reader"] = ReaderForm(officials=_readers(request, draft), initial=initial)
    return render(request, "publications/answer_draft.html", context, status=status)
