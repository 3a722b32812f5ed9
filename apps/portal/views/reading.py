"""Who reads a thread, and what they can do there: for every page that shows one."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from apps.common.permissions import may
from apps.consultations.enums import ConsultationKind
from apps.consultations.models import Topic
from apps.consultations.queries import map_choices
from apps.consultations.rules import why_not_open
from apps.discussions.queries import (
    Reading,
    ThreadRow,
    agreed_with,
    links_of,
    pause_by_id,
    proposals_among,
    steps_of,
    sums_told,
    why_to_wait,
)
from apps.portal.rendering import citing_of, treated_among
from apps.publications.queries import statements_citing


def reading_of(  # noqa: PLR0913 - a reading has that many sides
    request: HttpRequest, topic: Topic, rows: list[ThreadRow], known: dict[str, Any], at: datetime, *, is_open: bool
) -> Reading:
    """Return how these articles are read: by whom, when, with what came of each, and what the reader can do.

    `known` is what the query of the topic brought along: residence, organisation, pause, is_summarised,
    has_white_paper, has_map; and the phases.
    """
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
        **_of_answers(slug, rows, answering=answering),
        report_url=reverse("moderation:report-submit", kwargs={"slug": slug, "number": 0}),
        **_of_box(request, topic, rows, at),
        **_of_agreement(request, topic, rows, known, at),
        treated=treated_among(rows, slug) if known["has_white_paper"] else {},
        cited=_cited(rows, reverse("publications:summary", kwargs={"slug": slug})) if known["is_summarised"] else {},
    )


def _of_answers(slug: str, rows: list[ThreadRow], *, answering: bool) -> dict[str, Any]:
    """Return which numbers answers lead to, and where an official answers and corrects."""
    at_number = {"slug": slug, "number": 0}
    return {
        "answer_url": reverse("publications:answer-publish", kwargs=at_number) if answering else "",
        "correct_url": reverse("publications:answer-correct", kwargs=at_number) if answering else "",
        "links": links_of(row.contribution for row in rows if row.contribution and not row.is_trace),
    }


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
