"""There to MitID and back: the two addresses of a login, and every reason to refuse what comes back.

Nothing is made before all checks have passed: no session is signed in, no row written.
"""

import hmac
import logging
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.utils import get_login_redirect_url, get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.rules import is_person
from apps.common.calendar import local
from apps.common.clock import now
from apps.municipality.queries import district_of_postal_code, the_municipality
from apps.residency.actions import keep_protection
from apps.residency.adapters import confirming
from apps.residency.adapters.broker import NAMES_ITSELF, Talk
from apps.residency.adapters.social import PROVIDER
from apps.residency.adapters.wire import Unreachable
from apps.residency.engine.brokers import Broker
from apps.residency.engine.claims import Told, TooLowLevel, assured, evidence_of, login_keys, postal_code
from apps.residency.engine.evidence import Evidence
from apps.residency.engine.tokens import Refused
from apps.residency.errors import AccountOfAnother
from apps.residency.queries import was_verified_for_another
from apps.residency.sessions import forget_evidence, keep_evidence

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]

LOGIN, VERIFY, CONNECT, CONFIRM = "login", "verify", "connect", "confirm"
# Where each goes on whose account is known.
ENDS_AT = {VERIFY: "residency:verify", CONNECT: "socialaccount_connections", CONFIRM: "account_reauthenticate"}
ABORTED = "access_denied"
# Errors with which a broker says that it is the one in trouble (RFC 6749, 4.1.2.1).
IN_TROUBLE = {"server_error", "temporarily_unavailable"}
LONGEST_CODE = 4_000

SLOW = gettext_lazy(
    "MitID does not answer at the moment, and nothing was changed. Try again in a few minutes, or use another way."
)
TOO_LOW = gettext_lazy(
    "This login was not at the level that is needed here (Substantial). "
    "Begin again, and use the MitID app, the code display or the chip."
)
STALE = gettext_lazy(
    "This login with MitID was not begun in this window by the account that is logged in now, or it took more than "
    "ten minutes. Nothing was changed. Begin again."
)
DISTRUSTED = gettext_lazy(
    "The answer about your login with MitID could not be trusted, so nothing was changed. "
    "Begin again, and tell the municipality if it happens once more."
)


class Untimely(Refused):
    """What came back belongs to no login that was begun here, or to somebody else's."""


SENTENCES: dict[type[Refused], Promise] = {
    TooLowLevel: TOO_LOW,
    Untimely: STALE,
    confirming.AnotherPerson: confirming.ANOTHER,
}


def when_offered(view: View) -> View:
    """Answer 404 where no broker is set up."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
        if settings.MITID is None:
            raise Http404
        return view(request, *args, **parts)

    return guarded


@when_offered
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Lead to MitID. The form says what for: `process` is login (or nothing), verify, connect or confirm.

    `next` is where a login or confirmation ends. A verification ends at `residency:verify`, with
    `sessions.pending_evidence`.
    """
    process = request.POST.get("process", LOGIN)
    if process not in {LOGIN, VERIFY, CONNECT, CONFIRM}:
        raise Http404
    if process == LOGIN and request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    if process != LOGIN and not request.user.is_authenticated:
        return redirect_to_login(reverse(ENDS_AT[process]))
    if process == CONNECT:
        raise_if_reauthentication_required(request, app="allauth.socialaccount")
    if process == CONFIRM and not confirming.is_the_way(request):
        return confirming.asked_again(get_next_redirect_url(request))
    where = get_next_redirect_url(request)
    try:
        place = Talk(_broker()).places()["authorization_endpoint"]
    except Unreachable as problem:
        return _unreachable(request, problem, process, where)
    except Refused as problem:
        return _refused(request, problem, process, where)
    forget_evidence(request)
    return HttpResponseRedirect(f"{place}{'&' if '?' in place else '?'}{urlencode(_question(request, process))}")


@when_offered
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """End a login with what MitID leads back with, in the language in which it was begun."""
    stashed = statekit.unstash_state(request, state_id=request.GET.get("state", ""), provider_id=PROVIDER)
    begun = stashed or {}
    process, data = begun.get("process", LOGIN), begun.get("data") or {}
    with translation.override(data.get("language", translation.get_language())):
        try:
            return _finish(request, process, begun, data, now())
        except Unreachable as problem:
            return _unreachable(request, problem, process, begun.get("next"))
        except Refused as problem:
            return _refused(request, problem, process, begun.get("next"))


def _broker() -> Broker:
    broker = settings.MITID
    assert broker is not None  # noqa: S101 - `when_offered` lets nobody pass without one
    return broker


def _question(request: HttpRequest, process: str) -> dict[str, str]:
    """Return what the broker is asked. What must be true of the answer is kept in the session, under its state."""
    broker = _broker()
    pkce, nonce = generate_code_challenge(), token_urlsafe(32)
    language, begun = translation.get_language(), now().timestamp()
    data = {"nonce": nonce, "person": request.user.pk, "language": language, "begun": begun}
    provider = get_adapter().get_provider(request, PROVIDER)
    next_url = get_next_redirect_url(request) if process in {LOGIN, CONFIRM} else None
    state = provider.stash_redirect_state(
        request, process, next_url, data, state_id=token_urlsafe(32), verifier=pkce["code_verifier"]
    )
    return {
        **broker.ask,
        **(confirming.ANEW if process == CONFIRM else {}),
        "client_id": broker.client_id,
        "redirect_uri": _return_address(request),
        "response_type": "code",
        "scope": " ".join(broker.scopes),
        "state": state,
        "nonce": nonce,
        "code_challenge": pkce["code_challenge"].decode(),
        "code_challenge_method": "S256",
        "ui_locales": language or "da",
    }


def _return_address(request: HttpRequest) -> str:
    """Return the one address that is registered at the broker, whatever the language of the page."""
    with translation.override(settings.LANGUAGE_CODE):
        return request.build_absolute_uri(reverse("residency:mitid-return"))


def _finish(request: HttpRequest, process: str, begun: dict[str, Any], data: Any, at: datetime) -> HttpResponse:
    """Return where the person goes now. Raises Refused or Unreachable before anything was changed."""
    broker = _broker()
    if not begun or data.get("person") != request.user.pk:
        raise Untimely("state")
    talk = Talk(broker)
    _check_sender(request, talk)
    error = request.GET.get("error")
    if error == ABORTED:
        return _aborted(request, process, begun.get("next"))
    if error in IN_TROUBLE:
        raise Unreachable(error)
    code = request.GET.get("code", "")
    if error or not 0 < len(code) <= LONGEST_CODE:
        raise Refused("no_code")
    told = talk.told(
        code=code, verifier=begun["verifier"], redirect_uri=_return_address(request), nonce=data["nonce"], at=at
    )
    evidence = _evidence(told, broker, at)
    if process == VERIFY:
        keep_evidence(request, evidence, owner=request.user.pk, at=at)
        return redirect("residency:verify")
    if process == CONFIRM:
        return confirming.confirmed(request, told, begun=data["begun"], where=begun.get("next"))
    return _enter(request, told, evidence, {"process": process, "next": begun.get("next")}, at)


def _check_sender(request: HttpRequest, talk: Talk) -> None:
    """Refuse an answer that another server than ours gives (RFC 9207)."""
    sender = request.GET.get("iss")
    is_needed = bool(talk.places().get(NAMES_ITSELF))
    if (sender is None and is_needed) or (
        sender is not None and not hmac.compare_digest(sender.encode(), talk.broker.issuer.encode())
    ):
        raise Refused("sender")


def _evidence(told: Told, broker: Broker, at: datetime) -> Evidence:
    """Return what is kept of a login at a level that is accepted. Raises TooLowLevel for a lower one."""
    level = assured(told, broker)
    district = district_of_postal_code(postal_code(told, broker.names))
    return evidence_of(
        told,
        broker,
        level=level,
        district_id=district.pk if district else None,
        secrets=settings.PERSON_KEYS,
        on=local(at).date() if the_municipality().asks_age_band else None,
    )


def _enter(request: HttpRequest, told: Told, evidence: Evidence, state: dict[str, Any], at: datetime) -> HttpResponse:
    """Sign a known person in, lead an unknown one to the sign-up form, or connect the account that is signed in."""
    keys = [key.value for key in login_keys(told, settings.PERSON_KEYS)]
    known = SocialAccount.objects.filter(provider=PROVIDER, uid__in=keys).select_related("user").first()
    key = known.uid if known else keys[0]
    sociallogin = get_adapter().get_provider(request, PROVIDER).sociallogin_from_response(request, {"key": key})
    person = request.user
    if state["process"] == CONNECT and is_person(person) and was_verified_for_another(person, evidence.keys):
        messages.error(request, str(AccountOfAnother()))
        return redirect("socialaccount_connections")
    if known is not None:
        keep_protection(person=known.user, evidence=evidence, at=at)
    elif state["process"] == LOGIN:
        keep_evidence(request, evidence, owner=key, at=at)
        state = state | {"next": reverse("residency:verify")}
    sociallogin.state = {name: value for name, value in state.items() if value}
    response: HttpResponse = complete_social_login(request, sociallogin)
    return response


def _aborted(request: HttpRequest, process: str, where: str | None) -> HttpResponse:
    """Return the way on for somebody who pressed cancel at MitID."""
    if process == LOGIN:
        return redirect("socialaccount_login_cancelled")
    messages.info(request, _("You stopped the login with MitID. Nothing was changed."))
    return confirming.asked_again(where) if process == CONFIRM else redirect(ENDS_AT[process])


def _unreachable(request: HttpRequest, problem: Unreachable, process: str, where: str | None) -> HttpResponse:
    logger.warning("MitID did not answer: %s", problem.reason)
    return _page(request, str(SLOW), process, where, 503)


def _refused(request: HttpRequest, problem: Refused, process: str, where: str | None) -> HttpResponse:
    logger.warning("A login with MitID was refused: %s", problem.reason)
    sentence = next((words for kind, words in SENTENCES.items() if isinstance(problem, kind)), DISTRUSTED)
    return _page(request, str(sentence), process, where, 403)


def _page(request: HttpRequest, sentence: str, process: str, where: str | None, status: int) -> HttpResponse:
    again = confirming.place_to_show_it(where) if process == CONFIRM else ""
    context = {"sentence": sentence, "is_verification": process == VERIFY, "again": again}
    return render(request, "socialaccount/authentication_error.html", context, status=status)
