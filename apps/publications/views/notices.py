"""Notices of the decision: in which ways people are told, what is to be posted, and how far it is."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.pagination import whole_number
from apps.common.pdf import can_make_pdf
from apps.consultations.models import Consultation
from apps.publications.actions.notices import begin_notices, post_notice, post_notices, print_notices, send_by_letter
from apps.publications.engine.notices import PREFERENCE
from apps.publications.enums.notices import NoticeWay
from apps.publications.forms.notices import NoticeForm
from apps.publications.models.decisions import CaseMeetingVersion
from apps.publications.models.notices import DecisionNotice
from apps.publications.ports import the_digital_post
from apps.publications.queries.decisions import end_of
from apps.publications.queries.notices import (
    NOTICE_PAGE,
    SHOWN,
    notice_at,
    notice_plan,
    notices_of,
    people_to_tell,
    progress_of,
)
from apps.publications.rendering.notices import notices_as_pdf
from apps.publications.views.deciding import UNFIT, the_case


def _the_end(request: HttpRequest, slug: str) -> tuple[User, Consultation, CaseMeetingVersion]:
    """Return who works here, on which hearing, and the decision in force; 404 before there is one."""
    official, consultation = the_case(request, slug)
    version = end_of(consultation)
    if version is None:
        raise Http404
    return official, consultation, version


def _no_pdf() -> str:
    if can_make_pdf():
        return ""
    return _("This machine cannot make PDF files. Ask who runs it to install the libraries that the manual names.")


@require_safe
@signed_in
def notice_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how far the notices are, what is to be posted, and each by the numbers of its person."""
    _official, consultation, version = _the_end(request, slug)
    show = request.GET.get("show", "")
    show, here = (show if show in SHOWN else ""), reverse("publications:notice-list", args=[slug])
    after = whole_number(request.GET.get("after"))
    rows = list(notices_of(version, show=show, after=after)[: NOTICE_PAGE + 1])
    kept = f"show={show}&" if show else ""
    context = {
        "consultation": consultation,
        "version": version,
        "progress": progress_of(version),
        "left": people_to_tell(version),
        "rows": rows[:NOTICE_PAGE],
        "show": show,
        "here": here,
        "newer": f"{here}?show={show}" if after and show else here if after else "",
        "older": f"{here}?{kept}after={rows[NOTICE_PAGE - 1].number}" if len(rows) > NOTICE_PAGE else "",
        "no_pdf": _no_pdf(),
    }
    return render(request, "publications/notice_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def notice_begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the ways, see how many are told in which, and begin."""
    official, consultation, version = _the_end(request, slug)
    form = NoticeForm(request.POST if request.method == "POST" else None, offered=_offered())
    refusal, chosen = "", list[str]()
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["ways"]
        if request.POST.get("action") == "begin":
            try:
                count = begin_notices(version=version, ways=chosen, by=official, at=now())
            except DomainError as refused:
                refusal = str(refused)
            else:
                return _begun(request, slug, count)
    plan = notice_plan(version, chosen) if chosen else None
    context = {
        "consultation": consultation,
        "form": form,
        "refusal": refusal,
        "left": people_to_tell(version),
        "plan": plan,
        "chosen": chosen,
        "counts": [(NoticeWay(way).label, plan.count(way)) for way in _in_order(chosen)] if plan else [],
        "no_post": the_digital_post() is None,
    }
    status = UNFIT if form.errors or refusal else 200
    return render(request, "publications/notice_begin.html", context, status=status)


def _in_order(chosen: Sequence[str]) -> list[str]:
    return [way for way in PREFERENCE if way in chosen]


def _offered() -> list[str]:
    return [way for way in PREFERENCE if way != NoticeWay.DIGITAL_POST or the_digital_post() is not None]


def _begun(request: HttpRequest, slug: str, count: int) -> HttpResponse:
    words = ngettext("%(count)s notice is on its way.", "%(count)s notices are on their way.", count)
    messages.success(request, words % {"count": count})
    return redirect("publications:notice-list", slug=slug)


@require_POST
@signed_in
def notice_print(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the next letters as one file; the ledger tells how many addresses were taken out."""
    official, _consultation, version = _the_end(request, slug)
    refused = _no_pdf()
    letters = [] if refused else print_notices(version=version, by=official, at=now())
    if not letters:
        nothing = _("No letter waits whose address is kept here. The others are posted one by one, below.")
        messages.error(request, refused or nothing)
        return redirect("publications:notice-list", slug=slug)
    response = HttpResponse(notices_as_pdf(letters), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{slug}-notices.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@signed_in
def notice_post_all(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the printed letters are in the post."""
    official, _consultation, version = _the_end(request, slug)
    count = post_notices(version=version, by=official, at=now())
    if count:
        words = ngettext("%(count)s letter is in the post.", "%(count)s letters are in the post.", count)
        messages.success(request, words % {"count": count})
    else:
        messages.info(request, _("No printed letter waits. Print the letters first."))
    return redirect("publications:notice-list", slug=slug)


@require_POST
@signed_in
def notice_post(request: HttpRequest, slug: str, notice_id: int) -> HttpResponse:
    """Say that one letter is in the post."""
    official, notice = _notice(request, slug, notice_id)
    post_notice(notice=notice, by=official, at=now())
    messages.success(request, _("The letter for no. %(number)s is in the post.") % {"number": notice.number})
    return redirect("publications:notice-list", slug=slug)


@require_POST
@signed_in
def notice_reroute(request: HttpRequest, slug: str, notice_id: int) -> HttpResponse:
    """Put a notice that came back, or does not leave, on the list of letters."""
    official, notice = _notice(request, slug, notice_id)
    send_by_letter(notice=notice, by=official, at=now())
    messages.success(request, _("The notice for no. %(number)s goes by letter.") % {"number": notice.number})
    return redirect("publications:notice-list", slug=slug)


def _notice(request: HttpRequest, slug: str, notice_id: int) -> tuple[User, DecisionNotice]:
    official, consultation, _version = _the_end(request, slug)
    found = notice_at(consultation, notice_id)
    if found is None:
        raise Http404
    return official, found
