"""Deciding appeals against pauses in somebody's writing: they stand in the queue as other appeals do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import may, require
from apps.moderation.actions import decide_pause_appeal
from apps.moderation.enums import AppealOutcome
from apps.moderation.forms import PauseAppealDecisionForm
from apps.moderation.models import PauseAppeal
from apps.moderation.queries import decisions_on, pause_appeal_by_id
from apps.moderation.views.desk import come_in_for, is_sent_twice, with_its_text
from apps.moderation.views.parts import part_of
from apps.moderation.views.pausing import decided_before, found

UNFIT = 422


@sensitive_post_parameters("sentence")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@vary_on_headers("X-Fragment")
def pause_appeal_decide(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """Show an appeal against a pause with the text and the reasons, and let somebody else decide it.

    It stands in the queue, and leads back to it and on to what is next.
    """
    require("moderation.work_cases", request.user)
    appeal = found(pause_appeal_by_id(appeal_id))
    desk = come_in_for(request, appeal.pause.contribution, at=now())
    form, refusal, status = PauseAppealDecisionForm(request.POST or None), "", 200
    if request.method == "POST":
        status = UNFIT
        if form.is_valid():
            try:
                decide_pause_appeal(appeal=appeal, **form.cleaned_data, by=desk.viewer, at=desk.at)
                messages.success(request, _told(appeal))
                return redirect(desk.next_url(appeal))
            except DomainError as in_the_way:
                refusal, status = str(in_the_way), in_the_way.status
                appeal = found(pause_appeal_by_id(appeal_id))
                if is_sent_twice(in_the_way, appeal.decided_by_id, appeal.sentence, desk=desk, form=form):
                    return redirect(desk.next_url(appeal))
    contribution = appeal.contribution
    context = with_its_text(desk, appeal, "moderation.decide_pause_appeal", refusal) | {
        "appeal": appeal,
        "case_name": f"pause_appeal-{appeal.pk}",
        "pause": appeal.pause,
        "stands": appeal.pause.stands(desk.at),
        "shows_facts": may("moderation.read_facts", request.user, contribution),
        "form": form,
        "kept_text": request.POST.get("sentence", "") if refusal else "",
        "here": decisions_on(contribution),
        **decided_before(contribution, but=appeal.pause),
    }
    return render(request, part_of(request, "moderation/pause_appeal_decide.html"), context, status=status)


def _told(appeal: PauseAppeal) -> str:
    if appeal.outcome == AppealOutcome.REVERSED:
        return _("The pause is reversed. Who appealed gets your reasons by mail.")
    return _("The pause was right. Who appealed gets your reasons by mail.")
