"""Staff and their roles, for administrators. Addresses come by POST, so that none stands in a log.

An open session alone does not do to change a role: who does it gives their code or passkey once more.
"""

from datetime import datetime
from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from apps.accounts import queries
from apps.accounts.actions import end_role, grant_role, note_look_up_once_a_day
from apps.accounts.enums import LookUpReason, Role, RoleStatus
from apps.accounts.forms.people import AccountForm, RoleForm, StaffSearch
from apps.accounts.models import RoleAssignment, User
from apps.accounts.rules import as_administrator
from apps.common.access import signed_in
from apps.common.calendar import end_of_day, last_day_before, local, start_of_day
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.pagination import whole_number
from apps.common.permissions import require

UNFIT = 422
PAGE = 50
GRANT = "grant"


@signed_in
def person_list(request: HttpRequest) -> HttpResponse:
    """Show everybody with a staff role, by name. Words to look for are posted: an address would keep them."""
    at = now()
    _administrator(request)
    search = StaffSearch(request.POST or None)
    words = search.cleaned_data["words"] if search.is_bound and search.is_valid() else ""
    after = whole_number(request.GET.get("after"))
    found = list(queries.staff(words=words, after=after)[: PAGE + 1])
    people = found[:PAGE]
    has_more = len(found) > PAGE
    context = {
        "search": search,
        "words": words,
        "rows": _rows(people, at),
        "has_more": has_more,
        "older": f"?after={people[-1].pk}" if has_more and not words else "",
        "newer": reverse("accounts:person-list") if after else "",
    }
    return render(request, "accounts/person_list.html", context, status=UNFIT if search.errors else 200)


def _rows(people: list[User], at: datetime) -> list[dict[str, Any]]:
    with_factor = queries.with_second_factor([person.pk for person in people])
    return [
        {
            "person": person,
            "has_factor": person.pk in with_factor,
            "roles": [_role_row(assignment, at) for assignment in getattr(person, "standing", ())],
        }
        for person in people
    ]


def _role_row(assignment: RoleAssignment, at: datetime) -> dict[str, Any]:
    """Return an assignment as a page shows it, its end as the last day on which it is in force."""
    is_over = assignment.ends_at is not None and assignment.ends_at <= at
    return {
        "assignment": assignment,
        "is_planned": assignment.status == RoleStatus.PLANNED,
        "is_over": is_over or assignment.status == RoleStatus.ENDED,
        "last_day": last_day_before(assignment.ends_at) if assignment.ends_at else None,
    }


@sensitive_post_parameters("email")
@signed_in
def role_grant(request: HttpRequest) -> HttpResponse:
    """Look an account up by its address, and give its owner a role. The person can see that they were looked up."""
    at = now()
    administrator = _administrator(request)
    look_up = AccountForm(request.POST or None)
    person = _account(look_up) if request.method == "POST" else None
    if person is None:
        return _grant_page(request, look_up, status=UNFIT if look_up.is_bound else 200)
    refused = queries.why_not_give_role(administrator, person)
    if person != administrator:
        by = as_administrator(administrator)
        note_look_up_once_a_day(person=person, reason=LookUpReason.ROLE, by=by, at=at)
    if refused is not None:
        return _grant_page(request, look_up, person=person, refusal=refused, status=UNFIT)
    today = local(at).date()
    if GRANT not in request.POST:
        return _grant_page(request, look_up, person=person, form=RoleForm(initial={"email": person.email}, today=today))
    form = RoleForm(request.POST, today=today)
    if form.is_valid():
        raise_if_reauthentication_required(request, app="allauth.account")
    if form.is_valid() and _gave(form, person, administrator, at):
        messages.success(request, _told(form.cleaned_data["role"], person, form.cleaned_data["first_day"] > today))
        return redirect("accounts:person-list")
    held = queries.standing_role(person, request.POST.get("role", ""))
    return _grant_page(request, look_up, person=person, form=form, held=held, status=UNFIT)


def _account(form: AccountForm) -> User | None:
    """Return the account of the address, or put the sentence why there is none on the form."""
    if not form.is_valid():
        return None
    person = queries.account_by_email(form.cleaned_data["email"])
    if person is None:
        form.add_error(
            "email", _("No account has this address. Check the spelling, or let the person create an account first.")
        )
    return person


def _gave(form: RoleForm, person: User, by: User, at: datetime) -> bool:
    """Give the role of the form, or put the sentence why not on it."""
    asked = form.cleaned_data
    try:
        given = grant_role(
            person=person,
            role=asked["role"],
            department=asked["department"],
            title=asked["title"],
            starts_at=max(start_of_day(asked["first_day"]), at),
            ends_at=end_of_day(asked["last_day"]) if asked["last_day"] else None,
            by=by,
            at=at,
        )
    except DomainError as in_the_way:
        form.add_error(None, str(in_the_way))
        return False
    if not given:
        form.add_error("role", _("The person has this role already. End it first, to give it with other dates."))
    return given


def _told(role: Role, person: User, is_planned: bool) -> str:  # noqa: FBT001 - two sentences
    words = {"name": person.display_name, "role": role.label.lower()}
    if is_planned:
        return _("%(name)s will be %(role)s from that day on.") % words
    return _("%(name)s is %(role)s now, and logs in again with a second step.") % words


def _grant_page(request: HttpRequest, look_up: AccountForm, *, status: int = 200, **context: object) -> HttpResponse:
    return render(request, "accounts/role_grant.html", context | {"look_up": look_up}, status=status)


@signed_in
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then end a role or take back one that has not begun."""
    at = now()
    administrator = _administrator(request)
    assignment = queries.assignment_by_id(pk)
    if assignment is None:
        raise Http404
    require("accounts.grant_role", administrator, assignment.person)
    if request.method != "POST":
        context = {"item": _role_row(assignment, at), "person": assignment.person}
        return render(request, "accounts/role_end.html", context)
    raise_if_reauthentication_required(request, app="allauth.account")
    was_planned = assignment.status == RoleStatus.PLANNED
    words = {"name": assignment.person.display_name, "role": Role(assignment.role).label.lower()}
    if not end_role(assignment=assignment, by=administrator, at=at):
        messages.info(request, _("%(name)s was no longer %(role)s already.") % words)
    elif was_planned:
        messages.success(request, _("%(name)s will not be %(role)s.") % words)
    else:
        messages.success(request, _("%(name)s is no longer %(role)s, and is logged out everywhere.") % words)
    return redirect("accounts:person-list")


def _administrator(request: HttpRequest) -> User:
    """Return who works here; raises NotAllowed for anyone but administrators."""
    require("accounts.grant_role", request.user)
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    return request.user
