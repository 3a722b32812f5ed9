"""Pages composed of several apps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """Show the front page."""
    return render(request, "portal/home.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Show a form whose token had run out, with the text that was in it."""
    context = {"kept_text": request.POST.get("body", ""), "back_url": request.path}
    return render(request, "403_csrf.html", context, status=403)
