"""Drafting, editing and publishing a consultation."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.consultations import actions, queries
from apps.consultations.errors import AddressTaken, NamesSettled
from apps.consultations.forms import ConsultationForm
from apps.consultations.models import Consultation
from apps.consultations.views.loading import the_consultation, the_official

UNFIT = 422


@signed_in
def consultation_create(request: HttpRequest) -> HttpResponse:
    """Make a draft, and go on to its page at the desk."""
    at, official = now(), the_official(request)
    form = ConsultationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = actions.ConsultationText(**form.cleaned_data)
        try:
            made = actions.draft_consultation(text=text, by=official, at=at)
        except AddressTaken as taken:
            form.add_error("title", str(taken))
        else:
            messages.success(request, _("The draft is saved. Only officials see it."))
            return redirect("consultations:consultation-edit", slug=made.slug)
    status = UNFIT if form.is_bound else 200
    return render(request, "consultations/consultation_create.html", {"form": form}, status=status)


@signed_in
def consultation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the texts; all that belongs to the consultation is reached from here."""
    at = now()
    official, consultation = the_consultation(request, slug)
    form = ConsultationForm(request.POST or None, initial=_texts(consultation), names_settled=consultation.has_received)
    if request.method == "POST" and form.is_valid() and _revised(request, consultation, form, official, at):
        return redirect("consultations:consultation-edit", slug=slug)
    phases = queries.phases_of(consultation)
    context = {
        "form": form,
        "consultation": consultation,
        "missing": queries.missing_before_publishing(consultation, at=at),
        "standing": queries.standing_of(consultation, phases, at),
        "phases": phases,
        "topics": queries.topics_of(consultation),
        "facts": queries.facts_of(consultation),
        "documents": queries.documents_of(consultation),
        "meetings": queries.meetings_of(consultation),
    }
    status = UNFIT if form.is_bound else 200
    return render(request, "consultations/consultation_edit.html", context, status=status)


def _revised(
    request: HttpRequest, consultation: Consultation, form: ConsultationForm, official: User, at: datetime
) -> bool:
    """Save what was typed and say so; a refusal goes to its field."""
    text = actions.ConsultationText(**form.cleaned_data)
    try:
        changed = actions.revise_consultation(consultation=consultation, text=text, by=official, at=at)
    except NamesSettled as settled:
        form.add_error("name_policy", str(settled))
        return False
    if changed:
        messages.success(request, _("Saved."))
    else:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
    return True


def _texts(consultation: Consultation) -> dict[str, Any]:
    return {name: getattr(consultation, name) for name in ConsultationForm.base_fields}


@signed_in
def consultation_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask once more, with who can write and until when, then show the consultation to everyone."""
    at = now()
    official, consultation = the_consultation(request, slug)
    refusal = ""
    if request.method == "POST":
        try:
            actions.publish_consultation(consultation=consultation, by=official, at=at)
        except DomainError as in_the_way:
            refusal = str(in_the_way)
        else:
            messages.success(request, _("The hearing is published."))
            return redirect("portal:consultation", slug=slug)
    phases = queries.phases_of(consultation)
    deadline = queries.deadline_of(phases, at)
    context = {
        "consultation": consultation,
        "missing": queries.missing_before_publishing(consultation, at=at),
        "topics": queries.topics_of(consultation),
        "deadline": deadline,
        "is_too_late": deadline is not None and deadline <= at,
        "refusal": refusal,
    }
    return render(request, "consultations/consultation_publish.html", context, status=UNFIT if refusal else 200)
