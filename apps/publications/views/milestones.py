"""What was promised: the page that everyone reads, and how officials promise and tell what becomes of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.permissions import may
from apps.consultations.queries import consultation_by_slug
from apps.publications.actions.milestones import add_milestone, change_milestone
from apps.publications.errors.decisions import DecisionChangedMeanwhile, UnfitDecision
from apps.publications.forms.milestones import MilestoneChangeForm, MilestoneForm, milestone_as_typed
from apps.publications.queries.milestones import milestone_at, owners_to_choose, promises_of
from apps.publications.views.deciding import UNFIT, again, both, the_case


@require_safe
def follow_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was promised, what became of it, and what is overdue."""
    at = now()
    consultation = consultation_by_slug(request.user, slug)
    if consultation is None:
        raise Http404
    promises = promises_of(consultation, at=at)
    may_write = may("publications.write_decision", request.user, consultation)
    if not promises and not may_write:
        raise Http404
    context = {"consultation": consultation, "promises": promises, "may_write": may_write}
    return render(request, "publications/follow_up.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def milestone_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Promise something to everyone."""
    official, consultation = the_case(request, slug)
    owners = owners_to_choose(consultation)
    form = MilestoneForm(request.POST or None, owners=owners, initial={"owner": str(official.pk)})
    if form.is_bound and form.is_valid():
        try:
            add_milestone(
                consultation=consultation, text=form.said(), key=form.cleaned_data["key"], by=official, at=now()
            )
        except UnfitDecision as unfit:
            form.add_error(unfit.field, str(unfit))
        else:
            messages.success(request, _("The promise is public. Those who follow the hearing are told."))
            return redirect("publications:follow-up", slug=slug)
    context = {"consultation": consultation, "form": form}
    return render(request, "publications/milestone_edit.html", context, status=UNFIT if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def milestone_edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Tell what becomes of a promise. Of two who save at once the second sees both texts."""
    official, consultation = the_case(request, slug)
    found = milestone_at(consultation, number)
    if found is None:
        raise Http404
    owners = owners_to_choose(consultation)
    form = MilestoneChangeForm(request.POST or None, owners=owners, initial=milestone_as_typed(found))
    context: dict[str, Any] = {"consultation": consultation, "milestone": found, "form": form}
    status = UNFIT if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            changed = change_milestone(
                milestone=found,
                text=form.said(),
                sentence=form.cleaned_data["sentence"],
                seen=form.seen,
                by=official,
                at=now(),
            )
        except DecisionChangedMeanwhile as meanwhile:
            saved = milestone_at(consultation, number) or found
            kept = again(request, MilestoneChangeForm, saved.revision, owners=owners)
            context |= {"meanwhile": meanwhile, "both": both(form, milestone_as_typed(saved)), "form": kept}
            status = meanwhile.status
        except UnfitDecision as unfit:
            form.add_error(unfit.field, str(unfit))
        else:
            told = _("It is told. Those who follow the hearing get it by mail.")
            messages.success(request, told if changed else _("Nothing was changed, so nothing was told."))
            return redirect("publications:follow-up", slug=slug)
    return render(request, "publications/milestone_edit.html", context, status=status)
