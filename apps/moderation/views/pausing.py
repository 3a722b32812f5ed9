"""Pauses in somebody's writing: deciding one from a text in hand, those that stand, and appeals against them."""

from datetime import datetime
from typing import Any, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.models import User
from apps.accounts.rules import is_moderator, is_person
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import may, require, why_not
from apps.discussions.errors import PausedAlready
from apps.discussions.models import Contribution, WritingPause
from apps.discussions.queries import pause_by_id, pauses_about, record_of
from apps.moderation.actions import PauseRuling, end_pause, pause_person, submit_pause_appeal
from apps.moderation.enums import QueueThing
from apps.moderation.forms import AppealForm, PauseForm
from apps.moderation.forms.pausing import EVERYWHERE
from apps.moderation.queries import (
    decisions_about,
    decisions_on,
    pause_appeals_waiting,
    queue_length,
    standing_pauses,
)
from apps.moderation.rendering import queue_rows, shown_text
from apps.moderation.rules import APPEAL_TAKEN
from apps.moderation.views.desk import case_desk, item_at, whole_number
from apps.municipality.queries import selectable_reasons

UNFIT = 422
Row = TypeVar("Row")


@sensitive_post_parameters("sentence", "internal_facts")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def person_pause(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """Show what was decided about the author before, and let a moderator pause their writing for some days."""
    contribution, at = item_at(contribution_id), now()
    require("moderation.open_case", request.user, contribution)
    refusal = why_not("moderation.pause_person", request.user, contribution)
    is_sent = request.method == "POST"
    form = PauseForm(request.POST if is_sent else None, reasons=selectable_reasons())
    if is_sent and refusal is None and form.is_valid():
        sent = form.cleaned_data
        ruling = PauseRuling(
            days=sent["days"],
            is_everywhere=sent["where"] == EVERYWHERE,
            reason=form.reasons[sent["reason"]],
            sentence=sent["sentence"],
            internal_facts=sent["internal_facts"],
        )
        try:
            pause_person(contribution=contribution, ruling=ruling, by=_the(request), at=at)
        except DomainError as in_the_way:
            if isinstance(in_the_way, PausedAlready) and _is_just_made(contribution, ruling, _the(request)):
                return redirect("moderation:item", contribution_id)
            form.add_error(None, str(in_the_way))
        else:
            messages.success(request, _("Their writing is paused. They get your reasons by mail, and can appeal."))
            return redirect("moderation:item", contribution_id)
    earlier = decided_before(contribution)
    context = {
        "now": at,
        "contribution": contribution,
        "is_deputy_only": not is_moderator(request.user),
        "text": shown_text(contribution),
        "why_not": refusal,
        "form": form,
        "kept_text": request.POST.get("sentence", "") if refusal else "",
        "here": decisions_on(contribution),
        **earlier,
        "standing": next((pause for pause in earlier["pauses"] if _covers(pause, contribution, at)), None),
    }
    return render(request, "moderation/person_pause.html", context, status=UNFIT if is_sent else 200)


def _is_just_made(contribution: Contribution, ruling: PauseRuling, by: User) -> bool:
    """Tell whether the pause that stands is this very decision, as by a double click."""
    last = next(iter(pauses_about(contribution.author_id, limit=1)), None)
    where = None if ruling.is_everywhere else contribution.consultation_id
    made = (contribution.pk, where, by.pk, ruling.days, ruling.sentence.strip())
    return last is not None and made == (
        *(last.contribution_id, last.consultation_id, last.paused_by_id, last.days, last.sentence),
    )


def _covers(pause: WritingPause, contribution: Contribution, at: datetime) -> bool:
    return pause.stands(at) and pause.consultation_id in {None, contribution.consultation_id}


def decided_before(contribution: Contribution, *, but: WritingPause | None = None) -> dict[str, Any]:
    """Return what was decided about the author before, but for a pause in hand: what is proportionate goes by that."""
    before = [pause for pause in pauses_about(contribution.author_id) if pause != but]
    return {
        "record": record_of(contribution.author_id, before=now()),
        "earlier": decisions_about(contribution.author_id, but=contribution),
        "pauses": before,
    }


@require_safe
@login_required
def pause_list(request: HttpRequest) -> HttpResponse:
    """Show the appeals that wait, as the queue has them, and the pauses that stand, the one that ends first on top.

    The deputy sees the appeals that are the deputy's.
    """
    require("moderation.work_cases", request.user)
    desk, after = case_desk(request, at=now()), whole_number(request.GET.get("after", ""))
    pauses, last = ([], None) if desk.is_deputys else standing_pauses(at=desk.at, after=after)
    here = reverse("moderation:pause-list")
    context = {
        "now": desk.at,
        "desk": desk,
        "is_deputy_only": desk.is_deputys,
        "rows": [] if after else queue_rows(pause_appeals_waiting(desk.narrowed), desk.narrowed),
        "all_appeals": f"{reverse('moderation:queue')}?thing={QueueThing.APPEALS}",
        "pauses": pauses,
        "newer": here if after else "",
        "older": f"{here}?after={last}" if last else "",
        "queue_length": queue_length(desk.narrowed),
    }
    return render(request, "moderation/pause_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def pause_lift(request: HttpRequest, pause_id: int) -> HttpResponse:
    """Show a pause with its reasons, and let a moderator end it before its time."""
    require("moderation.work_cases", request.user)
    at, pause = now(), found(pause_by_id(pause_id))
    require("moderation.open_case", request.user, pause.contribution)
    if request.method == "POST":
        if end_pause(pause=pause, by=_the(request), at=at):
            messages.success(request, _("The pause is over. They can write again, and are told by mail."))
        else:
            messages.info(request, _("The pause was over already."))
        return redirect("moderation:pause-lift", pause_id)
    context = {
        "now": at,
        "pause": pause,
        "stands": pause.stands(at),
        "appeal": getattr(pause, "appeal", None),
        "contribution": pause.contribution,
        "text": shown_text(pause.contribution),
        "shows_facts": may("moderation.read_facts", request.user, pause.contribution),
        "why_not": why_not("moderation.lift_pause", request.user, pause),
    }
    return render(request, "moderation/pause_lift.html", context)


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def pause_appeal(request: HttpRequest, pause_id: int) -> HttpResponse:
    """Let the person whose writing was paused appeal once; what came of it stands on their page of the pause."""
    at, pause = now(), found(pause_by_id(pause_id))
    if not is_person(request.user) or pause.person_id != request.user.pk:
        raise Http404
    appeal = getattr(pause, "appeal", None)
    refused = None if appeal else why_not("moderation.appeal_pause", request.user, pause, at=at)
    is_sent = request.method == "POST"
    form = AppealForm(request.POST if is_sent else None)
    if is_sent and not appeal and not refused and form.is_valid():
        try:
            submit_pause_appeal(pause=pause, **form.cleaned_data, by=request.user, at=at)
        except DomainError as in_the_way:
            form.add_error(None, str(in_the_way))
        else:
            messages.success(request, _("Your appeal was received. You get a mail when it is decided."))
            return redirect("portal:my-pause", pause_id)
    context = {
        "now": at,
        "pause": pause,
        "appeal": appeal,
        "appeal_until": pause.begins_at + APPEAL_TAKEN,
        "refused": refused,
        "kept_text": request.POST.get("text", "") if refused or appeal else "",
        "form": form,
    }
    return render(request, "moderation/pause_appeal.html", context, status=UNFIT if is_sent else 200)


def found(row: Row | None) -> Row:
    """Return the row; raises Http404 without one."""
    if row is None:
        raise Http404
    return row


def _the(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - only they pass the rules
    return request.user
