"""The schedule of what is kept for how long, with what is due."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.common.clock import now
from apps.common.permissions import require
from apps.portal.actions import CLASSES


@require_safe
@login_required
def retention(request: HttpRequest) -> HttpResponse:
    """Show each class with how much of it is due to go and since when; nothing can be changed here."""
    require("portal.open_retention", request.user)
    at = now()
    rows = [{"kept": one, "due": one.due(at)} for one in CLASSES]
    return render(request, "portal/retention.html", {"rows": rows})
