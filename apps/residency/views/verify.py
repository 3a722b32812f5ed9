"""The way to the badge: one page that says what is done and what comes next, whatever the method."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import Sentence, why_not
from apps.municipality.queries import districts
from apps.residency.actions import end_own_residency, keep_protection, verify_with_mitid
from apps.residency.engine.evidence import Evidence
from apps.residency.enums import ResidencyStatus, ShownDocument
from apps.residency.errors import AddressNotConfirmed, PersonHasResidency
from apps.residency.queries import open_residency, residency_by_keys, residency_of, why_no_residency
from apps.residency.rendering import standing_of
from apps.residency.sessions import forget_evidence, pending_evidence
from apps.residency.views.way_on import go_on, keep_way_on, way_on

UNFIT = 422
MOVE, ELSEWHERE, LATER = "move", "elsewhere", "later"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Show how far somebody is, and end what they began with MitID."""
    at = now()
    refused = why_not("residency.verify_oneself", request.user)
    if refused is not None:
        return render(request, "residency/verify_refused.html", {"refusal": refused}, status=403)
    person = _person(request)
    keep_way_on(request)
    evidence = pending_evidence(request, at)
    if request.method == "POST":
        return _posted(request, person, evidence, at)
    if evidence is None:
        return _page(request, person, at)
    keep_protection(person=person, evidence=evidence, at=at)
    refusal = why_no_residency(person, evidence)
    if refusal is not None:
        forget_evidence(request)
        return _page(request, person, at, refusal=refusal.sentence)
    return _page(request, person, at, evidence=evidence)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def residency_end(request: HttpRequest) -> HttpResponse:
    """Ask once more, then end one's own residency."""
    at, person = now(), _person(request)
    residency = open_residency(person.pk)
    if residency is None:
        return redirect("residency:verify")
    if request.method != "POST":
        return render(request, "residency/residency_end.html", {"residency": residency})
    if end_own_residency(residency=residency, by=person, at=at):
        messages.success(request, _("Your residency has ended. The badge no longer stands beside what you write."))
    return redirect("residency:verify")


def _posted(request: HttpRequest, person: User, evidence: Evidence | None, at: datetime) -> HttpResponse:
    choice = request.POST.get("action", "")
    if choice in {ELSEWHERE, LATER}:
        forget_evidence(request)
        login = urlencode({"next": reverse("account_login")})
        return redirect(f"{reverse('account_logout')}?{login}" if choice == ELSEWHERE else "residency:verify")
    if evidence is None:
        return _nothing_to_end(request, person, at)
    try:
        residency = verify_with_mitid(person=person, evidence=evidence, at=at, moves=choice == MOVE)
    except (PersonHasResidency, AddressNotConfirmed) as in_the_way:
        return _page(request, person, at, evidence=evidence, refusal=in_the_way.sentence, status=UNFIT)
    except DomainError as in_the_way:
        forget_evidence(request)
        return _page(request, person, at, refusal=in_the_way.sentence, status=UNFIT)
    forget_evidence(request)
    if residency.status == ResidencyStatus.PROPOSED:
        messages.info(request, residency.get_status_display())
        return redirect("residency:verify")
    messages.success(request, _("Thank you. You are a verified resident now."))
    return redirect(go_on(request))


def _nothing_to_end(request: HttpRequest, person: User, at: datetime) -> HttpResponse:
    """Answer a button that was pressed twice, or too late."""
    if residency_of(person, at=at) is None:
        messages.error(request, _("What MitID told us is no longer here: an hour has passed. Begin again."))
    return redirect("residency:verify")


def _page(  # noqa: PLR0913 - what the page can show
    request: HttpRequest,
    person: User,
    at: datetime,
    *,
    evidence: Evidence | None = None,
    refusal: Sentence | None = None,
    status: int = 200,
) -> HttpResponse:
    other = residency_by_keys(evidence.keys, but=person) if evidence else None
    context: dict[str, Any] = {
        "standing": standing_of(person, at=at),
        "evidence": evidence,
        "district": _district_of(evidence) if evidence else "",
        "other": other if other and other.expires_at > at else None,
        "refusal": refusal,
        "way_on": way_on(request),
        "documents": [document.label for document in ShownDocument if document != ShownDocument.OTHER],
        "letters_offered": settings.ADDRESS_REGISTER is not None,
    }
    return render(request, "residency/verify.html", context, status=status)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - `signed_in` lets nobody else pass
    return request.user


def _district_of(evidence: Evidence) -> str:
    return next((district.name for district in districts() if district.pk == evidence.district_id), "")
