"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.common.clock import now
from apps.common.richtext import plain
from apps.consultations.queries import latest_news, listed_consultations, with_english
from apps.discussions.queries import latest_answers
from apps.portal.rendering import cards_of, posts_of
from apps.publications.queries import latest_summaries
from apps.publications.queries.paper_pages import latest_papers

SHOWN = 6
POSTS = 3
EXCERPT = 220


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the site is, what is open, and what the municipality answered and published last."""
    at = now()
    opened = list(listed_consultations(request.user, state="open", at=at)[:SHOWN])
    answers, summaries, news = latest_answers(), latest_summaries(), latest_news(POSTS)
    papers = latest_papers()
    answered = [thing for answer in answers for thing in (answer.topic, answer.consultation)]
    done = [row.consultation for row in summaries] + [version.paper.consultation for version in papers]
    with_english(opened, news, answered, done)
    context = {
        "cards": cards_of(opened, at),
        "answers": [{"answer": answer, "excerpt": plain(answer.body, EXCERPT)} for answer in answers],
        "papers": papers,
        "summaries": summaries,
        "posts": posts_of(news),
    }
    return render(request, "portal/home.html", context)
