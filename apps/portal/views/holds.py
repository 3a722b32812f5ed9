"""Legal holds on people and contributions, for administrators. They see no text, and addresses come by POST."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from apps.accounts.actions import lift_hold, note_look_up_once_a_day, place_hold
from apps.accounts.enums import HeldSubject, LookUpReason
from apps.accounts.models import User
from apps.accounts.queries import account_by_email, hold_by_id, standing_holds
from apps.accounts.rules import as_administrator
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.pagination import whole_number
from apps.common.permissions import require
from apps.consultations.queries import visible_consultations
from apps.discussions.actions import hold_contribution
from apps.discussions.queries.places import contribution_id
from apps.portal.forms import ContributionHoldForm, PersonHoldForm, PersonLookUpForm
from apps.portal.queries.holds import held_things

UNFIT = 422
PAGE = 50
PLACE = "place"


@require_safe
@signed_in
def hold_list(request: HttpRequest) -> HttpResponse:
    """Show the holds that nobody has lifted, the one to be reviewed first on top."""
    at = now()
    _administrator(request)
    after = whole_number(request.GET.get("after"))
    found = list(standing_holds(after=after)[: PAGE + 1])
    context = {
        "items": held_things(found[:PAGE], at=at),
        "older": f"?after={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        "newer": reverse("portal:hold-list") if after else "",
    }
    return render(request, "portal/hold_list.html", context)


@sensitive_post_parameters("email")
@signed_in
def person_hold(request: HttpRequest) -> HttpResponse:
    """Look an account up by its address, and place a hold on it. The owner can see that they were looked up."""
    at = now()
    administrator = _administrator(request)
    look_up = PersonLookUpForm(request.POST or None)
    person = _account(look_up) if request.method == "POST" else None
    if person is None:
        return _person_page(request, look_up, status=UNFIT if look_up.is_bound else 200)
    by = as_administrator(administrator)
    note_look_up_once_a_day(person=person, reason=LookUpReason.HOLD, by=by, at=at)
    if PLACE not in request.POST:
        form = PersonHoldForm(initial={"email": person.email})
        return _person_page(request, look_up, person=person, form=form)
    form = PersonHoldForm(request.POST)
    if form.is_valid() and _placed(
        form, partial(place_hold, held=HeldSubject.PERSON, held_id=person.pk), administrator, at
    ):
        messages.success(request, _("The hold is placed. The account is neither erased nor cleared away."))
        return redirect("portal:hold-list")
    return _person_page(request, look_up, person=person, form=form, status=UNFIT)


def _account(form: PersonLookUpForm) -> User | None:
    """Return the account of the address, or put the sentence why there is none on the form."""
    if not form.is_valid():
        return None
    person = account_by_email(form.cleaned_data["email"])
    if person is None:
        form.add_error("email", _("No account has this address. Check the spelling."))
    return person


def _person_page(
    request: HttpRequest, look_up: PersonLookUpForm, *, status: int = 200, **context: object
) -> HttpResponse:
    return render(request, "portal/person_hold.html", context | {"look_up": look_up}, status=status)


@signed_in
def contribution_hold(request: HttpRequest) -> HttpResponse:
    """Place a hold on a contribution by its place alone; its text is neither read nor shown."""
    at = now()
    administrator = _administrator(request)
    known = visible_consultations(administrator).order_by("-published_at", "-pk").values_list("slug", "title")
    form = ContributionHoldForm(request.POST if request.method == "POST" else None, consultations=list(known))
    if form.is_bound and form.is_valid():
        held_id = contribution_id(form.cleaned_data["slug"], form.cleaned_data["number"])
        if held_id is None:
            form.add_error("number", _("There is no contribution with this number. Check it and the hearing."))
        elif _placed(form, partial(hold_contribution, contribution_id=held_id), administrator, at):
            messages.success(request, _("The hold is placed. The text of the contribution is not erased."))
            return redirect("portal:hold-list")
    return render(request, "portal/contribution_hold.html", {"form": form}, status=UNFIT if form.is_bound else 200)


def _placed(form: forms.Form, place: Callable[..., object], by: User, at: datetime) -> bool:
    """Place the hold, or put the sentence why not on the form."""
    asked = form.cleaned_data
    try:
        place(reason=asked["reason"], review_on=asked["review_on"], by=by, at=at)
    except DomainError as in_the_way:
        form.add_error(None, str(in_the_way))
        return False
    return True


@signed_in
def hold_lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then let retention and erasure at it again."""
    at = now()
    administrator = _administrator(request)
    hold = hold_by_id(pk)
    if hold is None:
        raise Http404
    if request.method != "POST":
        return render(request, "portal/hold_lift.html", {"item": held_things([hold], at=at)[0]})
    if lift_hold(hold=hold, by=administrator, at=at):
        messages.success(request, _("The hold is lifted."))
    else:
        messages.info(request, _("The hold had been lifted already."))
    return redirect("portal:hold-list")


def _administrator(request: HttpRequest) -> User:
    """Return who works here; raises NotAllowed for anyone but administrators."""
    require("accounts.place_hold", request.user)
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    return request.user
