"""The brake: one page of a consultation, on which writing is stopped in a topic or in all of it, and opened again."""

from typing import Any

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
from apps.consultations.actions import resume_writing, stop_writing
from apps.consultations.models import Consultation
from apps.consultations.queries import consultation_by_slug, topics_of
from apps.moderation.forms import BrakeForm

UNFIT = 422
RESUME = "resume"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def brake(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where writing is stopped and why; stop it with a sentence that everyone reads, or open it again."""
    consultation = consultation_by_slug(request.user, slug)
    if consultation is None:
        raise Http404
    require("consultations.stop_writing", request.user, consultation)
    topics = topics_of(consultation)
    is_sent = request.method == "POST"
    form = BrakeForm(request.POST if is_sent else None, topics=topics, initial={"place": request.GET.get("topic", "")})
    if is_sent and _is_done(request, consultation, form):
        return redirect("moderation:brake", slug=slug)
    stopped = [place for place in (consultation, *topics) if place.stop_sentence]
    context = {"consultation": consultation, "form": form, "stopped": stopped}
    return render(request, "moderation/brake.html", context, status=UNFIT if is_sent else 200)


def _is_done(request: HttpRequest, consultation: Consultation, form: BrakeForm) -> bool:
    """Do what was asked; answer False when the form has to be shown again, with what is wrong in it."""
    assert isinstance(request.user, User)  # noqa: S101 - only they pass the rule
    if request.POST.get("action") == RESUME:
        form.fields["sentence"].required = False
    if not form.is_valid():
        return False
    where: dict[str, Any] = {
        "consultation": consultation,
        "topic": form.chosen_topic(),
        "by": request.user,
        "at": now(),
    }
    try:
        if request.POST.get("action") == RESUME:
            resume_writing(**where)
            messages.success(request, _("Writing is open again."))
        elif stop_writing(sentence=form.cleaned_data["sentence"], **where):
            messages.success(request, _("Writing is stopped. Everyone reads your sentence there."))
        else:
            messages.info(request, _("Writing was stopped there already. The sentence that stands there stays."))
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
