"""A person asks for a letter with a code, and types the code. Names and addresses come by POST alone."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import require
from apps.residency.actions import cancel_own_letter, enter_code, request_letter
from apps.residency.engine.addresses import RegisteredAddress
from apps.residency.engine.codes import TRIES
from apps.residency.enums import ResidencyStatus
from apps.residency.errors import LettersNotOffered
from apps.residency.forms.letters import CodeForm, LetterForm
from apps.residency.models import Letter
from apps.residency.queries import latest_letter, why_not_verify_now
from apps.residency.registers import the_register
from apps.residency.views.way_on import go_on

UNFIT = 422
SEND, EDIT = "send", "edit"
READ_OR_SENT = require_http_methods(["GET", "HEAD", "POST"])


@sensitive_post_parameters()
@signed_in
@READ_OR_SENT
def letter_request(request: HttpRequest) -> HttpResponse:
    """Show where a letter stands; else ask where it shall go, show that once more, and take the request."""
    at, person = now(), _person(request)
    register = the_register()
    if register is None:
        raise LettersNotOffered
    if why_not_verify_now(person, at=at) is not None:
        return redirect("residency:verify")
    if request.method != "POST":
        return _page(request, LetterForm(initial={"name": person.display_name}), at)
    form = LetterForm(request.POST)
    if request.POST.get("action") == EDIT:
        typed = {name: request.POST.get(name, "") for name in form.fields if name != "chosen"}
        return _page(request, LetterForm(initial=typed), at)
    home = form.home_in(register) if form.is_valid() else None
    if home is None:
        return _page(request, form, at, status=UNFIT)
    return _confirmed(request, form, home, at)


@signed_in
@READ_OR_SENT
def letter_cancel(request: HttpRequest) -> HttpResponse:
    """Ask once more, then call one's own letter off."""
    at, person = now(), _person(request)
    letter = latest_letter(person)
    if letter is None or not letter.is_open_at(at):
        return redirect("residency:letter-request")
    if request.method != "POST":
        return render(request, "residency/letter_cancel.html", {"letter": letter})
    if cancel_own_letter(letter=letter, by=person, at=at):
        messages.success(request, _("The letter is cancelled. If it is in the post already, throw it away."))
    return redirect("residency:letter-request")


@sensitive_post_parameters("code")
@signed_in
@READ_OR_SENT
def code_enter(request: HttpRequest) -> HttpResponse:
    """Take the code of the letter, and make its person a verified resident."""
    at, person = now(), _person(request)
    if why_not_verify_now(person, at=at) is not None:
        return redirect("residency:verify")
    form = CodeForm(request.POST or None)
    if not form.is_valid():
        return _code_page(request, form, at)
    try:
        residency = enter_code(typed=form.cleaned_data["code"], by=person, at=at)
    except DomainError as in_the_way:
        form.add_error("code", str(in_the_way))
        return _code_page(request, form, at)
    if residency.status == ResidencyStatus.PROPOSED:
        messages.info(request, _("The code is right. A second official looks at it before you get the badge."))
        return redirect("residency:verify")
    messages.success(request, _("Thank you. You are a verified resident now."))
    return redirect(go_on(request))


@sensitive_variables()
def _confirmed(request: HttpRequest, form: LetterForm, home: RegisteredAddress, at: datetime) -> HttpResponse:
    """Show the address once more, or take the request that was confirmed."""
    if request.POST.get("action") == SEND:
        try:
            request_letter(name=form.cleaned_data["name"], home=home, by=_person(request), at=at)
        except DomainError as in_the_way:
            form.add_error(None, str(in_the_way))
            return _page(request, form, at, status=UNFIT)
        messages.success(request, _("Thank you. The letter will be printed and posted within a few working days."))
        return redirect("residency:letter-request")
    return render(request, "residency/letter_confirm.html", {"form": form, "home": home})


def _page(request: HttpRequest, form: LetterForm, at: datetime, *, status: int = 200) -> HttpResponse:
    context = {"form": form, **_letter_facts(_person(request), at)}
    return render(request, "residency/letter_request.html", context, status=status)


def _code_page(request: HttpRequest, form: CodeForm, at: datetime) -> HttpResponse:
    context = {"form": form, **_letter_facts(_person(request), at)}
    return render(request, "residency/code_enter.html", context, status=UNFIT if form.is_bound else 200)


def _letter_facts(person: User, at: datetime) -> dict[str, object]:
    letter: Letter | None = latest_letter(person)
    if letter is None:
        return {"letter": None}
    return {"letter": letter, "letter_state": letter.state_at(at), "tries_left": max(TRIES - letter.tries, 0)}


def _person(request: HttpRequest) -> User:
    """Return who asks, if they can verify themselves."""
    require("residency.verify_oneself", request.user)
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    return request.user
