"""The moderators' lists of reports and appeals, the one due first on top, and deciding each."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import require, why_not
from apps.moderation.actions import AppealRuling, decide_appeal, settle_reports
from apps.moderation.enums import AppealOutcome
from apps.moderation.forms import AppealDecisionForm, SettleForm
from apps.moderation.models import Appeal
from apps.moderation.queries import (
    appeal_by_id,
    open_appeals,
    open_report_cases,
    queue_length,
    report_case,
    reports_in,
    waiting_for_deputy,
)
from apps.moderation.rendering import shown_text
from apps.moderation.rules import is_deputy
from apps.moderation.views.desk import case_desk
from apps.municipality.queries import selectable_reasons

UNFIT = 422


@require_safe
@login_required
def report_list(request: HttpRequest) -> HttpResponse:
    """Show the texts that were reported, each once; the deputy also sees what waits for the deputy."""
    require("moderation.work_cases", request.user)
    left = waiting_for_deputy() if is_deputy(request.user) else []
    context = {"cases": open_report_cases(request.user), "left": left}
    return render(request, "moderation/report_list.html", _frame(request) | context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def report_settle(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show what was reported about a text, and let a moderator leave the text as it is."""
    require("moderation.work_cases", request.user)
    case = report_case(case_id)
    if case is None:
        raise Http404
    require("moderation.open_case", request.user, case.contribution)
    frame, status = _frame(request), 200
    form = SettleForm(request.POST if request.method == "POST" else None, stays=case.contribution.is_published)
    refusal = ""
    if request.method == "POST":
        status = UNFIT
        if form.is_valid():
            try:
                sentence = form.cleaned_data.get("sentence", "")
                settle_reports(case=case, sentence=sentence, by=frame["desk"].viewer, at=frame["now"])
                messages.success(request, _("Everyone who reported it is told. The text stands as it is."))
                return redirect("moderation:report-list")
            except DomainError as in_the_way:
                refusal, status = str(in_the_way), in_the_way.status
                case = report_case(case_id) or case
    context = {
        "case": case,
        "contribution": case.contribution,
        "text": shown_text(case.contribution),
        "reports": reports_in(case),
        "why_not": why_not("moderation.settle_reports", request.user, case),
        "form": form,
        "refusal": refusal,
        "kept_text": request.POST.get("sentence", "") if refusal else "",
    }
    return render(request, "moderation/report_settle.html", frame | context, status=status)


@require_safe
@login_required
def appeal_list(request: HttpRequest) -> HttpResponse:
    """Show the appeals that nobody has decided, the one due first on top."""
    require("moderation.work_cases", request.user)
    context = {"appeals": open_appeals(request.user)}
    return render(request, "moderation/appeal_list.html", _frame(request) | context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def appeal_decide(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """Show an appeal with the text and the first decision, and let somebody else decide it."""
    require("moderation.work_cases", request.user)
    appeal = _appeal(appeal_id)
    require("moderation.open_case", request.user, appeal.contribution)
    frame, refusal, status = _frame(request), "", 200
    form = _decision_form(request, appeal)
    if request.method == "POST":
        status = UNFIT
        if form.is_valid():
            try:
                decide_appeal(appeal=appeal, ruling=_ruling(form), by=frame["desk"].viewer, at=frame["now"])
                messages.success(request, _told(appeal))
                return redirect("moderation:appeal-list")
            except DomainError as in_the_way:
                refusal, status = str(in_the_way), in_the_way.status
                appeal = _appeal(appeal_id)
    context = {
        "appeal": appeal,
        "contribution": appeal.contribution,
        "text": shown_text(appeal.contribution),
        "why_not": why_not("moderation.decide_appeal", request.user, appeal),
        "form": form,
        "refusal": refusal,
        "kept_text": request.POST.get("sentence", "") if refusal else "",
    }
    return render(request, "moderation/appeal_decide.html", frame | context, status=status)


def _frame(request: HttpRequest) -> dict[str, Any]:
    desk = case_desk(request, at=now())
    length = 0 if desk.is_deputys else queue_length()
    return {"now": desk.at, "desk": desk, "is_deputy_only": desk.is_deputys, "queue_length": length}


def _appeal(pk: int) -> Appeal:
    found = appeal_by_id(pk)
    if found is None:
        raise Http404
    return found


def _decision_form(request: HttpRequest, appeal: Appeal) -> AppealDecisionForm:
    hides = appeal.report_id is not None
    reasons = selectable_reasons() if hides else []
    return AppealDecisionForm(request.POST if request.method == "POST" else None, hides=hides, reasons=reasons)


def _ruling(form: AppealDecisionForm) -> AppealRuling:
    sent = form.cleaned_data
    return AppealRuling(outcome=AppealOutcome(sent["outcome"]), sentence=sent["sentence"], reason=form.chosen_reason())


def _told(appeal: Appeal) -> str:
    words = {"number": appeal.contribution.number}
    if appeal.outcome == AppealOutcome.UPHELD:
        return _("The decision on no. %(number)s stands. Who appealed gets your reasons by mail.") % words
    if appeal.report_id is not None:
        return _("No. %(number)s is hidden. Who appealed gets your reasons by mail.") % words
    return _("No. %(number)s is shown at its place. Its author gets your reasons by mail.") % words
