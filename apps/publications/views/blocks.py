"""Texts for questions that return: listed, made, changed, put out of use."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import require
from apps.common.richtext import trusted
from apps.publications.actions import add_text_block, change_text_block, offer_text_block
from apps.publications.errors import BlockChangedMeanwhile, BlockTaken
from apps.publications.forms import TextBlockForm
from apps.publications.models import TextBlock
from apps.publications.queries import text_block_at, text_blocks

UNFIT = 422


@require_safe
@signed_in
def text_block_list(request: HttpRequest) -> HttpResponse:
    """Show the text blocks by title, with those that are no longer used."""
    _keeper(request)
    rows = [(block, trusted(block.body_html)) for block in text_blocks()]
    return render(request, "publications/text_block_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def text_block_add(request: HttpRequest) -> HttpResponse:
    """Keep one more text block."""
    at, keeper = now(), _keeper(request)
    form = TextBlockForm(request.POST or None)
    if form.is_bound and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("title", "body")}
        try:
            block = add_text_block(**words, by=keeper, at=at)
        except DomainError as refusal:
            form.add_error("title" if isinstance(refusal, BlockTaken) else "body", str(refusal))
        else:
            messages.success(request, _("“%(title)s” can be used in answers from now on.") % {"title": block.title})
            return redirect("publications:text-block-list")
    return render(request, "publications/text_block_add.html", {"form": form}, status=UNFIT if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def text_block_edit(request: HttpRequest, block_id: int) -> HttpResponse:
    """Put a text block in other words, out of use, or in use again. Of two who save at once the second sees both."""
    at, keeper = now(), _keeper(request)
    block = _block(block_id)
    if request.POST.get("action") in {"retire", "resume"}:
        offer_text_block(block=block, is_offered=request.POST["action"] == "resume", by=keeper, at=at)
        return _saved(request, block.title)
    initial = {"title": block.title, "body": block.body, "revision": block.revision}
    form = TextBlockForm(request.POST or None, initial=initial)
    if not form.is_bound:
        return _page(request, block, form)
    if not form.is_valid():
        return _page(request, block, form, status=UNFIT)
    words = {name: form.cleaned_data[name] for name in ("title", "body")}
    try:
        change_text_block(block=block, **words, seen=form.cleaned_data["revision"] or 0, by=keeper, at=at)
    except BlockChangedMeanwhile as meanwhile:
        return _both(request, block_id, meanwhile)
    except DomainError as refusal:
        form.add_error("title" if isinstance(refusal, BlockTaken) else "body", str(refusal))
        return _page(request, block, form, status=UNFIT)
    return _saved(request, words["title"])


def _both(request: HttpRequest, block_id: int, meanwhile: BlockChangedMeanwhile) -> HttpResponse:
    """Show what a colleague saved; what was typed stays in the form and can be saved next."""
    standing = _block(block_id)
    typed = request.POST.copy()
    typed["revision"] = str(standing.revision)
    again = TextBlockForm(typed)
    shown = {"meanwhile": meanwhile, "saved": trusted(standing.body_html)}
    return _page(request, standing, again, status=meanwhile.status, **shown)


def _saved(request: HttpRequest, title: str) -> HttpResponse:
    messages.success(request, _("“%(title)s” is saved.") % {"title": title})
    return redirect("publications:text-block-list")


def _keeper(request: HttpRequest) -> User:
    require("publications.edit_text_blocks", request.user)
    return cast("User", request.user)


def _block(block_id: int) -> TextBlock:
    found = text_block_at(block_id)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, block: TextBlock, form: TextBlockForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"kept": block, "form": form, **more}
    return render(request, "publications/text_block_edit.html", context, status=status)
