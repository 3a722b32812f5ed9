"""The hearing parties of a consultation at the desk: listed, invited, and noted to have answered."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.calendar import last_day_before, local
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.consultations import actions, queries
from apps.consultations.engine.fingerprints import fingerprint
from apps.consultations.enums import InvitationWay
from apps.consultations.errors import ChangedMeanwhile
from apps.consultations.forms import AnswerForm, InvitationForm, PartyForm, PartyTableForm
from apps.consultations.forms.parties import are_listed, look_at_rows
from apps.consultations.models import HearingParty
from apps.consultations.views.loading import the_consultation
from apps.consultations.views.meanwhile import both_texts, clash, seen_by

UNFIT = 422


@signed_in
def party_list(request: HttpRequest, slug: str) -> HttpResponse:
    """List the parties with their invitations, and take one more."""
    at = now()
    official, consultation = the_consultation(request, slug)
    form = PartyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        text = actions.PartyText(**form.cleaned_data)
        try:
            made = actions.add_parties(consultation=consultation, parties=[text], by=official, at=at)
        except DomainError as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("The party is listed. Now invite it."))
            return redirect("consultations:party", slug=slug, party_id=made[0].pk)
    context = {"consultation": consultation, "form": form, "parties": queries.parties_of(consultation)}
    return render(request, "consultations/party_list.html", context, status=UNFIT if form.is_bound else 200)


@signed_in
def party_import(request: HttpRequest, slug: str) -> HttpResponse:
    """Look at every line of a pasted table first, and list all of them or none."""
    at = now()
    official, consultation = the_consultation(request, slug)
    form, rows, unfit = PartyTableForm(request.POST or None), [], 0
    if form.is_bound and form.is_valid():
        listed = queries.parties_of(consultation)
        # A second click finds them all as the first one listed them.
        is_done = "receive" in request.POST and are_listed(form.cleaned_data["table"], listed)
        rows = look_at_rows(form.cleaned_data["table"], [] if is_done else [party.name for party in listed])
        unfit = sum(bool(row["problems"]) for row in rows)
        if not unfit and "receive" in request.POST:
            parties = [actions.PartyText(**row["party"]) for row in rows]
            try:
                actions.add_parties(consultation=consultation, parties=parties, by=official, at=at)
            except DomainError as refused:
                form.add_error("table", str(refused))
            else:
                messages.success(request, _("The parties are listed."))
                return redirect("consultations:party-list", slug=slug)
    context = {"consultation": consultation, "form": form, "rows": rows, "unfit": unfit}
    status = UNFIT if form.errors or unfit else 200
    return render(request, "consultations/party_import.html", context, status=status)


@signed_in
def party(request: HttpRequest, slug: str, party_id: int) -> HttpResponse:
    """Change one party, invite it, note its answer, or take it from the list. Of two at once the second sees both."""
    at = now()
    official, consultation = the_consultation(request, slug)
    found = queries.party_by_id(consultation, party_id)
    if found is None:
        if "remove" not in request.POST:
            raise Http404
        # A second click finds that the first one took it.
        return redirect("consultations:party-list", slug=slug)
    forms_of = _forms(request, found, at)
    step = next((name for name in STEPS if name in request.POST), "")
    more: dict[str, Any] = {}
    try:
        said = _done(request, step, found, forms_of, official, at) if step else ""
    except ChangedMeanwhile as changed:
        said, more = "", clash(changed, _stored(found, step), both_texts(forms_of[step], _stored(found, step)))
        found = queries.party_by_id(consultation, party_id) or found
    if said:
        messages.success(request, said)
        if step == "remove":
            return redirect("consultations:party-list", slug=slug)
        return redirect("consultations:party", slug=slug, party_id=party_id)
    failed = next((form for form in forms_of.values() if form.errors), None)
    status = more.pop("status", UNFIT if failed else 200)
    seen = {name: fingerprint(_stored(found, name)) for name in KEPT}
    if step in KEPT:
        seen[step] = more.pop("seen", "") or seen_by(request) or seen[step]
    context = {"consultation": found.consultation, "party": found, "forms": forms_of, "form": failed, "seen": seen}
    return render(request, "consultations/party.html", context | more, status=status)


def _stored(party: HearingParty, step: str) -> dict[str, Any]:
    """Return what stands now of what the step's form says."""
    standing = queries.party_by_id(party.consultation, party.pk)
    if step == "answer":
        return {"number": standing and standing.answered_number}
    return {name: getattr(standing, name, "") for name in PartyForm.base_fields}


def _done(  # noqa: PLR0913, PLR0917 - a step, and what it takes
    request: HttpRequest, step: str, party: HearingParty, forms_of: dict[str, Any], by: User, at: datetime
) -> str:
    """Take the step whose button was pressed and return what to say; nothing where a form says why not.

    Raises ChangedMeanwhile.
    """
    form = forms_of["save" if step == "remove" else step]
    if not form.is_valid():
        return ""
    try:
        if step in KEPT:
            actions.save_over(
                consultation=party.consultation,
                seen=seen_by(request),
                stored=lambda: _stored(party, step),
                save=lambda: KEPT[step](party, form, by, at),
            )
            return _("Saved.")
        return str(STEPS[step](party, form, by, at))
    except ChangedMeanwhile:
        raise
    except DomainError as refused:
        form.add_error(None, str(refused))
        return ""


def _forms(request: HttpRequest, party: HearingParty, at: datetime) -> dict[str, Any]:
    """Return the forms of the page; the one whose button was pressed holds what was typed."""
    ends = queries.deadline_of(queries.phases_of(party.consultation), at)
    last_day = last_day_before(ends) if ends else None
    texts = {name: getattr(party, name) for name in PartyForm.base_fields}

    def sent(step: str) -> Any:
        return request.POST if step in request.POST else None

    return {
        "save": PartyForm(texts if "remove" in request.POST else sent("save"), initial=texts),
        "invite": InvitationForm(sent("invite"), today=local(at).date(), last_day=last_day),
        "answer": AnswerForm(sent("answer"), initial={"number": party.answered_number}),
    }


def _save(party: HearingParty, form: forms.Form, by: User, at: datetime) -> bool:
    return actions.revise_party(party=party, text=actions.PartyText(**form.cleaned_data), by=by, at=at)


def _answer(party: HearingParty, form: forms.Form, by: User, at: datetime) -> bool:
    return actions.note_answer(party=party, number=form.cleaned_data["number"], by=by, at=at)


def _invite(party: HearingParty, form: InvitationForm, by: User, at: datetime) -> str:
    asked = form.asked()
    is_new = actions.invite_party(party=party, **asked, by=by, at=at)
    if asked["way"] != InvitationWay.SITE:
        if not is_new:
            return _("It was invited in this way on that day already, so nothing was noted again.")
        return _("The invitation is noted.")
    if not is_new:
        return _("It was invited by mail to this address today already, so nothing was sent again.")
    return _("The invitation is on its way by mail.")


def _remove(party: HearingParty, _form: forms.Form, by: User, at: datetime) -> str:
    actions.remove_party(party=party, by=by, at=at)
    return _("The party is no longer on the list.")


# What keeps what was typed, which a colleague may have changed meanwhile; and all that the page's buttons do.
KEPT: dict[str, Callable[..., bool]] = {"save": _save, "answer": _answer}
STEPS: dict[str, Callable[..., Any]] = {**KEPT, "invite": _invite, "remove": _remove}
