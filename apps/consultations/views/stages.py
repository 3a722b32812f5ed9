"""What becomes of a hearing after people were heard, and its end before its time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.consultations import actions, queries
from apps.consultations.errors import ReasonMissing
from apps.consultations.forms import CancelForm, StageForm
from apps.consultations.rules import next_steps, why_not_cancel
from apps.consultations.views.loading import the_consultation

UNFIT = 422


@signed_in
def stage_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the hearing go on to its next step, with what everyone reads about it."""
    at = now()
    official, consultation = the_consultation(request, slug)
    form = StageForm(request.POST or None, consultation=consultation)
    if form.is_bound and form.is_valid():
        try:
            actions.reach_stage(consultation=consultation, by=official, at=at, **form.cleaned_data)
        except DomainError as refused:
            form.add_error("sentence" if isinstance(refused, ReasonMissing) else "to", str(refused))
        else:
            messages.success(request, _("Everyone sees on the hearing's page how it goes on."))
            return redirect("consultations:consultation-edit", slug=slug)
    context = {
        "consultation": consultation,
        "form": form,
        "standing": queries.standing_of(consultation, queries.phases_of(consultation), at),
        "stages": queries.stages_of(consultation),
        "has_steps": bool(next_steps(consultation)),
        "why_not_cancel": why_not_cancel(consultation),
    }
    return render(request, "consultations/stage_edit.html", context, status=UNFIT if form.is_bound else 200)


@signed_in
def consultation_cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask once more and for the reason, then end the hearing for good."""
    official, consultation = the_consultation(request, slug)
    form = CancelForm(request.POST or None, is_draft=not consultation.is_published)
    if form.is_bound and form.is_valid():
        try:
            actions.cancel_consultation(consultation=consultation, by=official, at=now(), **form.cleaned_data)
        except DomainError as refused:
            form.add_error("reason", str(refused))
        else:
            messages.success(request, _("The hearing is cancelled. Those who follow it are told."))
            return redirect("consultations:consultation-edit", slug=slug)
    context = {"consultation": consultation, "form": form, "why_not_cancel": why_not_cancel(consultation)}
    return render(request, "consultations/consultation_cancel.html", context, status=UNFIT if form.is_bound else 200)
