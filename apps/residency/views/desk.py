"""The town-hall desk, where officials verify residents. What names a person comes by POST, so that no log holds it.

Signed-in pages are kept by no cache (`civic_forum.middleware`); an identity number goes in and never comes out again.
"""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from apps.accounts.actions import note_look_up, note_look_up_once_a_day
from apps.accounts.enums import LookUpReason
from apps.accounts.models import User
from apps.accounts.queries import account_by_email
from apps.accounts.rules import as_official
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.pagination import whole_number
from apps.common.permissions import may, require
from apps.residency.actions import ShownAtDesk, grant_residency
from apps.residency.enums import ResidencyStatus
from apps.residency.errors import PersonHasResidency
from apps.residency.forms import GrantForm, LookUpForm, grant_form_for
from apps.residency.queries import (
    latest_letter,
    recent_residencies,
    residencies_of,
    visible_waiting,
    why_not_now,
)

UNFIT = 422
GRANT = "grant"


@sensitive_post_parameters("identity_number", "name", "address")
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """Look an account up by its address and, with the proof seen, give it the badge."""
    at = now()
    require("residency.open_desk", request.user)
    look_up = LookUpForm(request.POST or None)
    person = _account(look_up) if request.method == "POST" else None
    if person is None:
        return _page(request, look_up, status=UNFIT if look_up.is_bound else 200)
    note = note_look_up_once_a_day if GRANT in request.POST else note_look_up
    note(person=person, reason=LookUpReason.DESK, by=as_official(_official(request)), at=at)
    refused = why_not_now(request.user, person, at=at)
    if GRANT not in request.POST:
        form = None if refused else grant_form_for(person)
        return _page(request, look_up, at=at, person=person, form=form, refusal=refused)
    if refused is not None:
        return _page(request, look_up, at=at, person=person, refusal=refused, status=UNFIT)
    form = GrantForm(request.POST)
    granted = _granted(request, form, person, at)
    return granted or _page(request, look_up, at=at, person=person, form=form, status=UNFIT)


@sensitive_variables()
def _granted(request: HttpRequest, form: GrantForm, person: User, at: datetime) -> HttpResponse | None:
    """Grant what the form asks for and lead on, or put the sentence why not on the form."""
    if not form.is_valid():
        return None
    typed, by = form.cleaned_data, _official(request)
    shown = ShownAtDesk(
        document=typed["document"],
        name=typed["name"],
        address=typed["address"],
        identity_number=typed.get("identity_number", ""),
        is_protected=typed["is_protected"],
    )
    try:
        residency = grant_residency(
            person=person, district=typed.get("district"), by=by, at=at, shown=shown, moves=form.moves
        )
    except DomainError as in_the_way:
        form.add_error(None, str(in_the_way))
        form.offers_move = isinstance(in_the_way, PersonHasResidency)
        return None
    if residency.status == ResidencyStatus.PROPOSED:
        messages.info(request, _("Somebody of this name at this address is a resident already. A colleague decides."))
    else:
        messages.success(request, _("%(name)s is now a verified resident.") % {"name": person.display_name})
    return redirect("residency:desk")


def _account(form: LookUpForm) -> User | None:
    """Return the account of the address, or put the sentence why there is none on the form."""
    if not form.is_valid():
        return None
    person = account_by_email(form.cleaned_data["email"])
    if person is None:
        form.add_error(
            "email", _("No account has this address. Check the spelling, or let the person create an account first.")
        )
    return person


def _page(request: HttpRequest, look_up: LookUpForm, *, status: int = 200, **context: Any) -> HttpResponse:
    person = context.get("person")
    if person is not None:
        context |= _facts(request, person)
    else:
        context["recent"] = recent_residencies(before=whole_number(request.GET.get("before")))
    context |= {"look_up": look_up, "waiting": visible_waiting(request.user).count()}
    return render(request, "residency/desk.html", context, status=status)


def _facts(request: HttpRequest, person: User) -> dict[str, Any]:
    """Return what the desk sees of somebody: what they have here and had, and no address but the one they log in by."""
    residencies = residencies_of(person)
    current = next((row for row in residencies if row.status != ResidencyStatus.ENDED), None)
    return {
        "residencies": residencies,
        "revocable": current if current and may("residency.revoke_residency", request.user, current) else None,
        "letter": latest_letter(person),
    }


def _official(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    return request.user
