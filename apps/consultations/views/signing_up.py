"""A meeting's page, signing up for it and off again, and its file for calendars."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.models import User
from apps.common.access import signed_in_or_back_to
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import may
from apps.consultations import actions, queries
from apps.consultations.forms import SignUpForm
from apps.consultations.models import Meeting
from apps.consultations.rendering import calendar_file_of
from apps.consultations.rules import why_no_signing_up

UNFIT = 422


@require_safe
def meeting(request: HttpRequest, slug: str, meeting: int) -> HttpResponse:
    """Show one meeting: when and where, what it is about, places left, and its minutes when it has been held."""
    return _page(request, _visible(request, slug, meeting), SignUpForm())


def _visible(request: HttpRequest, slug: str, number: int) -> Meeting:
    found = queries.meeting_at(request.user, slug, number)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, meeting: Meeting, form: SignUpForm, **more: Any) -> HttpResponse:
    at = now()
    sign_up = queries.own_sign_up(request.user, meeting)
    status = more.pop("status", 200)
    topics = queries.minutes_topics_of(meeting) if meeting.minutes_published_at else []
    queries.with_english(meeting.consultation, meeting, topics)
    context = {
        "consultation": meeting.consultation,
        "meeting": meeting,
        "is_over": meeting.ends_at <= at,
        "has_begun": meeting.starts_at <= at,
        "closed": why_no_signing_up(meeting, at=at),
        "sign_up": sign_up,
        "before": queries.people_before(sign_up) if sign_up and not sign_up.has_place else 0,
        "form": form,
        "topics": topics,
        "may_edit": may("consultations.edit_consultation", request.user, meeting.consultation),
        **more,
    }
    return render(request, "consultations/meeting.html", context, status=status)


@require_POST
@signed_in_or_back_to("consultations:meeting")
def meeting_sign_up(request: HttpRequest, slug: str, meeting: int) -> HttpResponse:
    """Give the person a place or the last one on the waiting list, and say which."""
    assert isinstance(request.user, User)  # noqa: S101 - signed in
    found = _visible(request, slug, meeting)
    form = SignUpForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=UNFIT)
    try:
        made = actions.sign_up(meeting=found, by=request.user, at=now(), **form.cleaned_data)
    except DomainError as refused:
        form.add_error(None, str(refused))
        return _page(request, _visible(request, slug, meeting), form, status=refused.status)
    if made is None:
        messages.info(request, _("You are signed up already."))
    elif made.has_place:
        messages.success(request, _("You have a place. We have sent you a mail with the time and the place."))
    else:
        messages.success(request, _("You are on the waiting list. You get a mail as soon as there is a place for you."))
    return redirect("consultations:meeting", slug=slug, meeting=meeting)


@require_POST
@signed_in_or_back_to("consultations:meeting")
def meeting_sign_off(request: HttpRequest, slug: str, meeting: int) -> HttpResponse:
    """Take the person off the list."""
    assert isinstance(request.user, User)  # noqa: S101 - signed in
    found = _visible(request, slug, meeting)
    if actions.sign_off(meeting=found, by=request.user, at=now()):
        messages.success(request, _("You are signed off. Somebody else can have your place."))
    else:
        messages.info(request, _("You were not signed up."))
    return redirect("consultations:meeting", slug=slug, meeting=meeting)


@require_safe
def meeting_calendar(request: HttpRequest, slug: str, meeting: int) -> HttpResponse:
    """Hand out the meeting as a file that calendars read; one that is called off is struck out there."""
    found = _visible(request, slug, meeting)
    response = HttpResponse(calendar_file_of(found), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{found.number}.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response
