"""Accounts of associations and companies: asking for one, and the officials' desk that confirms them."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from apps.accounts import actions, queries
from apps.accounts.enums import LookUpReason, OrganisationList, OrganisationStatus
from apps.accounts.errors import AlreadyDecided, CvrTaken, UnfitCvr, UnfitName
from apps.accounts.forms.organisations import OrganisationForm, OrganisationSearch, SentenceForm
from apps.accounts.models import Organisation, User
from apps.accounts.rules import as_official
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.pagination import whole_number
from apps.common.permissions import require, why_not

UNFIT, REFUSED = 422, 403
PAGE = 50
FIELD_OF: dict[type[DomainError], str] = {UnfitName: "name", UnfitCvr: "cvr", CvrTaken: "cvr"}
CAN_ASK = {OrganisationStatus.REFUSED, OrganisationStatus.ENDED}


@signed_in
def organisation_request(request: HttpRequest) -> HttpResponse:
    """Say what an organisation's account is, where this one stands, and take the request."""
    at = now()
    assert isinstance(request.user, User)  # noqa: S101 - signed in
    person = request.user
    organisation = queries.organisation_asked_for_by(person)
    refused = why_not("accounts.request_organisation", person)
    if refused is not None or (organisation and organisation.status not in CAN_ASK):
        context: dict[str, Any] = {"organisation": organisation, "refusal": refused}
        status = 200 if request.method != "POST" else REFUSED if refused else UNFIT
        return render(request, "accounts/organisation_request.html", context, status=status)
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial=_asked_before(organisation))
    if form.is_bound and form.is_valid():
        try:
            actions.request_organisation(**form.cleaned_data, by=person, at=at)
        except DomainError as in_the_way:
            form.add_error(FIELD_OF.get(type(in_the_way)), str(in_the_way))
        else:
            messages.success(request, _("We have received your request. You get a mail when it is decided."))
            return redirect("accounts:organisation-request")
    context = {"organisation": organisation, "form": form}
    return render(request, "accounts/organisation_request.html", context, status=UNFIT if form.is_bound else 200)


def _asked_before(organisation: Organisation | None) -> dict[str, str]:
    if organisation is None:
        return {}
    return {"name": organisation.name, "cvr": organisation.cvr, "speaker": organisation.speaker}


@require_safe
@signed_in
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Show the organisations that wait, oldest first, or those confirmed, or those refused and ended."""
    official = _official(request)
    asked = request.GET.get("show", "")
    listed = OrganisationList(asked) if asked in OrganisationList.values else OrganisationList.WAITING
    search = OrganisationSearch(request.GET)
    words = search.cleaned_data["q"] if search.is_valid() else ""
    after = whole_number(request.GET.get("after"))
    found = list(queries.listed_organisations(official, listed=listed, words=words, after=after)[: PAGE + 1])
    kept = {"show": listed.value} | ({"q": words} if words else {})
    context = {
        "listed": listed,
        "lists": OrganisationList,
        "search": search,
        "words": words,
        "organisations": found[:PAGE],
        "older": f"?{urlencode(kept | {'after': found[PAGE - 1].pk})}" if len(found) > PAGE else "",
        "newer": f"?{urlencode(kept)}" if after else "",
    }
    return render(request, "accounts/organisation_list.html", context)


@signed_in
def organisation_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one organisation, and confirm, refuse or end it. The applicant can see that an official looked."""
    at = now()
    official = _official(request)
    organisation = queries.organisation_by_id(pk)
    if organisation is None or organisation.account.erased_at:
        raise Http404
    require("accounts.decide_organisation", official, organisation)
    actions.note_look_up_once_a_day(
        person=organisation.account, reason=LookUpReason.ORGANISATION, by=as_official(official), at=at
    )
    if request.method != "POST":
        return _decide_page(request, organisation)
    decide, told = DECISIONS.get(request.POST.get("decision", ""), (None, ""))
    form = SentenceForm(request.POST)
    if decide is None or (decide is not _confirm and not form.is_valid()):
        return _decide_page(request, organisation, form, status=UNFIT)
    try:
        if request.POST.get("asked") != organisation.requested_at.isoformat():
            raise AlreadyDecided
        decide(organisation, form, official, at)
    except DomainError as in_the_way:
        as_it_stands = queries.organisation_by_id(pk) or organisation
        return _decide_page(request, as_it_stands, form, refusal=str(in_the_way), status=UNFIT)
    messages.success(request, str(told) % {"name": organisation.name})
    return redirect("accounts:organisation-list")


def _confirm(organisation: Organisation, _form: SentenceForm, by: User, at: datetime) -> None:
    actions.confirm_organisation(organisation=organisation, by=by, at=at)


def _refuse(organisation: Organisation, form: SentenceForm, by: User, at: datetime) -> None:
    actions.refuse_organisation(organisation=organisation, sentence=form.cleaned_data["sentence"], by=by, at=at)


def _end(organisation: Organisation, form: SentenceForm, by: User, at: datetime) -> None:
    actions.end_organisation(organisation=organisation, sentence=form.cleaned_data["sentence"], by=by, at=at)


DECISIONS = {
    "confirm": (_confirm, gettext_lazy("%(name)s is confirmed. The account writes under that name from now on.")),
    "refuse": (_refuse, gettext_lazy("%(name)s is not confirmed. The applicant gets your reason by mail.")),
    "end": (_end, gettext_lazy("The account no longer writes for %(name)s. Its owner gets your reason by mail.")),
}


def _decide_page(
    request: HttpRequest, organisation: Organisation, form: SentenceForm | None = None, **context: Any
) -> HttpResponse:
    status = context.pop("status", 200)
    context |= {
        "organisation": organisation,
        "form": form or SentenceForm(),
        "other": queries.other_organisation_with(organisation.cvr, but=organisation.account_id),
    }
    return render(request, "accounts/organisation_decide.html", context, status=status)


def _official(request: HttpRequest) -> User:
    """Return who works here; raises NotAllowed for anyone but officials."""
    require("accounts.decide_organisation", request.user)
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    return request.user
