"""Writing and publishing a consultation's summary."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import require
from apps.consultations.models import Consultation
from apps.consultations.queries import consultation_by_slug
from apps.publications.actions import draft_summary, publish_summary
from apps.publications.errors import WrittenMeanwhile
from apps.publications.forms import SummaryForms, forms_of, retyped_forms, typed_forms
from apps.publications.models import Summary
from apps.publications.queries import (
    english_of,
    is_same,
    statements_of,
    summary_of,
    translations_of,
    uncited_by_draft,
)
from apps.publications.rendering import shown_statements, shown_text

LONGEST_NUMBER = 9


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def summary_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the draft as forms, and save it. Adding a form, looking ahead and leafing lose nothing that was typed."""
    consultation = _consultation(request, slug)
    found = summary_of(request.user, consultation)
    if request.method != "POST":
        return _page(request, consultation, found, forms_of(consultation, _draft(found)))
    action = request.POST.get("action", "save")
    if action == "add" or "after" in request.POST:
        forms = retyped_forms(consultation, request.POST, more=int(action == "add"))
        return _page(request, consultation, found, forms)
    forms = typed_forms(consultation, request.POST)
    if not forms.is_valid():
        return _page(request, consultation, found, forms, status=422)
    if action == "preview":
        texts, translations = enumerate(forms.texts(), start=1), translations_of(found)
        preview = [shown_text(place, text, english_of=english_of(text, translations)) for place, text in texts]
        return _page(request, consultation, found, forms, preview=preview)
    return _save(request, consultation, found, forms)


def _save(request: HttpRequest, consultation: Consultation, found: Summary | None, forms: SummaryForms) -> HttpResponse:
    try:
        draft_summary(
            consultation=consultation,
            statements=forms.texts(),
            seen=_seen(request),
            by=cast("User", request.user),
            at=now(),
        )
    except DomainError as refusal:
        return _page(request, consultation, found, forms, status=422, refusal=str(refusal))
    if request.POST.get("action") == "publish":
        return redirect("publications:summary-publish", slug=consultation.slug)
    messages.success(request, _("The draft is saved. Only the team sees it."))
    return redirect("publications:summary-edit", slug=consultation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def summary_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the saved draft as everyone will read it, and publish it."""
    consultation = _consultation(request, slug)
    found = summary_of(request.user, consultation)
    if request.method != "POST" or found is None:
        return _confirmation(request, consultation, found)
    try:
        publish_summary(summary=found, seen=_seen(request), by=cast("User", request.user), at=now())
    except WrittenMeanwhile as refusal:
        if not is_same(statements_of(found, is_public=True), _draft(found)):
            return _confirmation(request, consultation, found, status=409, refusal=str(refusal))
        messages.info(request, _("The summary is published already, as you see it here."))  # a second click
    except DomainError as refusal:
        return _confirmation(request, consultation, found, status=refusal.status, refusal=str(refusal))
    else:
        messages.success(request, _("The summary is published."))
    return redirect("publications:summary", slug=consultation.slug)


def _consultation(request: HttpRequest, slug: str) -> Consultation:
    require("consultations.draft_consultation", request.user)
    consultation = consultation_by_slug(request.user, slug)
    if consultation is None:
        raise Http404
    require("publications.write_summary", request.user, consultation)
    return consultation


def _draft(found: Summary | None) -> list[Any]:
    return statements_of(found, is_public=False) if found else []


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


def _seen(request: HttpRequest) -> int:
    return _number(request.POST.get("revision", ""))


def _page(
    request: HttpRequest,
    consultation: Consultation,
    found: Summary | None,
    forms: SummaryForms,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "consultation": consultation,
        "summary": found,
        "revision": found.revision if found else 0,
        "forms": forms,
        "uncited": uncited_by_draft(consultation, found, after=_number(request.POST.get("after", ""))),
        **more,
    }
    return render(request, "publications/summary_edit.html", context, status=status)


def _confirmation(
    request: HttpRequest, consultation: Consultation, found: Summary | None, *, status: int = 200, refusal: str = ""
) -> HttpResponse:
    draft = _draft(found)
    context = {
        "consultation": consultation,
        "summary": found,
        "revision": found.revision if found else 0,
        "statements": shown_statements(draft),
        "uncited": uncited_by_draft(consultation, found).count,
        "is_ready": bool(draft) and all(one.citations.all() for one in draft),
        "refusal": refusal,
    }
    return render(request, "publications/summary_publish.html", context, status=status)
