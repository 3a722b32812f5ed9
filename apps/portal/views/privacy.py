"""What is kept about people, why and for how long, for everyone to read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.portal.actions import CLASSES


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Explain it, with the same periods that the sweep goes by."""
    return render(request, "portal/privacy.html", {"classes": CLASSES, "mitid": settings.MITID})
