"""Drafting, editing and publishing a consultation."""

from collections.abc import Mapping
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
from apps.common.permissions import Sentence
from apps.consultations import actions, queries
from apps.consultations.engine.differences import differences
from apps.consultations.errors import AddressTaken, ChangedMeanwhile, NamesSettled, ReasonMissing
from apps.consultations.forms import ConsultationForm, NewConsultationForm, RevisionForm
from apps.consultations.models import Consultation
from apps.consultations.rules import why_not_approved
from apps.consultations.views.loading import the_consultation, the_official

UNFIT = 422
_WRITTEN = ("title", "lede", "body", "decision_note", "contact")


@signed_in
def consultation_create(request: HttpRequest) -> HttpResponse:
    """Make a draft, and go on to its page at the desk."""
    at, official = now(), the_official(request)
    form = NewConsultationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data.pop("key")
        text = actions.ConsultationText(**form.cleaned_data)
        try:
            made = actions.draft_consultation(text=text, key=key, by=official, at=at)
        except AddressTaken as taken:
            form.add_error("title", str(taken))
        else:
            messages.success(request, _("The draft is saved. Only its team sees it."))
            return redirect("consultations:consultation-edit", slug=made.slug)
    status = UNFIT if form.is_bound else 200
    return render(request, "consultations/consultation_create.html", {"form": form}, status=status)


@signed_in
def consultation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the texts; all that belongs to the consultation is reached from here."""
    at = now()
    official, consultation = the_consultation(request, slug)
    form = _revision_form(consultation, request.POST or None)
    try:
        if request.method == "POST" and form.is_valid() and _revised(request, consultation, form, official, at):
            return redirect("consultations:consultation-edit", slug=slug)
    except ChangedMeanwhile as changed:
        return _both_texts(request, slug, form, changed, at)
    return _edit_page(request, consultation, form, at, status=UNFIT if form.is_bound else 200)


def _revision_form(consultation: Consultation, data: Mapping[str, Any] | None) -> RevisionForm:
    return RevisionForm(
        data,
        initial=_texts(consultation),
        names_settled=consultation.has_received,
        is_published=consultation.is_published,
    )


def _edit_page(
    request: HttpRequest, consultation: Consultation, form: RevisionForm, at: datetime, **more: Any
) -> HttpResponse:
    phases = queries.phases_of(consultation)
    status = more.pop("status")
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
        "team": queries.team_of(consultation),
        "unapproved": _why_not_approved(consultation),
        "stages": queries.stages_of(consultation),
        **more,
    }
    return render(request, "consultations/consultation_edit.html", context, status=status)


def _why_not_approved(consultation: Consultation) -> Sentence | None:
    if consultation.is_published:
        return None
    return why_not_approved(
        consultation, state=queries.draft_state(consultation), latest=queries.latest_review(consultation)
    )


def _both_texts(
    request: HttpRequest, slug: str, form: RevisionForm, changed: ChangedMeanwhile, at: datetime
) -> HttpResponse:
    """Show what a colleague saved meanwhile beside what was typed, which stays in the form and can be saved next."""
    _official, standing = the_consultation(request, slug)
    typed = request.POST.copy()
    typed["revision"] = str(standing.revision)
    again = _revision_form(standing, typed)
    both = [
        queries.Compared(again.fields[name].label or name, differences(stored, form.cleaned_data[name]))
        for name in _WRITTEN
        if (stored := getattr(standing, name)) != form.cleaned_data[name]
    ]
    return _edit_page(request, standing, again, at, status=changed.status, changed=changed, both=both)


def _revised(
    request: HttpRequest, consultation: Consultation, form: RevisionForm, official: User, at: datetime
) -> bool:
    """Save what was typed and say so; a refusal goes to its field."""
    asked = dict(form.cleaned_data)
    what_changed, revision = asked.pop("what_changed", ""), asked.pop("revision")
    text = actions.ConsultationText(**asked)
    saving = {"consultation": consultation, "text": text, "what_changed": what_changed, "revision": revision}
    try:
        changed = actions.revise_consultation(**saving, by=official, at=at)
    except NamesSettled as settled:
        form.add_error("name_policy", str(settled))
        return False
    except ReasonMissing as missing:
        form.add_error("what_changed", str(missing))
        return False
    if changed:
        messages.success(request, _("Saved."))
    else:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
    return True


def _texts(consultation: Consultation) -> dict[str, Any]:
    return {name: getattr(consultation, name) for name in (*ConsultationForm.base_fields, "revision")}


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
    checklist = queries.checklist_of(consultation, at=at)
    context = {
        "consultation": consultation,
        "checklist": checklist,
        "may_edit": True,
        "missing": checklist[0].found,
        "unapproved": _why_not_approved(consultation),
        "topics": queries.topics_of(consultation),
        "deadline": deadline,
        "is_too_late": deadline is not None and deadline <= at,
        "refusal": refusal,
    }
    return render(request, "consultations/consultation_publish.html", context, status=UNFIT if refusal else 200)
