"""A statement of the white paper: its words, the administration's reply, and the points it rests on."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.common.access import signed_in
from apps.common.errors import DomainError
from apps.common.pagination import whole_number
from apps.common.permissions import require, why_not
from apps.common.richtext import trusted
from apps.consultations.queries import topics_of
from apps.publications.actions import remove_statement, save_statement, unmark_point
from apps.publications.actions.coding import put_under, write_statement
from apps.publications.errors import CannotMark, WrittenMeanwhile
from apps.publications.forms.paper_statements import PaperStatementForm
from apps.publications.models import PaperStatement, WhitePaper
from apps.publications.queries import account_of, outline_of, point_of, points_of, statement_of
from apps.publications.rules import why_not_change
from apps.publications.views.paper_loading import by_viewer, paper_at_desk, refuse_in

UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def statement_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a new statement, with the reply or without."""
    paper = paper_at_desk(request, slug, to_write=True)
    topics = topics_of(paper.consultation)
    form = PaperStatementForm(request.POST or None, topics=topics, topic=request.GET.get("topic", ""))
    status = UNFIT if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            made = write_statement(paper=paper, topic=form.chapter, words=form.words, **by_viewer(request))
        except DomainError as refusal:
            refuse_in(form, refusal)
            status = refusal.status
        else:
            messages.success(request, _("The statement “%(title)s” is in the outline.") % {"title": made.title})
            return redirect("publications:whitepaper-desk", slug=slug)
    context = {"consultation": paper.consultation, "form": form, "locked": why_not_change(paper)}
    return render(request, "publications/statement_add.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def paper_statement(request: HttpRequest, slug: str, statement_id: int) -> HttpResponse:
    """Show a statement with what it rests on, save it, move its points, or take it out. Nothing typed is lost."""
    paper = paper_at_desk(request, slug)
    statement = _statement(paper, statement_id)
    topics = topics_of(paper.consultation)
    if request.method != "POST":
        return _page(request, paper, statement, PaperStatementForm(topics=topics, statement=statement))
    require("publications.write_white_paper", request.user, paper.consultation)
    action = request.POST.get("action", "")
    if action == "save":
        return _save(request, paper, statement, PaperStatementForm(request.POST, topics=topics))
    form = PaperStatementForm(topics=topics, statement=statement)
    try:
        said = _carry_out(request, paper, statement, action)
    except DomainError as refusal:
        return _page(request, paper, statement, form, status=refusal.status, refusal=str(refusal))
    messages.success(request, said)
    if action == "remove":
        return redirect("publications:whitepaper-desk", slug=slug)
    return redirect(f"{request.path}#points-h")


def _carry_out(request: HttpRequest, paper: WhitePaper, statement: PaperStatement, action: str) -> str:
    """Do what is done with the statement or its points beside its words. Raises DomainError."""
    if action == "remove":
        remove_statement(statement=statement, **by_viewer(request))
        return _("The statement is taken out.")
    if "unmark" in request.POST:
        point = point_of(paper, whole_number(request.POST["unmark"]) or 0)
        if point is not None:
            unmark_point(point=point, **by_viewer(request))
        return _("The point is taken away.")
    points = [pk for pk in map(whole_number, request.POST.getlist("p")) if pk]
    to = statement_of(paper, whole_number(request.POST.get("to")) or 0)
    if to is None or not points:
        raise CannotMark(_("Choose the points to move, and the statement that they go to."))
    put_under(statement=to, choice=(), points=points, **by_viewer(request))
    return _("The points stand under “%(title)s”.") % {"title": to.title}


def _save(request: HttpRequest, paper: WhitePaper, statement: PaperStatement, form: PaperStatementForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, paper, statement, form, status=UNFIT)
    seen = form.cleaned_data["seen"] or 0
    try:
        save_statement(statement=statement, words=form.words, topic=form.chapter, seen=seen, **by_viewer(request))
    except PaperStatement.DoesNotExist:
        raise Http404 from None
    except WrittenMeanwhile as meanwhile:
        return _both(request, paper, statement.pk, meanwhile)
    except DomainError as refusal:
        refuse_in(form, refusal)
        return _page(request, paper, statement, form, status=refusal.status)
    messages.success(request, _("“%(title)s” is saved.") % {"title": form.words.title})
    if request.POST.get("then") == "coding":
        return redirect("publications:coding", slug=paper.consultation.slug)
    return redirect(f"{reverse('publications:whitepaper-desk', args=[paper.consultation.slug])}#s{statement.pk}")


def _both(request: HttpRequest, paper: WhitePaper, pk: int, meanwhile: WrittenMeanwhile) -> HttpResponse:
    """Show what a colleague saved; what was typed stays in the form and can be saved next."""
    standing = _statement(paper, pk)
    typed = request.POST.copy()
    typed["seen"] = str(standing.revision)
    form = PaperStatementForm(typed, topics=topics_of(paper.consultation))
    return _page(request, paper, standing, form, status=meanwhile.status, meanwhile=meanwhile)


def _statement(paper: WhitePaper, pk: int) -> PaperStatement:
    found = statement_of(paper, pk)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    paper: WhitePaper,
    statement: PaperStatement,
    form: PaperStatementForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    outline = outline_of(paper, account=account_of(paper))
    quotes, next_after = points_of(paper, statement.pk, after=_place(request.GET.get("after", "")))
    locked = why_not("publications.write_white_paper", request.user, paper.consultation) or why_not_change(paper)
    context = {
        "consultation": paper.consultation,
        "statement": statement,
        "item": outline.statement(statement.pk),
        "outline": outline,
        "form": form,
        "quotes": quotes,
        "older": f"?after={next_after[0]}-{next_after[1]}#points-h" if next_after else "",
        "newer": "?#points-h" if request.GET.get("after") else "",
        "locked": locked,
        "standing": {"argument": trusted(statement.argument_html), "reply": trusted(statement.reply_html)},
        **more,
    }
    return render(request, "publications/paper_statement.html", context, status=status)


def _place(text: str) -> tuple[int, int]:
    number, _dash, pk = text.partition("-")
    return whole_number(number) or 0, whole_number(pk) or 0
