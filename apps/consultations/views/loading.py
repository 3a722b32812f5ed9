"""Loading what the desk works on, and letting in those who may."""

from django.http import Http404, HttpRequest

from apps.accounts.models import User
from apps.common.permissions import require
from apps.consultations.models import Consultation, Meeting, Topic
from apps.consultations.queries import consultation_by_slug, meeting_at, topic_by_slug


def the_official(request: HttpRequest) -> User:
    """Return who works here; raises NotAllowed for anyone but officials."""
    require("consultations.draft_consultation", request.user)
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    return request.user


def the_consultation(request: HttpRequest, slug: str) -> tuple[User, Consultation]:
    """Return who works here and on what; NotAllowed comes before 404, so that nobody can feel for drafts.

    A draft is not there for officials outside its team; what they can see and not edit is refused.
    """
    official = the_official(request)
    found = consultation_by_slug(official, slug)
    if found is None:
        raise Http404
    require("consultations.edit_consultation", official, found)
    return official, found


def the_topic(request: HttpRequest, slug: str, topic: str) -> tuple[User, Topic]:
    """Return who works here and on which topic of that consultation."""
    official, consultation = the_consultation(request, slug)
    found = topic_by_slug(consultation, topic)
    if found is None:
        raise Http404
    return official, found


def the_meeting(request: HttpRequest, slug: str, number: int) -> tuple[User, Meeting]:
    """Return who works here and on which meeting of that consultation."""
    official = the_official(request)
    found = meeting_at(official, slug, number)
    if found is None:
        raise Http404
    require("consultations.edit_consultation", official, found.consultation)
    return official, found
