"""The officials' desk for meetings: announcing, changing and calling them off, who comes, and the minutes."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import require, why_not
from apps.consultations import actions, queries
from apps.consultations.errors import ChangedMeanwhile, UnfitMeeting
from apps.consultations.forms import CallOffForm, MeetingForm, MinutesForm, NewMeetingForm, meeting_as_typed
from apps.consultations.models import Meeting, Topic
from apps.consultations.views.loading import the_consultation, the_meeting
from apps.consultations.views.meanwhile import both_texts, clash, seen_by, seen_in

UNFIT = 422


@signed_in
def meeting_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Announce a public meeting."""
    at = now()
    official, consultation = the_consultation(request, slug)
    form = NewMeetingForm(request.POST or None)
    if form.is_bound and form.is_valid():
        saving = {"text": _text(form), "key": form.cleaned_data["key"]}
        try:
            made = actions.announce_meeting(consultation=consultation, **saving, by=official, at=at)
        except UnfitMeeting as unfit:
            form.add_error(unfit.field, str(unfit))
        else:
            messages.success(request, _("The meeting is announced."))
            return redirect("consultations:meeting-edit", slug=slug, meeting=made.number)
    context = {"consultation": consultation, "form": form}
    return render(request, "consultations/meeting_add.html", context, status=UNFIT if form.is_bound else 200)


@signed_in
def meeting_edit(request: HttpRequest, slug: str, meeting: int) -> HttpResponse:
    """Change a meeting while it is to come; what else there is to do about it is reached from here."""
    at = now()
    official, found = the_meeting(request, slug, meeting)
    closed = why_not("consultations.change_meeting", official, found, at=at)
    form = MeetingForm(request.POST or None, initial=meeting_as_typed(found))
    more: dict[str, Any] = {"status": UNFIT if form.is_bound else 200}
    try:
        if form.is_bound and form.is_valid() and _revised(request, found, form, official, at):
            return redirect("consultations:meeting-edit", slug=slug, meeting=meeting)
    except ChangedMeanwhile as changed:
        _official, found = the_meeting(request, slug, meeting)
        stored = meeting_as_typed(found)
        more = clash(changed, stored, both_texts(form, stored))
    status = more.pop("status")
    context = {
        "consultation": found.consultation,
        "meeting": found,
        "form": form,
        "closed": closed,
        "no_minutes": why_not("consultations.publish_minutes", official, found, at=at),
        "seen": seen_in(request, meeting_as_typed(found)),
        **more,
    }
    return render(request, "consultations/meeting_edit.html", context, status=status)


def _revised(request: HttpRequest, meeting: Meeting, form: MeetingForm, official: User, at: datetime) -> bool:
    """Save what was typed and say so; a refusal goes to its field. Raises ChangedMeanwhile."""
    place: dict[str, Any] = {"slug": meeting.consultation.slug, "number": meeting.number}
    try:
        changed = actions.save_over(
            consultation=meeting.consultation,
            seen=seen_by(request),
            stored=lambda: meeting_as_typed(the_meeting(request, **place)[1]),
            save=lambda: actions.revise_meeting(meeting=meeting, text=_text(form), by=official, at=at),
        )
    except UnfitMeeting as unfit:
        form.add_error(unfit.field, str(unfit))
        return False
    except ChangedMeanwhile:
        raise
    except DomainError as refused:
        form.add_error(None, str(refused))
        return False
    if changed:
        messages.success(request, _("The meeting is saved. Those who signed up are told of a new time or place."))
    else:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
    return True


def _text(form: MeetingForm) -> actions.MeetingText:
    names = (field.name for field in fields(actions.MeetingText))
    return actions.MeetingText(**{name: form.cleaned_data[name] for name in names})


@signed_in
def meeting_call_off(request: HttpRequest, slug: str, meeting: int) -> HttpResponse:
    """Ask for the reason, then call the meeting off."""
    at = now()
    official, found = the_meeting(request, slug, meeting)
    form = CallOffForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            changed = actions.call_off_meeting(meeting=found, by=official, at=at, **form.cleaned_data)
        except DomainError as refused:
            form.add_error("reason", str(refused))
        else:
            words = _("The meeting is called off. Those who signed up get a mail.")
            messages.success(request, words if changed else _("The meeting was called off already."))
            return redirect("consultations:meeting-edit", slug=slug, meeting=meeting)
    context = {"consultation": found.consultation, "meeting": found, "form": form}
    return render(request, "consultations/meeting_call_off.html", context, status=UNFIT if form.is_bound else 200)


@require_safe
@signed_in
def meeting_people(request: HttpRequest, slug: str, meeting: int) -> HttpResponse:
    """Show who signed up, in the order of signing up."""
    official, found = the_meeting(request, slug, meeting)
    require("consultations.see_sign_ups", official, found)
    rows = queries.sign_ups_for(official, found)
    context = {
        "consultation": found.consultation,
        "meeting": found,
        "placed": [row for row in rows if row.has_place],
        "waiting": [row for row in rows if not row.has_place],
    }
    return render(request, "consultations/meeting_people.html", context)


@signed_in
def minutes_edit(request: HttpRequest, slug: str, meeting: int) -> HttpResponse:
    """Write the minutes of a meeting that has been held, and publish them."""
    at = now()
    official, found = the_meeting(request, slug, meeting)
    require("consultations.publish_minutes", official, found, at=at)
    topics = queries.topics_of(found.consultation)
    form = MinutesForm(request.POST or None, topics=topics, initial=_minutes_as_typed(found))
    more: dict[str, Any] = {"status": UNFIT if form.is_bound else 200}
    if form.is_bound and form.is_valid():
        try:
            _publish(request, found, form, topics, by=official, at=at)
        except ChangedMeanwhile as changed:
            _official, found = the_meeting(request, slug, meeting)
            stored = _minutes_as_typed(found)
            more = clash(changed, stored, both_texts(form, stored))
        except UnfitMeeting as unfit:
            form.add_error(unfit.field, str(unfit))
        else:
            messages.success(request, _("The minutes are published."))
            return redirect("consultations:meeting", slug=slug, meeting=meeting)
    status, seen = more.pop("status"), seen_in(request, _minutes_as_typed(found))
    context = {"consultation": found.consultation, "meeting": found, "form": form, "seen": seen, **more}
    return render(request, "consultations/minutes_edit.html", context, status=status)


def _publish(  # noqa: PLR0913 - what minutes are made of
    request: HttpRequest, meeting: Meeting, form: MinutesForm, topics: Sequence[Topic], *, by: User, at: datetime
) -> None:
    typed: dict[str, Any] = form.cleaned_data
    chosen = [topic for topic in topics if topic.slug in typed["topics"]]
    facts = {"text": typed["minutes"], "topics": chosen, "attended": typed["attended"]}
    place: dict[str, Any] = {"slug": meeting.consultation.slug, "number": meeting.number}
    actions.save_over(
        consultation=meeting.consultation,
        seen=seen_by(request),
        stored=lambda: _minutes_as_typed(the_meeting(request, **place)[1]),
        save=lambda: actions.publish_minutes(meeting=meeting, by=by, at=at, **facts),
    )


def _minutes_as_typed(meeting: Meeting) -> dict[str, Any]:
    return {
        "minutes": meeting.minutes,
        "attended": meeting.attended,
        "topics": [topic.slug for topic in queries.minutes_topics_of(meeting)],
    }
