"""What a person follows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.consultations.queries import with_english
from apps.notifications.queries import followed_by
from apps.portal.rendering import cards_of


@require_safe
@signed_in
def my_following(request: HttpRequest) -> HttpResponse:
    """Show the hearings of which the person is told by mail, each with a button to stop."""
    assert isinstance(request.user, User)  # noqa: S101 - signed in
    followed = list(followed_by(request.user))
    with_english(followed)
    return render(request, "portal/my_following.html", {"cards": cards_of(followed, now())})
