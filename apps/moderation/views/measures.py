"""How moderation is doing, and the sample of decisions that a second moderator reads."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import require
from apps.moderation.actions import give_second_reading
from apps.moderation.enums import Verdict
from apps.moderation.indicators import measures, text_of, to_read_again
from apps.moderation.queries import queue_length
from apps.moderation.rendering import shown_text
from apps.moderation.views.desk import come_in

SPANS = (30, 90, 365)
UNFIT = 422


@require_safe
@login_required
def measure_list(request: HttpRequest) -> HttpResponse:
    """Show the figures of a month, a quarter or a year, each with what it was made from."""
    require("moderation.see_measures", request.user)
    at = now()
    asked = request.GET.get("days", "")
    days = next((span for span in SPANS if str(span) == asked), SPANS[0])
    context = {"measures": measures(at=at, days=days), "days": days, "spans": SPANS, "now": at}
    return render(request, "moderation/measure_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def second_reading(request: HttpRequest) -> HttpResponse:
    """Show the next text of the sample without what was decided, and keep what the reader would have done."""
    desk = come_in(request, at=now())
    decision = to_read_again(desk.viewer)
    problem = ""
    if request.method == "POST":
        verdict = request.POST.get("verdict", "")
        if decision is None or str(decision.pk) != request.POST.get("decision"):
            problem = _("A colleague has read this one meanwhile. Here is the next.")
        elif verdict not in Verdict.values:
            problem = _("Choose what you would have done.")
        else:
            try:
                give_second_reading(decision=decision, verdict=Verdict(verdict), by=desk.viewer, at=desk.at)
            except DomainError as refusal:
                problem = str(refusal)
            else:
                messages.success(request, _("Thank you. It is counted, and tied to nobody on the page of figures."))
                return redirect("moderation:second-reading")
    contribution = text_of(decision) if decision else None
    context = {
        "desk": desk,
        "decision": decision,
        "contribution": contribution,
        "text": shown_text(contribution) if contribution else None,
        "verdicts": Verdict.choices,
        "problem": problem,
        "queue_length": queue_length(),
    }
    return render(request, "moderation/second_reading.html", context, status=UNFIT if problem else 200)
