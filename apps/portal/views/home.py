"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.common.clock import now
from apps.common.richtext import plain
from apps.consultations.queries import latest_news, listed_consultations
from apps.discussions.queries import latest_answers
from apps.portal.rendering import cards_of, post_of
from apps.publications.queries import latest_summaries

SHOWN = 6
POSTS = 3
EXCERPT = 220


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the site is, what is open, and what the municipality answered and published last."""
    at = now()
    opened = list(listed_consultations(request.user, state="open", at=at)[:SHOWN])
    context = {
        "cards": cards_of(opened, at),
        "answers": [{"answer": answer, "excerpt": plain(answer.body, EXCERPT)} for answer in latest_answers()],
        "summaries": latest_summaries(),
        "posts": [post_of(post) for post in latest_news(POSTS)],
    }
    return render(request, "portal/home.html", context)
