"""Showing with MitID that it is still the same person, for those who have neither a password nor a second step."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows, resume_request
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_person
from apps.residency.adapters.social import PROVIDER
from apps.residency.engine.claims import Told, login_keys
from apps.residency.engine.tokens import Refused, logged_in_since

# Whatever the broker is asked for besides: not the login of somebody who sat here before.
ANEW = {"prompt": "login", "max_age": "0"}

ANOTHER = _(
    "This MitID is not the one that this account is opened with, so nothing was changed. "
    "Begin again with your own, or log out if it is not your account."
)


class AnotherPerson(Refused):
    """Somebody logged in at MitID, and it is not the person of the account that is signed in."""


def is_the_way(request: HttpRequest) -> bool:
    """Tell whether MitID is how this person is asked: who has a password or a second step is asked for that."""
    return is_person(request.user) and not get_reauthentication_flows(request.user)


def place_to_show_it(where: str | None) -> str:
    """Return the address of the page that asks once more, and from which one goes on to there."""
    page = reverse("account_reauthenticate")
    return f"{page}?{urlencode({REDIRECT_FIELD_NAME: where})}" if where else page


def asked_again(where: str | None) -> HttpResponse:
    """Lead to that page; what waits in the session to be done waits on."""
    return HttpResponseRedirect(place_to_show_it(where))


def confirmed(request: HttpRequest, told: Told, *, begun: float, where: str | None) -> HttpResponse:
    """Let the person who is signed in go on, for the few minutes that a password counts.

    Raises Refused when the login at the broker is older than the question, AnotherPerson when it is not theirs.
    """
    if not is_the_way(request):
        return asked_again(where)
    logged_in_since(told.claims, begun)
    keys = [key.value for key in login_keys(told, settings.PERSON_KEYS)]
    known = SocialAccount.objects.filter(provider=PROVIDER, uid__in=keys, user=request.user.pk).first()
    if known is None:
        raise AnotherPerson("another_person")
    record_authentication(request, known.user, "socialaccount", provider=PROVIDER, uid=known.uid, reauthenticated=True)
    # allauth looks for the way on among the words of the request.
    words = request.GET.copy()
    words[REDIRECT_FIELD_NAME] = where or ""
    request.GET = words  # type: ignore[assignment] # a copy, for allauth only
    response: HttpResponse | None = resume_request(request)
    return response or redirect("portal:me")
