"""Following a consultation; and the mailbox of the demo: every mail written, for whoever tries the site."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.models import User
from apps.common.access import signed_in_or_back_to
from apps.common.clock import now
from apps.consultations.queries import consultation_by_slug, published_by_ids
from apps.notifications.actions import follow_consultation, unfollow_consultation
from apps.notifications.engine.links import parts_of
from apps.notifications.engine.stop_keys import read_stop_key
from apps.notifications.queries import follow_at, follow_by_ids, mail_by_id, mails_before

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


@require_POST
@signed_in_or_back_to("portal:consultation")
def consultation_follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the person hear by mail what becomes of the consultation."""
    assert isinstance(request.user, User)  # noqa: S101 - signed in
    consultation = consultation_by_slug(request.user, slug)
    if consultation is None:
        raise Http404
    if follow_consultation(person=request.user, consultation=consultation, at=now()):
        messages.success(request, _("You follow this hearing now. You get a mail when something happens here."))
    else:
        messages.info(request, _("You follow this hearing already."))
    return redirect("portal:consultation", slug=slug)


@require_POST
@signed_in_or_back_to("portal:consultation")
def consultation_unfollow(request: HttpRequest, slug: str) -> HttpResponse:
    """Stop it, and go back to where the button stood. What is no longer shown to the person can be stopped as well."""
    assert isinstance(request.user, User)  # noqa: S101 - signed in
    follow, consultation = follow_at(request.user, slug), consultation_by_slug(request.user, slug)
    if follow is None and consultation is None:
        raise Http404
    if follow is not None:
        unfollow_consultation(person_id=request.user.pk, consultation_id=follow.consultation_id)
        messages.success(request, _("You do not follow the hearing any more. You get no more mails about it."))
    else:
        messages.info(request, _("You did not follow this hearing."))
    if consultation is None or request.POST.get("from") == "list":
        return redirect("portal:my-following")
    return redirect("portal:consultation", slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def follow_end(request: HttpRequest, key: str) -> HttpResponse:
    """Let whoever has a follower's mail stop such mails with one button, logged in or not. Opening stops nothing."""
    ids = read_stop_key(key)
    if ids is None:
        raise Http404
    person_id, consultation_id = ids
    if request.method == "POST":
        unfollow_consultation(person_id=person_id, consultation_id=consultation_id)
        return redirect("notifications:follow-end", key=key)
    context = {
        "follow": follow_by_ids(person_id, consultation_id),
        "consultation": published_by_ids([consultation_id]).get(consultation_id),
        "key": key,
    }
    response = render(request, "notifications/follow_end.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


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
