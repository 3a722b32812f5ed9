"""The page on which an owner chooses who works on a consultation."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import may, require
from apps.consultations import actions, queries
from apps.consultations.engine.second_clicks import stands_already
from apps.consultations.forms import TeamMemberForm, TeamRoleForm
from apps.consultations.models import Consultation
from apps.consultations.views.loading import the_official

UNFIT = 422


@signed_in
def team(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who is in the team, and let owners take a colleague in."""
    at = now()
    worker, consultation = _the_team(request, slug)
    form = TeamMemberForm(request.POST or None, officials=queries.officials_outside(consultation))
    if form.is_bound:
        require("consultations.change_team", worker, consultation)
        if form.is_valid() and _added(form, consultation, worker, at):
            messages.success(request, _("Your colleague is in the team now, and is told by mail."))
            return redirect("consultations:team", slug=slug)
        if _is_taken_in(request, consultation):
            # A second click finds what the first one did.
            return redirect("consultations:team", slug=slug)
    return _page(request, consultation, form, status=UNFIT if form.is_bound else 200)


def _is_taken_in(request: HttpRequest, consultation: Consultation) -> bool:
    asked = {name: request.POST.get(name) for name in ("person", "role")}
    members = queries.team_of(consultation)
    return stands_already(asked, [{"person": member.person_id, "role": member.role} for member in members])


def _added(form: TeamMemberForm, consultation: Consultation, by: User, at: Any) -> bool:
    try:
        actions.add_member(consultation=consultation, by=by, at=at, **form.cleaned_data)
    except DomainError as refused:
        form.add_error("person", str(refused))
        return False
    return True


def _the_team(request: HttpRequest, slug: str) -> tuple[User, Consultation]:
    """Return who works here and on what; nobody else can feel for drafts."""
    found = queries.team_page_of(request.user, slug)
    if found is None:
        the_official(request)
        raise Http404
    require("consultations.see_team", request.user, found)
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    return request.user, found


def _page(request: HttpRequest, consultation: Consultation, form: TeamMemberForm, **more: Any) -> HttpResponse:
    may_change = may("consultations.change_team", request.user, consultation)
    members = [
        {"member": member, "form": TeamRoleForm(initial={"role": member.role}, auto_id=f"{member.pk}_%s")}
        for member in queries.team_of(consultation)
    ]
    status = more.pop("status")
    context = {
        "consultation": consultation,
        "form": form if may_change else None,
        "members": members,
        "may_change": may_change,
        "may_edit": may("consultations.edit_consultation", request.user, consultation),
        **more,
    }
    return render(request, "consultations/team.html", context, status=status)


@require_POST
@signed_in
def team_member(request: HttpRequest, slug: str, member_id: int) -> HttpResponse:
    """Give one member another role, or take them from the team."""
    at = now()
    worker, consultation = _the_team(request, slug)
    require("consultations.change_team", worker, consultation)
    member = queries.team_member(consultation, member_id)
    if member is None:
        messages.info(request, _("That colleague is not in the team any more."))
        return redirect("consultations:team", slug=slug)
    form = TeamRoleForm(request.POST)
    try:
        if "remove" in request.POST:
            actions.remove_member(member=member, by=worker, at=at)
            messages.success(request, _("Your colleague is no longer in the team."))
        elif form.is_valid():
            actions.change_member(member=member, role=form.cleaned_data["role"], by=worker, at=at)
            messages.success(request, _("The role is changed."))
    except DomainError as refused:
        asked = TeamMemberForm(officials=queries.officials_outside(consultation))
        return _page(request, consultation, asked, refusal=str(refused), status=refused.status)
    if queries.team_page_of(worker, slug) is None or not may("consultations.see_team", worker, consultation):
        return redirect("portal:desk")
    return redirect("consultations:team", slug=slug)
