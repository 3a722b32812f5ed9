"""Officials say what becomes of a suggestion."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import require
from apps.discussions.actions import set_suggestion_status
from apps.discussions.errors import ReasonNeeded
from apps.discussions.forms import SuggestionStatusForm
from apps.discussions.queries import Reading, proposals_among, steps_of, text_at
from apps.discussions.rendering import shown_as

UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def suggestion_status(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the suggestion with what was said so far, and give it its next status."""
    require("consultations.keep_box", request.user)
    official, at = cast("User", request.user), now()
    found = text_at(slug, number)
    if found is None:
        raise Http404
    require("discussions.set_suggestion_status", official, found)
    form = SuggestionStatusForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_suggestion_status(contribution=found, **form.cleaned_data, by=official, at=at)
        except DomainError as refused:
            form.add_error("sentence" if isinstance(refused, ReasonNeeded) else "status", str(refused))
        else:
            messages.success(request, _("Everyone can read it now, and its author is told by mail."))
            return redirect("portal:contribution", slug=slug, number=number)
    reading = Reading(
        topic=found.topic,
        viewer_id=official.pk,
        at=at,
        steps=steps_of([found.pk]),
        proposals=proposals_among([found.pk], at=at),
    )
    context = {"form": form, "contribution": found, "topic": found.topic, "article": shown_as(found, reading)}
    return render(request, "discussions/suggestion_status.html", context, status=UNFIT if form.is_bound else 200)
