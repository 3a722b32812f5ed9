"""Noting whom of the staff a text is about, and naming the deputy of the moderators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.accounts.queries import staff
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import require
from apps.moderation.actions import end_deputy, name_deputy, note_conflict
from apps.moderation.forms import StaffForm
from apps.moderation.queries import the_deputy
from apps.moderation.rules import staff_in_question
from apps.moderation.views.desk import come_in, item_at
from apps.municipality.queries import name_in_office

UNFIT = 422
MOST_STAFF = 500


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def conflict_note(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """Note whom of the staff a text is about, or that it is nobody."""
    desk = come_in(request, at=now())
    contribution = item_at(contribution_id)
    people = _staff()
    known = {"person": staff_in_question(contribution)}
    form = StaffForm(request.POST if request.method == "POST" else None, people=_named(people), initial=known)
    if request.method != "POST":
        require("moderation.decide_contribution", desk.viewer, contribution)
    elif form.is_valid():
        chosen = next((person for person in people if person.pk == form.cleaned_data["person"]), None)
        try:
            note_conflict(contribution=contribution, person=chosen, by=desk.viewer, at=desk.at)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is noted. Whoever the text is about does not decide on it."))
            return redirect(desk.item_url(contribution_id))
    context = {"now": desk.at, "desk": desk, "contribution": contribution, "form": form}
    return render(request, "moderation/conflict_note.html", context, status=UNFIT if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def deputy_name(request: HttpRequest) -> HttpResponse:
    """Show who is deputy of the moderators, and let an administrator name somebody else, or nobody."""
    at = now()
    require("moderation.name_deputy", request.user)
    assert isinstance(request.user, User)  # noqa: S101 - only they have the role
    people, deputy = _staff(), the_deputy()
    known = {"person": deputy.person_id if deputy else None}
    form = StaffForm(request.POST if request.method == "POST" else None, people=_named(people), initial=known)
    if request.method == "POST" and form.is_valid():
        chosen = next((person for person in people if person.pk == form.cleaned_data["person"]), None)
        try:
            if chosen:
                name_deputy(person=chosen, by=request.user, at=at)
            else:
                end_deputy(by=request.user, at=at)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is saved."))
            return redirect("moderation:deputy-name")
    context = {"now": at, "deputy": deputy, "form": form}
    return render(request, "moderation/deputy_name.html", context, status=UNFIT if form.is_bound else 200)


def _staff() -> list[User]:
    return list(staff()[:MOST_STAFF])


def _named(people: list[User]) -> list[tuple[int, str]]:
    return [(person.pk, name_in_office(person)) for person in people]
