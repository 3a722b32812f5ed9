"""The mailbox of the demo: every mail that was written, for whoever tries the site."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.notifications.engine.links import parts_of
from apps.notifications.queries import mail_by_id, mails_before

PAGE = 50
LONGEST_NUMBER = 18


def only_in_the_demo(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the page exist where the site is a demo and nowhere else."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        response = view(request, *args, **parts)
        response["X-Robots-Tag"] = "noindex"
        return response

    return guarded


@require_safe
@only_in_the_demo
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show the mails, newest first, a page at a time."""
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) <= LONGEST_NUMBER else None
    mails = mails_before(before, limit=PAGE + 1)
    older = f"?before={mails[PAGE - 1].pk}" if len(mails) > PAGE else ""
    newer = reverse("notifications:mailbox") if before is not None else ""
    return render(request, "notifications/mailbox.html", {"mails": mails[:PAGE], "older": older, "newer": newer})


@require_safe
@only_in_the_demo
def mail_detail(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Show one mail as its reader gets it; links that lead here can be followed."""
    mail = mail_by_id(mail_id)
    if mail is None:
        raise Http404
    hosts = {host.strip("[]") for host in settings.ALLOWED_HOSTS} | {urlsplit(settings.SITE_URL).hostname or ""}
    parts = parts_of(mail.body, hosts)
    return render(request, "notifications/mail_detail.html", {"mail": mail, "parts": parts})
