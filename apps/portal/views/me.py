"""A person's own page."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.accounts.models import User
from apps.common.clock import now
from apps.common.drafts import kept_drafts
from apps.common.richtext import plain
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import coming_meetings_of, removed_topics, visible_topics
from apps.discussions.models import Contribution
from apps.discussions.queries import contributions_by, held_back, redacted_among
from apps.discussions.rules import edit_until
from apps.moderation.queries import appeals_on, pauses_of_person, reports_by
from apps.publications.queries.objections import rendered_of
from apps.residency.queries import open_residency

PAGE = 20
EXCERPT = 220
REPORTS = 20
LONGEST_ID = 18


@require_safe
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Show what the person wrote, newest first, what became of it, and whether they are a verified resident."""
    at = now()
    assert isinstance(request.user, User)  # noqa: S101 - signed in
    before = _before(request)
    rows = contributions_by(request.user)
    mine = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    drafts = _drafts(request)
    residency = open_residency(request.user.pk)
    shown = [row.pk for row in mine[:PAGE]]
    appeals, redacted = appeals_on(shown, author=request.user), redacted_among(shown)
    held, rendered = held_back(mine[:PAGE]), rendered_of(shown)
    context = {
        "now": at,
        "items": [
            _item(row)
            | {"appeal": appeals.get(row.pk), "is_redacted": row.pk in redacted, "is_held": row.pk in held}
            | {"rendered": rendered.get(row.pk)}
            for row in mine[:PAGE]
        ],
        "reports": reports_by(request.user)[:REPORTS] if before is None else [],
        "meetings": coming_meetings_of(request.user, at=at) if before is None else [],
        "drafts": drafts,
        "pauses": pauses_of_person(request.user) if before is None else [],
        "is_first_page": before is None,
        "older": f"?before={mine[PAGE - 1].pk}" if len(mine) > PAGE else "",
        "residency": residency if residency and residency.expires_at > at else None,
        "expired": residency if residency and residency.expires_at <= at else None,
    }
    return render(request, "portal/me.html", context)


def _drafts(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the texts that this device keeps unsent, newest first, each with the topic it was written for."""
    kept = {int(place): draft for place, draft in kept_drafts(request.session).items() if place.isdigit()}
    topics = visible_topics(request.user, kept) if kept else {}
    gone = removed_topics(request.user, kept.keys() - topics.keys())
    return [
        {
            "topic": topics.get(place),
            "excerpt": plain(draft.get("body", ""), EXCERPT),
            "link": _form_of(place, topics, gone),
        }
        for place, draft in reversed(kept.items())
        if place in topics or place in gone
    ]


def _form_of(place: int, topics: Mapping[int, Topic], gone: Mapping[int, tuple[Consultation, str]]) -> str:
    """Return where a text goes on: in the thread, or where a topic that is no more leads to the others."""
    if place in gone:
        owner, slug = gone[place]
        return reverse("discussions:contribution-submit", kwargs={"slug": owner.slug, "topic": slug})
    where = {"slug": topics[place].consultation.slug, "topic": topics[place].slug}
    if topics[place].merged_into_id:
        return reverse("discussions:contribution-submit", kwargs=where)
    return reverse("portal:topic", kwargs=where) + "#write"


def _before(request: HttpRequest) -> int | None:
    wanted = request.GET.get("before", "")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) <= LONGEST_ID else None


def _item(contribution: Contribution) -> dict[str, Any]:
    """Return one contribution with its state; an answered one is both published and answered."""
    is_answered = contribution.is_published and contribution.answered_at is not None
    return {
        "contribution": contribution,
        "badge": "answered" if is_answered else contribution.status,
        "excerpt": plain(contribution.body, EXCERPT),
        "until": edit_until(contribution),
    }
