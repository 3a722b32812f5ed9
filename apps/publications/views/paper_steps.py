"""Beside the white paper on the desk: its introduction, what is not treated yet, and publishing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from apps.common.access import signed_in
from apps.common.errors import DomainError
from apps.common.pagination import whole_number
from apps.common.permissions import may, require, why_not
from apps.common.richtext import trusted
from apps.publications.actions import leave_out, note_contributions, publish_white_paper, save_intro, unweigh
from apps.publications.enums import LeftOutGround
from apps.publications.errors import CannotWeigh, WrittenMeanwhile
from apps.publications.forms.coding import CodingForm
from apps.publications.forms.paper_statements import IntroForm
from apps.publications.models import WhitePaper
from apps.publications.queries import account_of, missing_page, outline_of, weighings_of
from apps.publications.queries.workbench import weighing_of
from apps.publications.rules import why_not_change
from apps.publications.views.paper_loading import by_viewer, paper_at_desk, refuse_in

UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def whitepaper_intro(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the introduction. Of two who save at once the second sees both."""
    paper = paper_at_desk(request, slug, to_write=True)
    form = IntroForm(request.POST or None, initial={"intro": paper.intro, "seen": paper.revision})
    if not form.is_bound or not form.is_valid():
        return _intro(request, paper, form, status=UNFIT if form.is_bound else 200)
    words = form.cleaned_data
    try:
        save_intro(paper=paper, intro=words["intro"], seen=words["seen"] or 0, **by_viewer(request))
    except WrittenMeanwhile as meanwhile:
        return _both(request, slug, meanwhile)
    except DomainError as refusal:
        refuse_in(form, refusal)
        return _intro(request, paper, form, status=refusal.status)
    messages.success(request, _("The introduction is saved."))
    return redirect("publications:whitepaper-desk", slug=slug)


def _both(request: HttpRequest, slug: str, meanwhile: WrittenMeanwhile) -> HttpResponse:
    """Show what stands now; what was typed stays in the form and can be saved next."""
    standing = paper_at_desk(request, slug, to_write=True)
    typed = request.POST.copy()
    typed["seen"] = str(standing.revision)
    return _intro(request, standing, IntroForm(typed), status=meanwhile.status, meanwhile=meanwhile)


def _intro(request: HttpRequest, paper: WhitePaper, form: IntroForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "consultation": paper.consultation,
        "form": form,
        "locked": why_not_change(paper),
        "saved": trusted(paper.intro_html),
        **more,
    }
    return render(request, "publications/whitepaper_intro.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def whitepaper_missing(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is not treated yet by number, and note it or leave it out with a reason; both can be undone."""
    paper = paper_at_desk(request, slug)
    if request.method != "POST":
        return _missing(request, paper, CodingForm(topics=()))
    require("publications.write_white_paper", request.user, paper.consultation)
    form = CodingForm(request.POST, topics=())
    if not form.is_valid():
        return _missing(request, paper, form, status=UNFIT)
    try:
        messages.success(request, _weigh(request, paper, form.cleaned_data))
    except DomainError as refusal:
        refuse_in(form, refusal)
        return _missing(request, paper, form, status=refusal.status)
    return redirect(request.get_full_path())


def _weigh(request: HttpRequest, paper: WhitePaper, words: dict[str, Any]) -> str:
    """Do what was asked and return what to say of it. Raises DomainError."""
    if "unweigh" in request.POST:
        weighing = weighing_of(paper, whole_number(request.POST["unweigh"]) or 0)
        if weighing is not None:
            unweigh(weighing=weighing, **by_viewer(request))
        return _("It waits to be treated again.")
    numbers = [number for number in map(whole_number, request.POST.getlist("number")) if number]
    if not numbers:
        raise CannotWeigh(_("Choose at least one number in the list first."))
    if request.POST.get("action") != "leave_out":
        note_contributions(paper=paper, numbers=numbers, sentence=words["sentence"], **by_viewer(request))
        said = ngettext("%(count)s contribution is noted.", "%(count)s contributions are noted.", len(numbers))
        return said % {"count": len(numbers)}
    if len(numbers) > 1:
        raise CannotWeigh(_("Choose one contribution at a time to leave out."))
    same_as = words["same_as"] if words["ground"] == LeftOutGround.DOUBLE else None
    leave_out(paper=paper, number=numbers[0], ground=words["ground"], same_as=same_as, **by_viewer(request))
    return _("No. %(number)s is left out.") % {"number": numbers[0]}


def _missing(request: HttpRequest, paper: WhitePaper, form: CodingForm, *, status: int = 200) -> HttpResponse:
    account = account_of(paper)
    page = missing_page(paper, account=account, after=whole_number(request.GET.get("after")) or 0)
    weighed, weighed_after = weighings_of(paper, after=whole_number(request.GET.get("weighed")) or 0)
    locked = why_not("publications.write_white_paper", request.user, paper.consultation) or why_not_change(paper)
    context = {
        "consultation": paper.consultation,
        "coverage": account.coverage,
        "page": page,
        "older": f"?after={page.next_after}" if page.next_after else "",
        "newer": "?" if request.GET.get("after") else "",
        "weighed": weighed,
        "weighed_older": f"?weighed={weighed_after}#weighed-h" if weighed_after else "",
        "weighed_newer": "?#weighed-h" if request.GET.get("weighed") else "",
        "locked": locked,
        "form": form,
        "chosen": set(request.POST.getlist("number")),
    }
    return render(request, "publications/whitepaper_missing.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def whitepaper_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a second official read all of it once more, and publish it. Below 100 % it says what is missing."""
    paper = paper_at_desk(request, slug)
    if request.method != "POST":
        return _confirmation(request, paper)
    try:
        seen = whole_number(request.POST.get("seen")) or 0
        version = publish_white_paper(paper=paper, seen=seen, **by_viewer(request))
    except DomainError as refusal:
        paper = paper_at_desk(request, slug)
        return _confirmation(request, paper, status=refusal.status, refusal=str(refusal))
    messages.success(
        request, _("Version %(version)s is published. Everyone can read it.") % {"version": version.version}
    )
    return redirect("publications:whitepaper-desk", slug=slug)


def _confirmation(request: HttpRequest, paper: WhitePaper, *, status: int = 200, refusal: str = "") -> HttpResponse:
    account = account_of(paper)
    outline = outline_of(paper, account=account)
    is_whole = account.coverage.is_whole and not outline.unweighed
    context = {
        "consultation": paper.consultation,
        "paper": paper,
        "intro": trusted(paper.intro_html),
        "rows": [(chapter, [_in_full(item) for item in chapter.statements]) for chapter in outline.chapters],
        "coverage": account.coverage,
        "unweighed": outline.unweighed,
        "missing": account.coverage.missing[:200],
        "why_not_review": why_not("publications.review_white_paper", request.user, paper),
        "is_ready": is_whole and may("publications.review_white_paper", request.user, paper),
        "refusal": refusal,
    }
    return render(request, "publications/whitepaper_publish.html", context, status=status)


def _in_full(item: Any) -> tuple[Any, Any, Any]:
    return item, trusted(item.statement.argument_html), trusted(item.statement.reply_html)
