"""The second step of staff: their roles are in force only in sessions that had one, and refusals lead to it."""

import json
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware, auser, get_user
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from apps.accounts.adapters import networks_of
from apps.accounts.queries import needs_second_step
from apps.accounts.rules import as_known_to

REFUSED = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
# In these a request says where it comes from.
ADDRESSES = ("REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED")
# Pages of signing in answer for themselves.
SIGNING_IN = ("account_", "mfa_", "usersessions_")


class PeopleBySession(AuthenticationMiddleware):
    """Django's, but the user of a request knows whether this session had a second step."""

    def process_request(self, request: HttpRequest) -> None:
        """Hang the user on the request; nothing is read before somebody asks."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: as_known_to(request.session, get_user(request)))  # type: ignore[assignment]
        request.auser = partial(_known_user, request)


async def _known_user(request: HttpRequest) -> Any:
    return as_known_to(request.session, await auser(request))


def second_step_first(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Lead staff whose session had no second step to it, where a page has refused them or was not there for them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.session.modified:
            _keep_no_address(request.session)
        if response.status_code in REFUSED and _was_for_lack_of_it(request):
            where = urlencode({"next": _where_they_were(request)})
            return HttpResponseRedirect(f"{reverse('accounts:second-step')}?{where}")
        return response

    return middleware


def _keep_no_address(session: SessionBase) -> None:
    """Cut down what allauth keeps of a post while the password is asked for once more: no whole address, no cookie."""
    state = session.get(STATE_SESSION_KEY)
    if not isinstance(state, dict) or "request" not in state:
        return
    kept = json.loads(state["request"])
    found = {name: value for name, value in kept["META"].items() if name != "HTTP_COOKIE"}
    kept["META"] = found | {name: networks_of(found[name]) for name in ADDRESSES if name in found}
    session[STATE_SESSION_KEY] = {"request": json.dumps(kept)}


def _was_for_lack_of_it(request: HttpRequest) -> bool:
    """Tell whether a second step may open the page. A missing token is another refusal; so is an address of nothing."""
    address = request.resolver_match
    if address is None or not getattr(request, "csrf_processing_done", False):
        return False
    if not address.namespace and (address.url_name or "").startswith(SIGNING_IN):
        return False
    viewer = request.user
    return viewer.is_authenticated and viewer.lacks_second_step and needs_second_step(viewer)


def _where_they_were(request: HttpRequest) -> str:
    """Return the page to come back to: what was posted cannot be asked for, so for a post the page it came from."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return came_from
    return reverse("portal:home")
