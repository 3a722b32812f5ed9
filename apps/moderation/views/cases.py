"""Looking into reports, and deciding appeals. Both stand in the queue, and lead back to it and on to what is next."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import require
from apps.discussions.queries import is_changed_by_author
from apps.moderation.actions import AppealRuling, close_appeal, decide_appeal, settle_reports
from apps.moderation.enums import AppealOutcome, Outcome
from apps.moderation.forms import AppealDecisionForm, SettleForm
from apps.moderation.models import Appeal, Decision, ReportCase
from apps.moderation.queries import appeal_by_id, report_case, reports_in
from apps.moderation.rendering import sealed_originals
from apps.moderation.rules import is_moot
from apps.moderation.views.desk import Desk, come_in_for, is_sent_twice, with_its_text
from apps.moderation.views.parts import part_of
from apps.municipality.queries import selectable_reasons

UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@vary_on_headers("X-Fragment")
def report_settle(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show what was reported about a text, and let a moderator leave the text as it is."""
    require("moderation.work_cases", request.user)
    case = _reported(case_id)
    desk, refusal, status = come_in_for(request, case.contribution, at=now()), "", 200
    form = SettleForm(request.POST if request.method == "POST" else None, stays=case.contribution.is_published)
    if request.method == "POST":
        status = UNFIT
        if form.is_valid():
            try:
                settle_reports(case=case, sentence=form.cleaned_data.get("sentence", ""), by=desk.viewer, at=desk.at)
                messages.success(request, _("Everyone who reported it is told. The text stands as it is."))
                return redirect(desk.next_url(case))
            except DomainError as in_the_way:
                refusal, status = str(in_the_way), in_the_way.status
                case = _reported(case_id)
                if is_sent_twice(in_the_way, case.settled_by_id, case.sentence, desk=desk, form=form):
                    return redirect(desk.next_url(case))
    context = with_its_text(desk, case, "moderation.settle_reports", refusal) | {
        "case": case,
        "case_name": f"report-{case.pk}",
        "reports": reports_in(case),
        "form": form,
        "kept_text": request.POST.get("sentence", "") if refusal else "",
    }
    return render(request, part_of(request, "moderation/report_settle.html"), context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@vary_on_headers("X-Fragment")
def appeal_decide(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """Show an appeal with the text and the first decision, and let somebody else decide it."""
    require("moderation.work_cases", request.user)
    appeal = _appeal(appeal_id)
    desk, refusal, status = come_in_for(request, appeal.contribution, at=now()), "", 200
    form = _decision_form(request, appeal)
    if request.method == "POST":
        status = UNFIT
        if form.is_valid():
            try:
                _decide(appeal, form, desk)
                messages.success(request, _told(appeal))
                return redirect(desk.next_url(appeal))
            except DomainError as in_the_way:
                refusal, status = str(in_the_way), in_the_way.status
                appeal = _appeal(appeal_id)
                if is_sent_twice(in_the_way, appeal.decided_by_id, appeal.sentence, desk=desk, form=form):
                    return redirect(desk.next_url(appeal))
    context = with_its_text(desk, appeal, "moderation.decide_appeal", refusal) | {
        "appeal": appeal,
        "case_name": f"appeal-{appeal.pk}",
        "is_moot": is_moot(appeal),
        "sealed": sealed_originals(appeal.contribution),
        "form": form,
        "kept_text": request.POST.get("sentence", "") if refusal else "",
    }
    return render(request, part_of(request, "moderation/appeal_decide.html"), context, status=status)


def _reported(pk: int) -> ReportCase:
    found = report_case(pk)
    if found is None:
        raise Http404
    return found


def _appeal(pk: int) -> Appeal:
    found = appeal_by_id(pk)
    if found is None:
        raise Http404
    return found


def _decision_form(request: HttpRequest, appeal: Appeal) -> AppealDecisionForm:
    outcome = Outcome(appeal.decision.outcome) if appeal.decision else None
    reasons = [] if outcome else selectable_reasons()
    data = request.POST if request.method == "POST" else None
    form = AppealDecisionForm(data, against=outcome, reasons=reasons, is_moot=is_moot(appeal))
    if hasattr(appeal, "letter") and "sentence" in form.fields:
        form.fields["sentence"].help_text = _("Who appealed gets it by post.")
    return form


def _decide(appeal: Appeal, form: AppealDecisionForm, desk: Desk) -> None:
    if is_moot(appeal):
        close_appeal(appeal=appeal, by=desk.viewer, at=desk.at)
        return
    sent = form.cleaned_data
    ruling = AppealRuling(
        outcome=AppealOutcome(sent["outcome"]), sentence=sent["sentence"], reason=form.chosen_reason()
    )
    decide_appeal(appeal=appeal, ruling=ruling, by=desk.viewer, at=desk.at)


def _told(appeal: Appeal) -> str:
    words = {"number": appeal.contribution.number}
    return str(_sentence(appeal)) % words


def _sentence(appeal: Appeal) -> str:
    if appeal.outcome == AppealOutcome.LAPSED:
        return _("The appeal about no. %(number)s is closed: there was nothing left to decide.")
    if hasattr(appeal, "letter"):
        return _("Your decision on the appeal about no. %(number)s stands in the list of letters to post.")
    if appeal.outcome == AppealOutcome.UPHELD:
        return _("The decision on no. %(number)s stands. Who appealed gets your reasons by mail.")
    if appeal.decision is None:
        return _("No. %(number)s is hidden. Who appealed gets your reasons by mail.")
    return _put_right(appeal, appeal.decision)


def _put_right(appeal: Appeal, decision: Decision) -> str:
    if decision.outcome == Outcome.HOLD_FILE:
        return _("The decision on a file beside no. %(number)s is reversed, and its author gets your reasons by mail.")
    if is_changed_by_author(appeal.contribution, since=decision.version):
        return _(
            "The decision on no. %(number)s is reversed. "
            "What its author handed in since is decided on as any other text."
        )
    if decision.outcome == Outcome.REDACT:
        return _(
            "The decision on no. %(number)s is reversed, and the passage is put back. Its author gets your reasons."
        )
    return _("No. %(number)s is shown at its place. Its author gets your reasons by mail.")
