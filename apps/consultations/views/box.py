"""Opening the suggestion box."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import require
from apps.consultations import actions
from apps.consultations.forms import BoxForm
from apps.consultations.queries import suggestion_box

UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def box_open(request: HttpRequest) -> HttpResponse:
    """Ask for the topics, and open the box; where it is open already lead to it."""
    at = now()
    require("consultations.keep_box", request.user)
    if suggestion_box() is not None:
        return redirect("portal:suggestion-list")
    form = BoxForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = dict(form.cleaned_data)
        topics = [actions.TopicText(title=title) for title in asked.pop("topics")]
        text = actions.ConsultationText(**asked)
        try:
            actions.open_suggestion_box(text=text, topics=topics, by=cast("User", request.user), at=at)
        except DomainError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("The suggestion box is open. Set its map, and people can say which place they mean.")
            )
            return redirect("portal:suggestion-list")
    return render(request, "consultations/box_open.html", {"form": form}, status=UNFIT if form.is_bound else 200)
