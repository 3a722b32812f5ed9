"""The second step, the list of sessions, and what somebody sees who tried too often."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_second_step_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache

from apps.accounts.engine.second_step import has_second_step
from apps.accounts.queries import factors_of

WHERE_TO = "second_step_next"


@login_required
def second_step(request: HttpRequest) -> HttpResponse:
    """Lead to where this session gets its second step, and remember where the person was going."""
    where = _safe(request, request.GET.get("next", ""))
    if has_second_step(request.session, request.user.pk):
        return redirect(where)
    if factors_of(request.user):
        way = get_adapter().get_reauthentication_methods(request.user)[0]
        return HttpResponseRedirect(f"{way['url']}?{urlencode({'next': where})}")
    request.session[WHERE_TO] = where
    return redirect("mfa_index")


def _safe(request: HttpRequest, where: str) -> str:
    """Return the address if it is one of this site's, else the front page."""
    is_ours = url_has_allowed_host_and_scheme(where, {request.get_host()}, require_https=request.is_secure())
    return where if is_ours else reverse("portal:home")


def _after_second_step(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let nobody change second factors whose session was opened without the one that they have."""

    def guarded(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
        person = request.user
        if person.is_authenticated and factors_of(person) and not has_second_step(request.session, person.pk):
            return HttpResponseRedirect(f"{reverse('accounts:second-step')}?{urlencode({'next': request.path})}")
        return view(request, *args, **parts)

    return guarded


class _FirstFactor:
    """A factor that is the first one was shown in this session, after the password: it is this session's second step.

    One more beside it is none: then the session has shown the first, or does not come this far.
    """

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        """Add the factor."""
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


@method_decorator(_after_second_step, name="dispatch")
class AddApp(_FirstFactor, ActivateTOTPView):  # type: ignore[misc]
    """Set up an app that shows codes."""


@method_decorator(_after_second_step, name="dispatch")
class AddPasskey(_FirstFactor, AddWebAuthnView):  # type: ignore[misc]
    """Add a passkey."""


@method_decorator(_after_second_step, name="dispatch")
class RemoveApp(_LessThanBefore, DeactivateTOTPView):  # type: ignore[misc]
    """Remove the app; allauth asks the adapter whether it may go."""


@method_decorator(_after_second_step, name="dispatch")
class RemovePasskey(_LessThanBefore, RemoveWebAuthnView):  # type: ignore[misc]
    """Remove a passkey, if it may go."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, or say why it stays."""
        adapter = get_second_step_adapter()
        if adapter.can_delete_authenticator(self.get_object()):
            return super().form_valid(form)
        messages.error(self.request, str(adapter.error_messages["cannot_delete_authenticator"]))
        return redirect("mfa_list_webauthn")


@method_decorator(_after_second_step, name="dispatch")
class RenamePasskey(EditWebAuthnView):  # type: ignore[misc]
    """Give a passkey another name."""


@method_decorator([never_cache, _after_second_step], name="dispatch")
class ShowCodes(ViewRecoveryCodesView):  # type: ignore[misc]
    """Show the recovery codes once, and the way to where the person was going."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return allauth's context with the way on."""
        return super().get_context_data(**kwargs) | {"where_to": self.request.session.pop(WHERE_TO, "")}


@method_decorator(_after_second_step, name="dispatch")
class MakeCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """Make new recovery codes in place of the old."""
