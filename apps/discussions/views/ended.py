"""A text for a topic that was deleted or merged while it was written: it is kept, and shown where it can go."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from apps.accounts.rules import is_person
from apps.common.clock import now
from apps.common.drafts import arrive, draft_at
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import (
    consultation_by_slug,
    phases_of,
    removed_topic,
    topic_at,
    topics_of,
    with_english,
)
from apps.consultations.rules import why_not_receive
from apps.discussions.errors import TopicGone

# What a form of another topic takes over.
CARRIED = ("kind", "long_text", "reply_to", "key", "opened", "place", "place_at", "as_proposal", "terms")


def ended_topic_page(request: HttpRequest, slug: str, topic: str) -> HttpResponse | None:
    """Show what was typed or kept for a topic that is not there any more, with the topics where it can be written.

    None where people write in the topic as ever, where it never was, and where there is no text. What was sent comes
    with the status of a conflict, what was kept with that of a page that is not there, or is for a merged topic.
    """
    owner, found = consultation_by_slug(request.user, slug), topic_at(request.user, slug, topic)
    if owner is None or (found is not None and found.merged_into_id is None):
        return None
    place = found.pk if found else removed_topic(owner, topic)
    if place is None:
        return None
    typed = request.POST.dict() if request.method == "POST" else draft_at(request.session, place) or {}
    if not (typed.get("body") or typed.get("long_text")):
        return None
    if request.method != "POST" and is_person(request.user):
        arrive(request.session)
    context = _context(owner, found, typed) | {
        "left": place,
        "files_lost": bool(request.FILES) or typed.get("files") == "lost",
    }
    kept_status = 200 if found else 404
    status = TopicGone.status if request.method == "POST" else kept_status
    return render(request, "discussions/topic_ended.html", context, status=status)


def ended_topic(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    """Answer for a topic that is not there: with what was typed or kept for it, or that there is no such page."""
    page = ended_topic_page(request, slug, topic)
    if page is None:
        raise Http404
    return page


def _context(owner: Consultation, found: Topic | None, typed: dict[str, Any]) -> dict[str, Any]:
    at, phases = now(), phases_of(owner)
    others = topics_of(owner)
    merged_into = next((row for row in others if found and row.pk == found.merged_into_id), None)
    asked = [merged_into] if merged_into else others
    refusals = {row.pk: why_not_receive(owner, phases, at=at, topic=row) for row in asked}
    with_english(owner, others, found)
    return {
        "consultation": owner,
        "ended": found,
        "merged_into": merged_into,
        "topics": [row for row in asked if refusals[row.pk] is None],
        "closed": why_not_receive(owner, phases, at=at),
        "body": typed.get("body", ""),
        "carried": [(name, typed[name]) for name in CARRIED if typed.get(name)],
        "long_text": typed.get("long_text", ""),
    }
