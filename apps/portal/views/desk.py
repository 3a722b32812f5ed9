"""The desk of officials: what waits for an answer, and the consultations they run."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.rules import is_moderator, is_official
from apps.common.clock import now
from apps.common.pagination import whole_number
from apps.common.permissions import may, why_not
from apps.common.richtext import plain
from apps.consultations.queries import edited_consultations, listed_consultations, ownerless_consultations, teams_of
from apps.municipality.queries import the_municipality
from apps.portal.queries.desk import desk_work
from apps.portal.rendering import Card, cards_of
from apps.publications.queries import Wanted, open_answer_drafts, to_answer

EXCERPT = 180
CONSULTATIONS = 50


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """Show what the viewer's teams have to answer, what is due first on top, their hearings, and the others."""
    at = now()
    refused = why_not("portal.open_desk", request.user)
    if refused is not None:
        refusal = {"sentence": refused, "is_moderator": is_moderator(request.user)}
        return render(request, "portal/desk_refused.html", refusal, status=403)
    waiting = to_answer(request.user, Wanted(), at=at)
    context = {
        "questions": [(item, plain(item.contribution.body, EXCERPT)) for item in waiting],
        "target": the_municipality().answer_target_days,
        "answers": open_answer_drafts(request.user) if is_official(request.user) else [],
        "may_answer": is_official(request.user),
        "work": desk_work(request.user, at=at, news_page=whole_number(request.GET.get("posts")) or 1),
        **_hearings(request.user, at),
        "edited": set(edited_consultations(request.user).values_list("pk", flat=True)),
        "ownerless": list(ownerless_consultations(request.user)[:CONSULTATIONS]),
        "may_draft": may("consultations.draft_consultation", request.user),
        "may_verify": may("residency.open_desk", request.user),
        "may_confirm": may("accounts.decide_organisation", request.user),
        "may_grant": may("accounts.grant_role", request.user),
        "may_protect": may("screening.edit_employees", request.user),
        "may_edit_words": may("screening.edit_words", request.user),
        "may_edit_reasons": may("municipality.edit_reasons", request.user),
        "may_edit_municipality": may("municipality.edit_municipality", request.user),
        "may_edit_legal_bases": may("municipality.edit_legal_bases", request.user),
        "may_post": may("moderation.post_statements", request.user),
        "may_hold": may("accounts.place_hold", request.user),
        "may_name_deputy": may("moderation.name_deputy", request.user),
        "is_deputy": not is_moderator(request.user) and may("moderation.work_cases", request.user),
    }
    return render(request, "portal/desk.html", context)


def _hearings(viewer: Any, at: datetime) -> dict[str, list[Card]]:
    """Return the hearings in whose team the viewer is, and the others, as cards."""
    own, listed = teams_of(viewer).values("pk"), listed_consultations(viewer, at=at)
    return {
        "own_cards": cards_of(list(listed.filter(pk__in=own)[:CONSULTATIONS]), at),
        "cards": cards_of(list(listed.exclude(pk__in=own)[:CONSULTATIONS]), at),
    }
