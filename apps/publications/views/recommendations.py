"""The way of a case to its decision: its page, the officials' overview, and the administration's recommendation."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import may
from apps.consultations.models import Consultation
from apps.consultations.queries import consultation_by_slug, phases_of, standing_of
from apps.publications.actions.recommendations import draft_recommendation, publish_recommendation
from apps.publications.errors.decisions import DecisionChangedMeanwhile, UnfitDecision
from apps.publications.forms.decisions import NoteForm, RecommendationForm
from apps.publications.models.decisions import Recommendation
from apps.publications.queries.decisions import (
    case_meetings_of,
    decision_of,
    meeting_versions,
    recommendation_of,
    recommendation_versions,
)
from apps.publications.queries.milestones import promises_of
from apps.publications.queries.notices import progress_of
from apps.publications.views.deciding import UNFIT, again, both, the_case


@require_safe
def decision(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was recommended and decided; before anything is published the page is there for its writers alone."""
    consultation, may_write = _seen(request, slug)
    context = {"consultation": consultation, "decision": decision_of(consultation), "may_write": may_write}
    if not context["decision"] and not may_write:
        raise Http404
    return render(request, "publications/decision.html", context)


@require_safe
def decision_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show everything that was published of it, newest first, with what was corrected."""
    consultation, _may_write = _seen(request, slug)
    context = {
        "consultation": consultation,
        "recommendations": recommendation_versions(consultation),
        "meetings": meeting_versions(consultation),
    }
    if not context["recommendations"] and not context["meetings"]:
        raise Http404
    return render(request, "publications/decision_versions.html", context)


def _seen(request: HttpRequest, slug: str) -> tuple[Consultation, bool]:
    consultation = consultation_by_slug(request.user, slug)
    if consultation is None:
        raise Http404
    return consultation, may("publications.write_decision", request.user, consultation)


@require_safe
@signed_in
def decision_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how far the case is, and what there is to do next."""
    at = now()
    _official, consultation = the_case(request, slug)
    found = decision_of(consultation)
    context = {
        "consultation": consultation,
        "progress": progress_of(found.end) if found.end else None,
        "standing": standing_of(consultation, phases_of(consultation), at),
        "recommendation": recommendation_of(consultation),
        "meetings": case_meetings_of(consultation),
        "decision": found,
        "promises": promises_of(consultation, at=at),
        "now": at,
    }
    return render(request, "publications/decision_desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def recommendation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the recommendation. Of two who save at once the second sees both texts."""
    official, consultation = the_case(request, slug)
    found = recommendation_of(consultation)
    initial = {"text": found.text if found else "", "revision": found.revision if found else 0}
    form = RecommendationForm(request.POST or None, initial=initial)
    context: dict[str, Any] = {"consultation": consultation, "form": form, "recommendation": found}
    status = UNFIT if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            draft_recommendation(
                consultation=consultation, text=form.cleaned_data["text"], seen=form.seen, by=official, at=now()
            )
        except DecisionChangedMeanwhile as meanwhile:
            saved = recommendation_of(consultation)
            context |= _both(request, form, saved, meanwhile)
            status = meanwhile.status
        except DomainError as refused:
            form.add_error("text", str(refused))
        else:
            return _saved(request, slug)
    return render(request, "publications/recommendation_edit.html", context, status=status)


def _both(
    request: HttpRequest, form: RecommendationForm, saved: Recommendation | None, meanwhile: DecisionChangedMeanwhile
) -> dict[str, Any]:
    stored = {"text": saved.text if saved else ""}
    kept = again(request, RecommendationForm, saved.revision if saved else 0)
    return {"meanwhile": meanwhile, "both": both(form, stored), "form": kept}


def _saved(request: HttpRequest, slug: str) -> HttpResponse:
    if request.POST.get("action") == "publish":
        return redirect("publications:recommendation-publish", slug=slug)
    messages.success(request, _("It is saved. Only the team sees it."))
    return redirect("publications:decision-desk", slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def recommendation_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the recommendation as everyone will read it, and publish it."""
    at = now()
    official, consultation = the_case(request, slug)
    found = recommendation_of(consultation)
    if found is None:
        return redirect("publications:recommendation-edit", slug=slug)
    form = NoteForm(request.POST or None, initial={"revision": found.revision})
    status = UNFIT if form.is_bound else 200
    refusal = ""
    if form.is_bound and form.is_valid():
        try:
            publish_recommendation(
                recommendation=found, seen=form.seen, note=form.cleaned_data["note"], by=official, at=at
            )
        except UnfitDecision as unfit:
            if unfit.field == "note":
                form.add_error("note", str(unfit))
            refusal = str(unfit) if unfit.field != "note" else ""
        except DecisionChangedMeanwhile as meanwhile:
            refusal, status = str(meanwhile), meanwhile.status
            form = NoteForm(initial={"revision": found.revision, "note": form.cleaned_data["note"]})
        else:
            messages.success(request, _("The recommendation is published."))
            return redirect("publications:decision", slug=slug)
    shown = decision_of(consultation).recommendation
    is_shown = shown is not None and shown.text == found.text
    context = {
        "consultation": consultation,
        "form": form,
        "recommendation": found,
        "refusal": refusal,
        "is_shown": is_shown,
    }
    return render(request, "publications/recommendation_publish.html", context, status=status)
