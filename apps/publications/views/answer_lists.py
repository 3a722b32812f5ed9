"""What waits for an answer, giving it to somebody, and choosing what one answer is given to."""

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.pagination import whole_number
from apps.common.permissions import require
from apps.common.richtext import plain
from apps.discussions.queries import text_at
from apps.municipality.queries import the_municipality
from apps.publications.actions import assign_answer, end_assignment, pick_for_answer
from apps.publications.enums import Whose
from apps.publications.errors import UnfitAssignee
from apps.publications.forms import AssignForm, PickForm
from apps.publications.models import AnswerDraft
from apps.publications.queries import (
    Place,
    Wanted,
    answer_draft_at,
    answered_in_draft,
    assignment_of,
    departments,
    open_answer_drafts,
    pickable_for,
    to_answer,
    who_may_answer_in,
)
from apps.publications.rendering import shown_contributions

PAGE, EXCERPT, UNFIT = 50, 180, 422


@require_safe
@signed_in
def answer_list(request: HttpRequest) -> HttpResponse:
    """Show what waits for an answer, what is due first on top, behind the answers that the viewer has to do with."""
    require("publications.write_answer", request.user)
    at, after = now(), _place(request.GET.get("after", ""))
    wanted = _wanted(request)
    found = to_answer(request.user, wanted, after=after, limit=PAGE + 1, at=at)
    shown = found[:PAGE]
    context = {
        "items": [(item, plain(item.contribution.body, EXCERPT)) for item in shown],
        "wanted": wanted,
        "is_narrowed": wanted != Wanted(),
        "whose": Whose.choices,
        "departments": departments(),
        "target": the_municipality().answer_target_days,
        "drafts": [] if after else open_answer_drafts(request.user),
        "first": _query(wanted) if after else "",
        "next": _query(wanted, after=_in_address(shown[-1].place)) if len(found) > PAGE else "",
    }
    return render(request, "publications/answer_list.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    """Return what the address asks for; what makes no sense there falls back to the usual."""
    asked = request.GET
    return Wanted(
        whose=next((whose for whose in Whose if whose == asked.get("whose")), Whose.ALL),
        department=asked.get("department", "")[:120].replace("\0", ""),
        is_overdue=asked.get("overdue") == "1",
    )


def _in_address(place: Place) -> str:
    return f"{place[0].isoformat()}_{place[1]}"


def _place(text: str) -> Place | None:
    """Return the place in the list that an address names, or None."""
    moment, _mark, number = text.partition("_")
    pk = whole_number(number)
    try:
        base = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (base, pk) if base.tzinfo is not None and pk else None


def _query(wanted: Wanted, **more: Any) -> str:
    asked = {"whose": wanted.whose, "department": wanted.department, "overdue": "1" if wanted.is_overdue else ""}
    return "?" + urlencode({name: value for name, value in (asked | more).items() if value})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer_assign(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show something that waits for an answer, and give it to an official or a department, or to nobody."""
    require("publications.write_answer", request.user)
    contribution = text_at(slug, number)
    if contribution is None:
        raise Http404
    require("publications.assign_answer", request.user, contribution)
    by, officials, assignment = cast("User", request.user), who_may_answer_in(contribution.consultation), None
    if request.POST.get("action") == "nobody":
        end_assignment(contribution=contribution, by=by, at=now())
        messages.success(request, _("No. %(number)s is given to nobody now.") % {"number": contribution.number})
        return redirect("publications:answer-list")
    assignment = assignment_of(contribution)
    initial = {"official": assignment.official_id, "department": assignment.department} if assignment else {}
    form = AssignForm(request.POST or None, officials=officials, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            assign_answer(contribution=contribution, **form.cleaned_data, by=by, at=now())
        except UnfitAssignee as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("No. %(number)s is given away to answer.") % {"number": contribution.number})
            return redirect("publications:answer-list")
    context = {
        "contribution": contribution,
        "consultation": contribution.consultation,
        "asked": shown_contributions([contribution])[0],
        "assignment": assignment,
        "form": form,
        "departments": departments(),
    }
    return render(request, "publications/answer_assign.html", context, status=UNFIT if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer_pick(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Show what else stands in the topic of an answer, in the order received, and let the answer go to it as well."""
    require("publications.write_answer", request.user)
    draft = answer_draft_at(draft_id)
    if draft is None:
        raise Http404
    require("publications.write_answer_draft", request.user, draft)
    form = PickForm(request.POST or None)
    if not form.is_bound:
        return _picking(request, draft, form)
    chosen = [number for number in map(whole_number, request.POST.getlist("number")) if number]
    if not form.is_valid():
        return _picking(request, draft, form, status=UNFIT, chosen=chosen)
    numbers = {*chosen, *form.cleaned_data["numbers"]}
    try:
        come = pick_for_answer(draft=draft, numbers=numbers, by=cast("User", request.user), at=now())
    except DomainError as refusal:
        form.add_error("numbers", str(refusal))
        return _picking(request, draft, form, status=refusal.status, chosen=chosen)
    told = ngettext(
        "%(count)s contribution was put into the answer.", "%(count)s contributions were put into the answer.", come
    ) % {"count": come}
    messages.success(request, told)
    if request.POST.get("action") == "more":
        return redirect(request.get_full_path())
    return redirect("publications:answer-draft", draft_id=draft.pk)


def _picking(
    request: HttpRequest, draft: AnswerDraft, form: PickForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    answered = answered_in_draft(draft)
    after, only_open = whole_number(request.GET.get("after")) or 0, request.GET.get("show") == "open"
    found = pickable_for(draft, answered, after=after, only_open=only_open, limit=PAGE + 1)
    kept = "&show=open" if only_open else ""
    context = {
        "draft": draft,
        "consultation": draft.consultation,
        "numbers": [row.number for row in answered],
        "rows": shown_contributions(found[:PAGE]),
        "form": form,
        "chosen": [],
        "only_open": only_open,
        "first": f"?after=0{kept}" if after else "",
        "next": f"?after={found[PAGE - 1].number}{kept}" if len(found) > PAGE else "",
        **more,
    }
    return render(request, "publications/answer_pick.html", context, status=status)
