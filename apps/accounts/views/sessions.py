"""Where somebody is logged in."""

from typing import Any

from allauth.usersessions.adapter import get_adapter as get_sessions_adapter
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.accounts.engine.devices import device_of


class Sessions(ListUserSessionsView):  # type: ignore[misc]
    """Show where the person is logged in, and log out everywhere else."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return allauth's context with the devices in words."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        for session in context["sessions"]:
            session.device = device_of(session.user_agent)
        return context


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of the person's other sessions."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    get_sessions_adapter().end_sessions([session])
    messages.success(request, _("That device is logged out."))
    return redirect("usersessions_list")
