"""A topic's page: the municipality's facts, the thread, the box to write in, and what came since a reader came."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from apps.common.clock import now
from apps.common.drafts import draft_at
from apps.common.pagination import ledger_place, whole_number
from apps.common.permissions import may
from apps.consultations.enums import ConsultationKind
from apps.consultations.models import Topic
from apps.consultations.queries import (
    facts_of,
    has_map,
    has_minutes,
    is_merged_since,
    map_choices,
    minutes_about,
    phases_of,
    topics_at,
    with_english,
)
from apps.consultations.rules import is_late, why_not_open, why_not_receive
from apps.discussions.enums import Order, Show
from apps.discussions.queries import (
    Reading,
    ThreadPage,
    ThreadRow,
    agreed_with,
    letters_in_topic,
    news_since,
    organisation_beside,
    pause_beside,
    pause_by_id,
    proposals_among,
    root_beside,
    steps_of,
    sums_told,
    thread_page,
    waiting_of,
    why_to_wait,
)
from apps.ledger.queries import last_position
from apps.portal.rendering import citing_of, post_of, status_of, treated_among
from apps.publications.queries import has_white_paper, is_summarised, statements_citing
from apps.residency.queries import residence_of

FRAGMENT, MERGE = "news", "merge"


@dataclass(frozen=True)
class Choice:
    """How a reader wants to read; what makes no sense in an address falls back to the usual."""

    order: Order
    show: Show
    after: int | None
    before: int | None

    @classmethod
    def of(cls, request: HttpRequest) -> "Choice":
        """Return the choice that stands in the address."""
        asked = request.GET
        after = whole_number(asked.get("after"))
        return cls(
            order=Order.NEWEST if asked.get("order") == Order.NEWEST else Order.OLDEST,
            show=next((show for show in Show if show == asked.get("show")), Show.ALL),
            after=after,
            before=whole_number(asked.get("before")) if after is None else None,
        )

    def address(self, **changes: Any) -> str:
        """Return the query of another page of the same reading; order and filter are kept unless changed."""
        query = {"order": self.order, "show": self.show} | changes
        usual = {"order": Order.OLDEST, "show": Show.ALL}
        return "?" + urlencode({name: value for name, value in query.items() if usual.get(name) != value})


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
    reading = _reading(request, topic, page.rows, known | {"phases": phases}, at, is_open=closed is None)
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


def _reading(  # noqa: PLR0913 - a reading has that many sides
    request: HttpRequest, topic: Topic, rows: list[ThreadRow], known: dict[str, Any], at: datetime, *, is_open: bool
) -> Reading:
    slug = topic.consultation.slug
    answering = topic.consultation.is_published and may(
        "consultations.answer_in_consultation", request.user, topic.consultation
    )
    pause = pause_by_id(known["pause"]) if known["pause"] else None
    return Reading(
        topic=topic,
        viewer_id=request.user.pk,
        at=at,
        residence=known["residence"],
        organisation=known["organisation"],
        is_open=is_open and pause is None,
        pause=pause,
        places=map_choices(topic.consultation) if is_open and known["has_map"] else (),
        wait=(is_open and why_to_wait(request.user, topic, at=at)) or "",
        answer_url=reverse("publications:answer-publish", kwargs={"slug": slug, "number": 0}) if answering else "",
        report_url=reverse("moderation:report-submit", kwargs={"slug": slug, "number": 0}),
        **_of_box(request, topic, rows, at),
        **_of_agreement(request, topic, rows, known, at),
        treated=treated_among(rows, slug) if known["has_white_paper"] else {},
        cited=_cited(rows, reverse("publications:summary", kwargs={"slug": slug})) if known["is_summarised"] else {},
    )


def _of_news(request: HttpRequest, topic: Topic) -> dict[str, Any]:
    """Return the post that a thread stands below; nothing of hearings and the suggestion box."""
    if topic.consultation.kind != ConsultationKind.NEWS:
        return {}
    may_edit = may("consultations.edit_consultation", request.user, topic.consultation)
    post = post_of(topic.consultation)
    return {"post": post, "picture": post.picture, "may_edit_news": may_edit}


def _of_box(request: HttpRequest, topic: Topic, rows: list[ThreadRow], at: datetime) -> dict[str, Any]:
    """Return what was said to become of the suggestions shown, and where more is said; nothing outside the box."""
    if topic.consultation.kind != ConsultationKind.SUGGESTIONS:
        return {}
    address = reverse("discussions:suggestion-status", kwargs={"slug": topic.consultation.slug, "number": 0})
    ids = [row.contribution.pk for row in rows if row.contribution and row.parent is None]
    return {
        "steps": steps_of(ids),
        "proposals": proposals_among(ids, at=at),
        "status_url": address if may("consultations.keep_box", request.user) else "",
    }


def _of_agreement(
    request: HttpRequest, topic: Topic, rows: list[ThreadRow], known: dict[str, Any], at: datetime
) -> dict[str, Any]:
    """Return what a verified resident agrees with while they can, and how many do where everyone may know."""
    consultation = topic.consultation
    shown = [row.contribution for row in rows if row.contribution and not row.is_trace]
    if consultation.kind == ConsultationKind.NEWS or not shown:
        return {}
    phases = known["phases"]
    told = {"sums": sums_told(consultation, phases, shown, at=at)}
    if known["residence"] is None or why_not_open(consultation, phases, at=at, topic=topic) is not None:
        return told
    address = reverse("discussions:agreement", kwargs={"slug": consultation.slug, "number": 0})
    return told | {"agreed": agreed_with(request.user.pk, [row.pk for row in shown]), "agree_url": address}


def _cited(rows: list[ThreadRow], summary_url: str) -> dict[int, list[dict[str, str]]]:
    """Return for each contribution the statements of the published summary that cite it."""
    shown = [row.contribution.pk for row in rows if row.contribution and not row.is_trace]
    return {
        pk: [citing_of(row, summary_url) for row in statements] for pk, statements in statements_citing(shown).items()
    }


def _news(request: HttpRequest, topic: Topic, since: int, known: dict[str, Any], at: datetime) -> HttpResponse:
    """Show what came into the topic after a position: as a page, or as the bare list that a script inserts."""
    rows, position = news_since(topic, since, at=at)
    is_fragment = request.headers.get("X-Fragment") == FRAGMENT
    if is_fragment and not rows:
        return HttpResponse(status=204)
    phases = phases_of(topic.consultation)
    closed = why_not_receive(topic.consultation, phases, at=at, topic=topic)
    reading = _reading(request, topic, rows, known | {"phases": phases}, at, is_open=closed is None)
    context = {
        "consultation": topic.consultation,
        "topic": topic,
        "rows": rows,
        "position": position,
        "reading": reading,
    }
    return render(request, f"portal/topic_{'fragment' if is_fragment else 'news'}.html", context)
