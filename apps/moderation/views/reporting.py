"""Reporting a text, signed in or not, and what whoever reported it sees of that. Nothing tells of other reports."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.models import User
from apps.accounts.rules import is_person
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.limits import is_within
from apps.common.permissions import Sentence, require, why_not
from apps.consultations.queries import consultation_by_slug
from apps.discussions.models import Contribution
from apps.discussions.queries import text_at
from apps.moderation.actions import Notice, submit_report, submit_report_appeal
from apps.moderation.forms import AppealForm, ReportForm
from apps.moderation.models import Report
from apps.moderation.queries import report_by_key
from apps.moderation.rendering import shown_text
from apps.moderation.rules import APPEAL_TAKEN, why_not_appeal_report
from apps.municipality.queries import selectable_reasons

REFUSED, UNFIT, TOO_MANY = 403, 422, 429
# A town hall or a library is one network.
RATES = "20/m/ip,60/h/ip"


@sensitive_post_parameters("email", "explanation")
@require_http_methods(["GET", "HEAD", "POST"])
def report_submit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take in a report, and lead to its receipt; a program that fills in every field is thanked all the same."""
    at = now()
    contribution = _public(request, slug, number)
    by = request.user if is_person(request.user) else None
    if request.method != "POST":
        require("moderation.submit_report", request.user, contribution)
        return _form_page(request, contribution, _form(request, initial={"submission_key": uuid4()}))
    form = _form(request, request.POST)
    if not form.is_valid():
        return _form_page(request, contribution, form, status=UNFIT)
    in_the_way, status = _in_the_way(request, contribution)
    if in_the_way:
        form.add_error(None, str(in_the_way))
        return _form_page(request, contribution, form, status=status)
    if form.is_of_a_program():
        messages.success(request, _("Thank you. Your report was received."))
        return redirect("portal:contribution", slug=slug, number=number)
    try:
        report = submit_report(contribution=contribution, notice=_notice(form), by=by, at=at)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, contribution, form, status=refusal.status)
    return redirect("moderation:report-receipt", key=report.key)


def _in_the_way(request: HttpRequest, contribution: Contribution) -> tuple[Sentence, int]:
    """Return why a report cannot be taken in now, with its status; empty when it can."""
    refused = why_not("moderation.submit_report", request.user, contribution)
    if refused is not None:
        return refused, REFUSED
    if not is_within(request, what="report", rates=RATES):
        return _("Very many reports came from your network. Wait a few minutes, and send it again."), TOO_MANY
    return "", 200


@require_safe
def report_receipt(request: HttpRequest, key: str) -> HttpResponse:
    """Show whoever holds the link what became of the report."""
    return render(request, "moderation/report_receipt.html", _receipt(request, _report(key)))


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def report_appeal(request: HttpRequest, key: str) -> HttpResponse:
    """Take in what whoever holds the link says about a report that came to nothing."""
    at, report = now(), _report(key)
    form = AppealForm(request.POST or None)
    if getattr(report, "appeal", None) is not None:
        return redirect("moderation:report-receipt", key=key)
    refused = why_not_appeal_report(report, at=at)
    status = UNFIT if request.method == "POST" else 200
    if refused is None and form.is_valid():
        by = request.user if is_person(request.user) and request.user == report.reporter else None
        try:
            submit_report_appeal(report=report, **form.cleaned_data, by=by, at=at)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("moderation:report-receipt", key=key)
    context = _receipt(request, report) | {"form": form, "refused": refused, "kept_text": request.POST.get("text", "")}
    return render(request, "moderation/report_appeal.html", context, status=status)


def _public(request: HttpRequest, slug: str, number: int) -> Contribution:
    """Return the contribution, whatever its state; raises Http404."""
    if consultation_by_slug(request.user, slug) is None:
        raise Http404
    found = text_at(slug, number)
    if found is None:
        raise Http404
    return found


def _form(request: HttpRequest, data: Any = None, **known: Any) -> ReportForm:
    return ReportForm(data, reasons=selectable_reasons(), signed_in=is_person(request.user), **known)


def _form_page(
    request: HttpRequest, contribution: Contribution, form: ReportForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "contribution": contribution,
        "text": shown_text(contribution) if contribution.is_published else None,
        "form": form,
    }
    return render(request, "moderation/report_submit.html", context, status=status)


def _notice(form: ReportForm) -> Notice:
    sent = form.cleaned_data
    return Notice(
        reason=form.chosen_reason(),
        submission_key=sent["submission_key"],
        legal_ground=sent["legal_ground"],
        explanation=sent["explanation"],
        email=sent.get("email", ""),
        language=(get_language() or "da")[:2],
    )


def _report(key: str) -> Report:
    """Return the report of that key. Somebody else who is signed in is no reason to refuse: the link was handed on."""
    found = report_by_key(key)
    if found is None:
        raise Http404
    return found


def _receipt(request: HttpRequest, report: Report) -> dict[str, Any]:
    at, case = now(), report.case
    appeal = getattr(report, "appeal", None)
    return {
        "now": at,
        "report": report,
        "case": case,
        "contribution": case.contribution,
        "receipt_number": report.receipt_number,
        "address": request.build_absolute_uri(request.path.removesuffix("appeal/")),
        "is_of_account": isinstance(request.user, User) and report.reporter_id == request.user.pk,
        "appeal": appeal,
        "can_appeal": appeal is None and why_not_appeal_report(report, at=at) is None,
        "appeal_until": case.settled_at + APPEAL_TAKEN if case.settled_at else None,
    }
