"""Refusals that Django makes itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Show that a form's token had run out, with the text that was in it."""
    context = {"kept_text": request.POST.get("body", ""), "back_url": request.path}
    return render(request, "403_csrf.html", context, status=403)
