"""The list of consultations, and the page of one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.common.clock import now
from apps.common.permissions import may
from apps.consultations import queries
from apps.consultations.enums import ConsultationKind
from apps.consultations.models import Consultation, Phase, Topic
from apps.consultations.rules import is_late, role_in_team, why_stopped
from apps.discussions.queries import published_by_numbers
from apps.notifications.queries import is_following
from apps.portal.forms import ConsultationSearch
from apps.portal.rendering import cards_of, excerpt_of, phase_steps, status_of, who_may_write
from apps.publications.queries import published_paper, published_summary, statements_of
from apps.publications.queries.decisions import decision_of
from apps.publications.queries.milestones import promises_of

PAGE = 20
LAST_PAGE = 500
STATEMENTS = 3


@require_safe
def consultation_list(request: HttpRequest) -> HttpResponse:
    """Show the hearings, latest first, with a search that works without script."""
    at = now()
    form = ConsultationSearch(request.GET)
    asked = form.asked()
    page = _page(request)
    found = queries.listed_consultations(request.user, words=asked.get("q", ""), state=asked.get("state", ""), at=at)
    rows = list(found[(page - 1) * PAGE : page * PAGE + 1])
    queries.with_english(rows)
    context = {
        "form": form,
        "cards": cards_of(rows[:PAGE], at),
        "filters": _removable(form, asked),
        "page_number": page,
        "newer": _address(asked, page - 1) if page > 1 else "",
        "older": _address(asked, page + 1) if len(rows) > PAGE else "",
    }
    return render(request, "portal/consultation_list.html", context)


def _page(request: HttpRequest) -> int:
    wanted = request.GET.get("page", "")
    return min(max(int(wanted), 1), LAST_PAGE) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else 1  # noqa: PLR2004 - four digits are more than enough


def _address(asked: dict[str, str], page: int = 1) -> str:
    return "?" + urlencode(asked | ({"page": page} if page > 1 else {}))


def _removable(form: ConsultationSearch, asked: dict[str, str]) -> list[dict[str, str]]:
    """Return the filters in force, each with the address of the list without it."""
    words = {"q": _("Words: %(words)s"), "state": _("State: %(words)s")}
    labels = dict(form.fields["state"].choices)  # type: ignore[attr-defined]
    return [
        {
            "words": words[name] % {"words": labels.get(value, value)},
            "url": _address({other: kept for other, kept in asked.items() if other != name}),
        }
        for name, value in asked.items()
    ]


@require_safe
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one consultation: where it stands, what is proposed, its topics, papers and what came of it."""
    at = now()
    found = queries.consultation_by_slug(request.user, slug)
    if found is None:
        raise Http404
    if found.kind != ConsultationKind.HEARING:
        return redirect(home_of(found))
    phases, topics = queries.phases_of(found), queries.topics_of(found)
    facts, documents, meetings = queries.facts_of(found), queries.documents_of(found), queries.meetings_of(found)
    queries.with_english(found, phases, topics, facts, documents, meetings)
    context = {
        "consultation": found,
        "status": status_of(found, phases, at),
        "stages": queries.stages_of(found),
        "phases": [] if found.is_cancelled else phase_steps(phases, at),
        "deadline": queries.deadline_of(phases, at),
        "late": is_late(found, phases, at=at),
        **_deadlines(found, phases, at),
        "who_may_write": who_may_write(found),
        "version": queries.version_in_force(found),
        "contents": queries.contents(found),
        "facts": facts,
        "topics": topics,
        "write_url": _write_address(found, topics),
        "documents": documents,
        "map": _map(found),
        "meetings": sorted(meetings, key=lambda meeting: meeting.ends_at <= at),
        **_parties(found),
        "stopped": why_stopped(found),
        "may_stop": may("consultations.stop_writing", request.user, found),
        "may_edit": may("consultations.edit_consultation", request.user, found),
        "may_export": found.is_published and role_in_team(request.user, found) is not None,
        "is_following": is_following(request.user, found),
        "paper": published_paper(found),
        **_summary(found),
        "decision": decision_of(found),
        "promises": promises_of(found, at=at),
    }
    return render(request, "portal/consultation.html", context)


def _deadlines(found: Consultation, phases: Sequence[Phase], at: datetime) -> dict[str, Any]:
    """Return how the deadline was moved, and how many days people have by an extension where it gave more."""
    changes, given = queries.deadline_changes_of(found), found.chosen_period
    period = queries.period_of(found, phases, at=at) if changes and given is not None else None
    days = period.days if period else None
    return {"changes": changes, "extended_days": days if days is not None and days > (given or 0) else None}


def home_of(consultation: Consultation) -> str:
    """Return the address of the page of the suggestion box, or of a post: both have no page as hearings have."""
    topic = next(iter(queries.topics_of(consultation)), None)
    if consultation.kind == ConsultationKind.SUGGESTIONS:
        return reverse("portal:suggestion-list")
    if topic is None:
        return reverse("portal:news-list")
    return reverse("portal:topic", kwargs={"slug": consultation.slug, "topic": topic.slug})


def _write_address(consultation: Consultation, topics: Sequence[Topic]) -> str:
    """Return where writing begins: in the only topic, or where one of several is chosen."""
    if len(topics) != 1:
        return "#topics"
    return reverse("portal:topic", kwargs={"slug": consultation.slug, "topic": topics[0].slug}) + "#write"


def _map(consultation: Consultation) -> queries.MapView | None:
    drawn = queries.shown_map_of(consultation)
    return queries.map_view_of(drawn) if drawn else None


def _parties(consultation: Consultation) -> dict[str, Any]:
    """Return who was invited, and the numbers of those answers of theirs that everyone can read."""
    parties = queries.parties_of(consultation)
    asked = [party.answered_number for party in parties if party.answered_number]
    answers = {row.number for row in published_by_numbers(consultation.pk, asked)} if asked else set()
    return {"parties": parties, "answers": answers}


def _summary(consultation: Consultation) -> dict[str, Any]:
    """Return the beginning of the published summary: statements in plain words, each with the first it cites."""
    summary = published_summary(consultation)
    if summary is None:
        return {"summary": None}
    statements = statements_of(summary, is_public=True)
    shown = [excerpt_of(statement) for statement in statements[:STATEMENTS]]
    return {"summary": summary, "statements": shown, "statements_left": len(statements) - len(shown)}
