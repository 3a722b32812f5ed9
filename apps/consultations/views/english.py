"""The page on which the English version of a consultation is written, beside its Danish texts."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.consultations import actions, queries
from apps.consultations.engine.differences import differences
from apps.consultations.enums import ConsultationKind
from apps.consultations.errors import ChangedMeanwhile
from apps.consultations.forms import EnglishForm
from apps.consultations.models import Consultation
from apps.consultations.views.loading import the_consultation

UNFIT = 422


@signed_in
def english_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every text in Danish with its English version, and save what was typed."""
    at = now()
    official, consultation = the_consultation(request, slug)
    form = _form(consultation, request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            return _saved(request, consultation, form, official, at)
        except ChangedMeanwhile as changed:
            return _both_texts(request, slug, form, changed)
    return _page(request, consultation, form, status=UNFIT if form.is_bound else 200)


def _form(consultation: Consultation, data: Any = None) -> EnglishForm:
    return EnglishForm(
        data,
        places=queries.english_places(consultation),
        stored=queries.english_texts(consultation),
        revision=consultation.english_revision,
    )


def _saved(
    request: HttpRequest, consultation: Consultation, form: EnglishForm, official: User, at: datetime
) -> HttpResponse:
    changed = actions.translate_consultation(
        consultation=consultation,
        texts=form.texts(),
        still_right=form.still_right(),
        revision=form.cleaned_data["revision"] or 0,
        by=official,
        at=at,
    )
    if changed:
        messages.success(request, _("The English version is saved."))
    else:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
    return redirect("consultations:english-edit", slug=consultation.slug)


def _both_texts(request: HttpRequest, slug: str, form: EnglishForm, changed: ChangedMeanwhile) -> HttpResponse:
    """Show what a colleague saved meanwhile beside what was typed, which stays in the form and can be saved next."""
    _official, standing = the_consultation(request, slug)
    typed = request.POST.copy()
    typed["revision"] = str(standing.english_revision)
    stored = {place: row.text for place, row in queries.english_texts(standing).items()}
    written = form.texts()
    both = [
        queries.Compared(form.fields[place.name].label or place.name, differences(saved, written[place.name]))
        for place in form.places
        for saved in [stored.get(place.name, "")]
        if saved != written[place.name]
    ]
    return _page(request, standing, _form(standing, typed), status=changed.status, changed=changed, both=both)


def _page(request: HttpRequest, consultation: Consultation, form: EnglishForm, **more: Any) -> HttpResponse:
    status = more.pop("status")
    desk = "news-edit" if consultation.kind == ConsultationKind.NEWS else "consultation-edit"
    rows = form.rows()
    context = {
        "consultation": consultation,
        "form": form,
        "rows": rows,
        "back": reverse(f"consultations:{desk}", kwargs={"slug": consultation.slug}),
        "missing": sum(not row["field"].initial for row in rows),
        "older": len(form.older),
        **more,
    }
    return render(request, "consultations/english_edit.html", context, status=status)
