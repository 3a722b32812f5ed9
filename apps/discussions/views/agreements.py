"""Agreeing with one click, without script, and taking it back with another."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.accounts.models import User
from apps.common.access import signed_in_or_back_to
from apps.common.clock import now
from apps.discussions.actions import agree, take_back_agreement
from apps.discussions.queries import text_at


@require_POST
@signed_in_or_back_to("portal:contribution")
def agreement(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Agree with the contribution, or no longer, and lead back to it."""
    by, at = cast("User", request.user), now()
    found = text_at(slug, number)
    if found is None:
        raise Http404
    if "take_back" in request.POST:
        is_new = take_back_agreement(contribution=found, by=by, at=at)
        said = _("You no longer agree with no. %(number)s.")
        again = _("You do not agree with no. %(number)s, so there was nothing to take back.")
    else:
        is_new = agree(contribution=found, by=by, at=at)
        said = _("You agree with no. %(number)s. You can take it back.")
        again = _("You agree with no. %(number)s already, and it counts once. You can take it back.")
    messages.success(request, (said if is_new else again) % {"number": found.number})
    return redirect("portal:contribution", slug=found.consultation.slug, number=found.number)
