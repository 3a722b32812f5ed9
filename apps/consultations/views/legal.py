"""The law by which a hearing is held, and the extension of its deadline."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.common.access import signed_in
from apps.common.calendar import last_day_before
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.richtext import one_line
from apps.consultations import actions, queries
from apps.consultations.engine.second_clicks import stands_already
from apps.consultations.errors import ChangedMeanwhile
from apps.consultations.forms import ExtensionForm, LegalTermsForm
from apps.consultations.models import Consultation
from apps.consultations.views.loading import the_consultation
from apps.consultations.views.meanwhile import both_texts, clash, seen_by, seen_in

UNFIT = 422


@signed_in
def legal_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the legal basis and what goes with it; what publishing settles can be read and not changed."""
    at = now()
    official, consultation = the_consultation(request, slug)
    form = LegalTermsForm(
        request.POST or None,
        initial=_terms(consultation),
        chosen=consultation.legal_basis,
        is_settled=consultation.is_published,
    )
    more: dict[str, Any] = {"status": UNFIT if form.is_bound else 200}
    if form.is_bound and form.is_valid():
        terms = actions.LegalTerms(**form.cleaned_data)
        try:
            actions.save_over(
                consultation=consultation,
                seen=seen_by(request),
                stored=lambda: _terms(the_consultation(request, slug)[1]),
                save=lambda: actions.set_legal_terms(consultation=consultation, terms=terms, by=official, at=at),
            )
        except ChangedMeanwhile as changed:
            stored = _terms(the_consultation(request, slug)[1])
            more = clash(changed, stored, both_texts(form, stored))
        except DomainError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("consultations:consultation-edit", slug=slug)
    return _legal_page(request, slug, form, at, **more)


def _legal_page(request: HttpRequest, slug: str, form: LegalTermsForm, at: datetime, **more: Any) -> HttpResponse:
    _official, standing = the_consultation(request, slug)
    status = more.pop("status")
    context = {
        "form": form,
        "consultation": standing,
        "period": queries.period_of(standing, queries.phases_of(standing), at=at),
        "seen": seen_in(request, _terms(standing)),
        **more,
    }
    return render(request, "consultations/legal_edit.html", context, status=status)


def _terms(consultation: Consultation) -> dict[str, Any]:
    names = ("shorter_because", "plandata_number", "plandata_published_on", "journal_number", "takes_late")
    return {name: getattr(consultation, name) for name in names} | {"legal_basis": consultation.legal_basis_id or ""}


@signed_in
def deadline_extend(request: HttpRequest, slug: str) -> HttpResponse:
    """Let people write for longer, with a cause that everyone reads."""
    at = now()
    official, consultation = the_consultation(request, slug)
    phases = queries.phases_of(consultation)
    form = ExtensionForm(request.POST or None, phases=queries.deadlines_to_come(phases, at), at=at)
    if form.is_bound and form.is_valid():
        try:
            actions.extend_deadline(consultation=consultation, by=official, at=at, **form.cleaned_data)
        except DomainError as refused:
            form.add_error("last_day", str(refused))
        else:
            messages.success(request, _("The deadline is extended. Those who follow the hearing are told."))
            return redirect("portal:consultation", slug=slug)
    if form.is_bound and _is_extended(request, consultation):
        # A second click finds what the first one did.
        return redirect("portal:consultation", slug=slug)
    context = {
        "form": form,
        "consultation": consultation,
        "deadline": queries.deadline_of(phases, at),
        "changes": queries.deadline_changes_of(consultation),
    }
    return render(request, "consultations/deadline_extend.html", context, status=UNFIT if form.is_bound else 200)


def _is_extended(request: HttpRequest, consultation: Consultation) -> bool:
    """Tell whether the deadline was extended to just this day, from just this deadline and with just this cause."""
    asked = {"last_day": request.POST.get("last_day"), "cause": one_line(request.POST.get("cause", ""))}
    if "deadline" in request.POST:  # the form names it where there is more than one
        asked["deadline"] = request.POST["deadline"]
    moved = queries.deadline_changes_of(consultation)
    return stands_already(
        asked, [{"last_day": last_day_before(one.new), "cause": one.cause, "deadline": one.old} for one in moved]
    )
