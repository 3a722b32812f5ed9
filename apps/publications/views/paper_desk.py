"""The white paper on the desk: where it stands, what is missing, its outline, and the steps to a published version."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.common.access import signed_in
from apps.common.errors import DomainError
from apps.common.pagination import whole_number
from apps.common.permissions import may, require, why_not
from apps.common.richtext import trusted
from apps.consultations.models import Consultation
from apps.publications.actions import (
    ask_for_review,
    begin_correction,
    begin_white_paper,
    move_statement,
    send_back,
    take_back,
)
from apps.publications.engine.accounts import Account
from apps.publications.forms.paper_statements import CommentForm, CorrectionForm
from apps.publications.models import WhitePaper
from apps.publications.queries import OutlineStatement, account_of, outline_of, paper_of, supplement_due
from apps.publications.rules import why_not_change
from apps.publications.views.paper_loading import by_viewer, refuse_in, team_consultation

UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def whitepaper_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the white paper as it is written, and take it a step further."""
    consultation = team_consultation(request, slug)
    paper = paper_of(request.user, consultation)
    if request.method != "POST":
        return _page(request, consultation, paper)
    action = request.POST.get("action", "")
    if paper is None or action == "begin":
        require("publications.write_white_paper", request.user, consultation)
        begin_white_paper(consultation=consultation, **by_viewer(request))
        messages.success(request, _("The white paper is begun. Only the team sees it."))
        return redirect("publications:whitepaper-desk", slug=slug)
    if action in {"send_back", "correct"}:
        return _with_words(request, paper, action)
    try:
        _step(request, paper, action)
    except DomainError as refusal:
        return _page(request, consultation, paper, status=refusal.status, refusal=str(refusal))
    return redirect("publications:whitepaper-desk", slug=slug)


def _step(request: HttpRequest, paper: WhitePaper, action: str) -> None:
    """Take the white paper a step further that needs no words. Raises DomainError."""
    if action == "ask":
        ask_for_review(paper=paper, seen=whole_number(request.POST.get("seen")), **by_viewer(request))
        messages.success(request, _("A colleague can read and publish it now. Nobody changes it meanwhile."))
    elif action == "take_back":
        take_back(paper=paper, **by_viewer(request))
        messages.success(request, _("The white paper can be changed again."))
    elif "up" in request.POST or "down" in request.POST:
        _move(request, paper)


def _with_words(request: HttpRequest, paper: WhitePaper, action: str) -> HttpResponse:
    form = CommentForm(request.POST) if action == "send_back" else CorrectionForm(request.POST)
    name = "comment_form" if action == "send_back" else "correction_form"
    status = UNFIT
    if form.is_valid():
        try:
            if action == "send_back":
                send_back(paper=paper, comment=form.cleaned_data["comment"], **by_viewer(request))
                messages.success(request, _("The white paper is sent back, with what you wrote."))
            else:
                begin_correction(paper=paper, note=form.cleaned_data["note"], **by_viewer(request))
                messages.success(request, _("Everyone reads the published version until the next one is published."))
            return redirect("publications:whitepaper-desk", slug=paper.consultation.slug)
        except DomainError as refusal:
            refuse_in(form, refusal)
            status = refusal.status
    return _page(request, paper.consultation, paper, status=status, form=form, **{name: form})


def _move(request: HttpRequest, paper: WhitePaper) -> None:
    """Move a statement one place up or down in its chapter; one that is gone, or at the end, stays."""
    step = -1 if "up" in request.POST else 1
    pk = whole_number(request.POST.get("up") or request.POST.get("down"))
    for chapter in outline_of(paper, account=Account()).chapters:
        rows = [item.statement for item in chapter.statements]
        place = next((place for place, row in enumerate(rows) if row.pk == pk), None)
        if place is None or not 0 <= place + step < len(rows):
            continue
        others = [row for row in rows if row.pk != pk]
        before = others[place + step] if place + step < len(others) else None
        move_statement(statement=rows[place], topic=chapter.topic, before=before, **by_viewer(request))


def _shown(item: OutlineStatement) -> tuple[OutlineStatement, SafeString]:
    return item, trusted(item.statement.reply_html)


def _page(
    request: HttpRequest, consultation: Consultation, paper: WhitePaper | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    context: dict[str, Any] = {
        "consultation": consultation,
        "paper": paper,
        "why_not_write": why_not("publications.write_white_paper", request.user, consultation),
        **more,
    }
    if paper is not None:
        context |= _about(request, paper) | more
    return render(request, "publications/whitepaper_desk.html", context, status=status)


def _about(request: HttpRequest, paper: WhitePaper) -> dict[str, Any]:
    account = account_of(paper)
    outline = outline_of(paper, account=account)
    return {
        "coverage": account.coverage,
        "outline": outline,
        "unweighed": outline.unweighed,
        "rows": [(chapter, [_shown(item) for item in chapter.statements]) for chapter in outline.chapters],
        "intro": trusted(paper.intro_html),
        "locked": why_not_change(paper),
        "may_review": may("publications.review_white_paper", request.user, paper),
        "supplement": supplement_due(paper) if paper.is_public else [],
        "comment_form": CommentForm(),
        "correction_form": CorrectionForm(),
    }
