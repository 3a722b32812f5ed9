"""The town-hall desk, where officials verify residents. Addresses come by POST, so that none stands in a log."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.queries import account_by_email
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import require
from apps.residency.actions import grant_residency
from apps.residency.forms import GrantForm, LookUpForm
from apps.residency.queries import recent_residencies, why_not_now

UNFIT = 422
GRANT = "grant"


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """Look an account up by its address and, with the proof seen, give it the badge."""
    at = now()
    require("residency.open_desk", request.user)
    look_up = LookUpForm(request.POST or None)
    person = _account(look_up) if request.method == "POST" else None
    if person is None:
        return _page(request, look_up, status=UNFIT if look_up.is_bound else 200)
    refused = why_not_now(request.user, person, at=at)
    if refused is not None:
        return _page(request, look_up, person=person, refusal=refused, status=UNFIT)
    if GRANT not in request.POST:
        return _page(request, look_up, person=person, form=GrantForm(initial={"email": person.email}))
    form = GrantForm(request.POST)
    if form.is_valid():
        assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
        try:
            grant_residency(person=person, district=form.cleaned_data["district"], by=request.user, at=at)
        except DomainError as in_the_way:
            form.add_error(None, str(in_the_way))
        else:
            messages.success(request, _("%(name)s is now a verified resident.") % {"name": person.display_name})
            return redirect("residency:desk")
    return _page(request, look_up, person=person, form=form, status=UNFIT)


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


def _page(request: HttpRequest, look_up: LookUpForm, *, status: int = 200, **context: object) -> HttpResponse:
    context |= {"look_up": look_up, "recent": recent_residencies().rows}
    return render(request, "residency/desk.html", context, status=status)
