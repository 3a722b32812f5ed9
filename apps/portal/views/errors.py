"""Refusals that Django makes itself."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from apps.common.wording import grouped


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Show that a form's token had run out, with the text that was in it."""
    context = {"kept_text": request.POST.get("body", ""), "back_url": request.path}
    return render(request, "403_csrf.html", context, status=403)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that a request could not be read; where it held too much, say how much is taken and what to do."""
    return render(request, "400.html", {"too_much": _too_much(exception)}, status=400)


def _too_much(exception: Exception) -> str:
    if isinstance(exception, RequestDataTooBig):
        largest = grouped(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        return _(
            "The texts in your form hold more than the %(largest)s signs that can be received at once; letters such as "
            "æ, ø and å count as several. Shorten the longest text, or send it as a file where the form takes files."
        ) % {"largest": largest}
    if isinstance(exception, TooManyFilesSent):
        return _("You chose more than the %(most)s files that can be received at once. Send some of them later.") % {
            "most": settings.DATA_UPLOAD_MAX_NUMBER_FILES
        }
    return ""
