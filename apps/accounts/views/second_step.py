"""The second step, the list of sessions, and what somebody sees who tried too often."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.adapter import get_adapter as get_second_step_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache

from apps.accounts.engine.second_step import has_second_step
from apps.accounts.models import User
from apps.accounts.queries import factors_of

WHERE_TO = "second_step_next"


@login_required
def second_step(request: HttpRequest) -> HttpResponse:
    """Lead to where this session gets its second step, and remember where the person was going."""
    where = _safe(request, request.GET.get("next", ""))
    person = authenticated_user(request)
    if has_second_step(request.session, person.pk):
        return redirect(where)
    if factors_of(person):
        way = get_adapter().get_reauthentication_methods(person)[0]
        return HttpResponseRedirect(f"{way['url']}?{urlencode({'next': where})}")
    request.session[WHERE_TO] = where
    return redirect("mfa_index")


def _safe(request: HttpRequest, where: str) -> str:
    """Return the address if it is one of this site's, else the front page."""
    is_ours = url_has_allowed_host_and_scheme(where, {request.get_host()}, require_https=request.is_secure())
    return where if is_ours else reverse("portal:home")


class _AfterSecondStep:
    """Nobody changes second factors whose session was opened without the one that they have."""

    def dispatch(self, request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:
        """Go on, or lead to the second step."""
        person = request.user
        if isinstance(person, User) and factors_of(person) and not has_second_step(request.session, person.pk):
            return HttpResponseRedirect(f"{reverse('accounts:second-step')}?{urlencode({'next': request.path})}")
        answer: HttpResponseBase = super().dispatch(request, *args, **parts)  # type: ignore[misc]
        return answer


class _FirstFactor:
    """A factor that is the first one was shown in this session, after the password: it is this session's second step.

    One more beside it is none: then the session has shown the first, or does not come this far.
    """

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        """Add the factor."""
        assert isinstance(self.request.user, User)  # noqa: S101 - allauth lets nobody else here
        was_first = not factors_of(self.request.user)
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        if was_first:
            added = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).get(user=self.request.user)
            post_authentication(self.request, added)
        return response


class _LessThanBefore:
    """Whoever takes a factor away ends the sessions elsewhere: one of them may be why it goes."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove the factor."""
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        end_other_sessions(self.request, self.request.user)
        return response


class AddApp(_AfterSecondStep, _FirstFactor, ActivateTOTPView):  # type: ignore[misc]
    """Set up an app that shows codes."""


class AddPasskey(_AfterSecondStep, _FirstFactor, AddWebAuthnView):  # type: ignore[misc]
    """Add a passkey."""


class RemoveApp(_AfterSecondStep, _LessThanBefore, DeactivateTOTPView):  # type: ignore[misc]
    """Remove the app; allauth asks the adapter whether it may go."""


class RemovePasskey(_AfterSecondStep, _LessThanBefore, RemoveWebAuthnView):  # type: ignore[misc]
    """Remove a passkey, if it may go."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, or say why it stays."""
        adapter = get_second_step_adapter()
        if adapter.can_delete_authenticator(self.get_object()):
            return super().form_valid(form)
        messages.error(self.request, str(adapter.error_messages["cannot_delete_authenticator"]))
        return redirect("mfa_list_webauthn")


class RenamePasskey(_AfterSecondStep, EditWebAuthnView):  # type: ignore[misc]
    """Give a passkey another name."""


@method_decorator(never_cache, name="dispatch")
class ShowCodes(_AfterSecondStep, ViewRecoveryCodesView):  # type: ignore[misc]
    """Show the recovery codes once, and the way to where the person was going."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return allauth's context with the way on."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"where_to": self.request.session.pop(WHERE_TO, "")}


class MakeCodes(_AfterSecondStep, GenerateRecoveryCodesView):  # type: ignore[misc]
    """Make new recovery codes in place of the old."""
