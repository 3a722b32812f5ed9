"""Meetings of committee and council that treat a case: noting them, saying what came of them, publishing that."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.consultations.models import Consultation
from apps.consultations.queries import DANISH, words_in
from apps.publications.actions.case_meetings import (
    add_case_meeting,
    publish_case_meeting,
    remove_case_meeting,
    save_case_meeting,
)
from apps.publications.errors.decisions import DecisionChangedMeanwhile, UnfitDecision
from apps.publications.forms.decisions import CaseMeetingForm, NoteForm, meeting_as_typed
from apps.publications.models.decisions import CaseMeeting
from apps.publications.queries.decisions import case_meeting_at, is_same_meeting, published_meeting
from apps.publications.rules.decisions import GUIDANCE, default_last_day, needs_note
from apps.publications.views.deciding import UNFIT, again, both, the_case, the_case_meeting


def _begun(consultation: Consultation) -> dict[str, Any]:
    """Return what the form of a new meeting begins with: the guidance and the last day that the law gives."""
    last = default_last_day(consultation, at=now())
    return {"complain_until": last, "guidance": words_in(DANISH, GUIDANCE) if last else "", "held_by": "council"}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def case_meeting_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Note a meeting at which the case is treated."""
    official, consultation = the_case(request, slug)
    form = CaseMeetingForm(request.POST or None, initial=_begun(consultation))
    if form.is_bound and form.is_valid():
        try:
            made = add_case_meeting(
                consultation=consultation, text=form.text(), key=form.cleaned_data["key"], by=official, at=now()
            )
        except UnfitDecision as unfit:
            form.add_error(unfit.field, str(unfit))
        else:
            return _saved(request, made)
    context = {"consultation": consultation, "form": form}
    return render(request, "publications/case_meeting_edit.html", context, status=UNFIT if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def case_meeting_edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Write what came of a meeting. What is published stays as it is until this is published, too."""
    official, meeting = the_case_meeting(request, slug, number)
    form = CaseMeetingForm(request.POST or None, initial=meeting_as_typed(meeting))
    context: dict[str, Any] = {"consultation": meeting.consultation, "meeting": meeting, "form": form}
    status = UNFIT if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            save_case_meeting(meeting=meeting, text=form.text(), seen=form.seen, by=official, at=now())
        except DecisionChangedMeanwhile as meanwhile:
            saved = case_meeting_at(meeting.consultation, number) or meeting
            kept = again(request, CaseMeetingForm, saved.revision)
            context |= {"meanwhile": meanwhile, "both": both(form, meeting_as_typed(saved)), "form": kept}
            status = meanwhile.status
        except UnfitDecision as unfit:
            form.add_error(unfit.field, str(unfit))
        else:
            return _saved(request, meeting)
    return render(request, "publications/case_meeting_edit.html", context, status=status)


def _saved(request: HttpRequest, meeting: CaseMeeting) -> HttpResponse:
    slug = meeting.consultation.slug
    if request.POST.get("action") == "publish":
        return redirect("publications:case-meeting-publish", slug=slug, number=meeting.number)
    messages.success(request, _("It is saved. Only the team sees it."))
    return redirect("publications:decision-desk", slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def case_meeting_publish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the meeting as everyone will read it, and publish it: an outcome that ends the case takes the hearing on."""
    official, meeting = the_case_meeting(request, slug, number)
    form = NoteForm(request.POST or None, initial={"revision": meeting.revision})
    status, refusal = (UNFIT if form.is_bound else 200), ""
    if form.is_bound and form.is_valid():
        try:
            publish_case_meeting(meeting=meeting, seen=form.seen, note=form.cleaned_data["note"], by=official, at=now())
        except DomainError as refused:
            status = refused.status
            if getattr(refused, "field", None) == "note":
                form.add_error("note", str(refused))
            else:
                refusal = str(refused)
                form = NoteForm(initial={"revision": meeting.revision, "note": form.cleaned_data["note"]})
        else:
            messages.success(request, _("It is published, and stands on the page of the decision."))
            return redirect("publications:decision-desk", slug=slug)
    shown = published_meeting(meeting)
    context = {
        "consultation": meeting.consultation,
        "meeting": meeting,
        "form": form,
        "refusal": refusal,
        "is_shown": shown is not None and is_same_meeting(meeting, shown),
        "has_ended": shown is not None and shown.has_ended,
        "needs_note": needs_note(meeting, shown),
    }
    return render(request, "publications/case_meeting_publish.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def case_meeting_remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask once more, then take away a meeting that was never published."""
    official, meeting = the_case_meeting(request, slug, number)
    refusal = ""
    if request.method == "POST":
        try:
            remove_case_meeting(meeting=meeting, by=official, at=now())
        except UnfitDecision as unfit:
            refusal = str(unfit)
        else:
            messages.success(request, _("The meeting is taken away. Nobody but the team had seen it."))
            return redirect("publications:decision-desk", slug=slug)
    context = {"consultation": meeting.consultation, "meeting": meeting, "refusal": refusal}
    return render(request, "publications/case_meeting_remove.html", context, status=UNFIT if refusal else 200)
