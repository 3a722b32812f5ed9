"""A topic's page: the municipality's facts, the thread, the box to write in, and what came since a reader came."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from apps.common.clock import now
from apps.common.drafts import draft_at
from apps.common.pagination import ledger_place
from apps.common.permissions import may
from apps.consultations.enums import ConsultationKind
from apps.consultations.models import Topic
from apps.consultations.queries import (
    facts_of,
    has_map,
    has_minutes,
    is_merged_since,
    minutes_about,
    phases_of,
    topics_at,
    with_english,
)
from apps.consultations.rules import is_late, why_not_receive
from apps.discussions.enums import Order, Show
from apps.discussions.queries import (
    ThreadPage,
    letters_in_topic,
    news_since,
    organisation_beside,
    pause_beside,
    root_beside,
    thread_page,
    waiting_of,
)
from apps.ledger.queries import last_position
from apps.portal.rendering import post_of, status_of
from apps.portal.views.choice import Choice
from apps.portal.views.reading import reading_of
from apps.publications.queries import has_white_paper, is_summarised
from apps.residency.queries import residence_of

FRAGMENT, MERGE = "news", "merge"


@require_safe
@vary_on_headers("X-Fragment")
def topic(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    """Show a topic with a page of its thread, or what came into it after a ledger position."""
    at = now()
    choice = Choice.of(request)
    beside = {
        "root": root_beside(choice.after if choice.before is None else choice.before),
        "head": last_position(),
        "residence": residence_of(request.user, at=at),
        "organisation": organisation_beside(request.user),
        "pause": pause_beside(request.user, slug, at=at),
        "is_summarised": is_summarised(slug),
        "has_white_paper": has_white_paper(slug),
        **letters_in_topic(),
        "has_minutes": has_minutes(slug, topic),
        "has_map": has_map(slug),
    }
    topics, known = topics_at(request.user, slug, **beside)
    here = next((row for row in topics if row.slug == topic), None)
    if here is None:
        raise Http404
    since = ledger_place(request.GET.get("since"))
    if since is not None and request.headers.get("X-Fragment") == MERGE:
        return HttpResponse("merged") if is_merged_since(here, since) else HttpResponse(status=204)
    if since is not None:
        return _news(request, here, since, known, at)
    root = vars(here)["root"]
    page = thread_page(here, order=choice.order, show=choice.show, after=choice.after, before=choice.before, root=root)
    if choice.before is not None and page.previous_before is None:
        return redirect(f"{request.path}{choice.address()}")
    context = {
        "topics": [row for row in topics if row.merged_into_id is None],
        "merged_into": next((row for row in topics if row.pk == here.merged_into_id), None),
        "may_end": may("consultations.end_topic", request.user, here),
        **_thread(request, here, choice, page, known, at),
    }
    with_english(here.consultation, *(context.get(name) for name in ("topics", "facts", "minutes", "picture")))
    return render(request, "portal/topic.html", context)


def _thread(  # noqa: PLR0913, PLR0917 - what the page was made from
    request: HttpRequest, topic: Topic, choice: Choice, page: ThreadPage, known: dict[str, Any], at: datetime
) -> dict[str, Any]:
    consultation = topic.consultation
    phases = phases_of(consultation)
    closed = why_not_receive(consultation, phases, at=at, topic=topic)
    reading = reading_of(request, topic, page.rows, known | {"phases": phases}, at, is_open=closed is None)
    return {
        "consultation": consultation,
        "topic": topic,
        "status": status_of(consultation, phases, at),
        "closed": closed,
        "late": is_late(consultation, phases, at=at),
        "may_stop": may("consultations.stop_writing", request.user, consultation),
        "facts": facts_of(consultation, topic),
        **_of_news(request, topic),
        "letters": vars(topic)["letters"],
        "with_letters": vars(topic)["with_letters"],
        "minutes": minutes_about(topic) if known["has_minutes"] else [],
        "page": page,
        "reading": reading,
        "choice": choice,
        "shows": Show.choices,
        "orders": [(order.label, choice.address(order=order), order == choice.order) for order in Order],
        "first": choice.address() if page.previous_before or choice.after else "",
        "previous": choice.address(before=page.previous_before) if page.previous_before else "",
        "next": choice.address(after=page.next_after) if page.next_after else "",
        "head": known["head"],
        "waiting": waiting_of(request.user, topic),
        "draft": draft_at(request.session, topic.pk),
    }


def _of_news(request: HttpRequest, topic: Topic) -> dict[str, Any]:
    """Return the post that a thread stands below; nothing of hearings and the suggestion box."""
    if topic.consultation.kind != ConsultationKind.NEWS:
        return {}
    may_edit = may("consultations.edit_consultation", request.user, topic.consultation)
    post = post_of(topic.consultation)
    return {"post": post, "picture": post.picture, "may_edit_news": may_edit}


def _news(request: HttpRequest, topic: Topic, since: int, known: dict[str, Any], at: datetime) -> HttpResponse:
    """Show what came into the topic after a position: as a page, or as the bare list that a script inserts."""
    rows, position = news_since(topic, since, at=at)
    is_fragment = request.headers.get("X-Fragment") == FRAGMENT
    if is_fragment and not rows:
        return HttpResponse(status=204)
    phases = phases_of(topic.consultation)
    closed = why_not_receive(topic.consultation, phases, at=at, topic=topic)
    reading = reading_of(request, topic, rows, known | {"phases": phases}, at, is_open=closed is None)
    context = {
        "consultation": topic.consultation,
        "topic": topic,
        "rows": rows,
        "position": position,
        "reading": reading,
    }
    return render(request, f"portal/topic_{'fragment' if is_fragment else 'news'}.html", context)
