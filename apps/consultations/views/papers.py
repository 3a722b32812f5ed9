"""Announcing meetings."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.common.access import signed_in
from apps.common.calendar import zone
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.consultations import actions
from apps.consultations.forms import MeetingForm
from apps.consultations.views.loading import the_consultation

UNFIT = 422


@signed_in
def meeting_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Announce a public meeting."""
    at = now()
    official, consultation = the_consultation(request, slug)
    form = MeetingForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.add_meeting(consultation=consultation, by=official, at=at, **_meeting(form.cleaned_data))
        except DomainError as unfit:
            form.add_error("ends", str(unfit))
        else:
            messages.success(request, _("The meeting is announced."))
            return redirect("consultations:consultation-edit", slug=slug)
    context = {"consultation": consultation, "form": form}
    return render(request, "consultations/meeting_add.html", context, status=UNFIT if form.is_bound else 200)


def _meeting(typed: dict[str, Any]) -> dict[str, Any]:
    day = typed["day"]
    return {
        "title": typed["title"],
        "place": typed["place"],
        "note": typed["note"],
        "starts_at": datetime.combine(day, typed["starts"], tzinfo=zone()),
        "ends_at": datetime.combine(day, typed["ends"], tzinfo=zone()),
    }
