"""A topic's thread to take away: on paper and as a feed. The order received, and what everyone reads."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.common.clock import now
from apps.common.pagination import whole_number
from apps.common.richtext import plain
from apps.consultations.models import Topic
from apps.consultations.queries import facts_of, phases_of, said, topic_at, topics_at, with_english
from apps.discussions.models import Contribution
from apps.discussions.queries import newest_in_topic, thread_page
from apps.portal.rendering import status_of
from apps.portal.views.reading import reading_of
from apps.publications.queries import has_white_paper, is_summarised

ON_PAPER, IN_FEED, EXCERPT = 500, 50, 500
NOBODY = {"residence": None, "organisation": None, "pause": None, "has_map": False}


@require_safe
def topic_print(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    """Show a thread without anything to press, 500 articles on a page: for paper."""
    at = now()
    topics, known = topics_at(
        request.user, slug, is_summarised=is_summarised(slug), has_white_paper=has_white_paper(slug)
    )
    here = next((row for row in topics if row.slug == topic), None)
    if here is None:
        raise Http404
    after = whole_number(request.GET.get("after"))
    page = thread_page(here, after=after, size=ON_PAPER)
    phases, facts = phases_of(here.consultation), facts_of(here.consultation, here)
    reading = reading_of(request, here, page.rows, known | NOBODY | {"phases": phases}, at, is_open=False)
    with_english(here.consultation, here, facts)
    context = {
        "consultation": here.consultation,
        "topic": here,
        "facts": facts,
        "status": status_of(here.consultation, phases, at),
        "page": page,
        "reading": replace(reading, viewer_id=None, answer_url="", report_url="", status_url="", agree_url=""),
        "next": f"?after={page.next_after}" if page.next_after else "",
        "first": request.path if after is not None else "",
    }
    return render(request, "portal/topic_print.html", context)


class TopicFeed(Feed):  # type: ignore[type-arg] # not generic when it runs
    """What was published in a topic, the highest numbers first, without names."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str, topic: str) -> Topic:  # noqa: ARG002 - as Django calls it
        """Return the topic, which everyone can see."""
        return _public(slug, topic)

    def title(self, topic: Topic) -> str:
        """Return what the feed is called."""
        return f"{said(topic, 'title').text} – {said(topic.consultation, 'title').text}"

    def link(self, topic: Topic) -> str:
        """Return the page that the feed follows."""
        return f"{settings.SITE_URL}{_address(topic)}"

    def items(self, topic: Topic) -> Iterable[Contribution]:
        """Return what everyone reads."""
        rows = newest_in_topic(topic, limit=IN_FEED)
        for row in rows:
            row.topic = topic
        return rows

    def item_title(self, item: Any) -> str:
        """Return the number, and what it is meant as."""
        return _("No. %(number)s: %(kind)s") % {"number": item.number, "kind": item.get_kind_display()}

    def item_description(self, item: Contribution) -> str:
        """Return the beginning of the text, which readers of Atom take for HTML."""
        return escape(plain(item.body, EXCERPT))

    def item_link(self, item: Contribution) -> str:
        """Return the address that leads to the number for ever."""
        slug = item.topic.consultation.slug
        return f"{settings.SITE_URL}{reverse('portal:contribution', kwargs={'slug': slug, 'number': item.number})}"

    def item_pubdate(self, item: Contribution) -> datetime:
        """Return when it was received."""
        return item.received_at

    def item_updateddate(self, item: Contribution) -> datetime:
        """Return when everyone could read it."""
        return item.decided_at or item.received_at


def _public(slug: str, topic: str) -> Topic:
    """Return a topic that everyone can see, with what is said in English. Raises Http404."""
    here = topic_at(None, slug, topic)
    if here is None:
        raise Http404
    with_english(here.consultation, here)
    return here


def _address(topic: Topic) -> str:
    return reverse("portal:topic", kwargs={"slug": topic.consultation.slug, "topic": topic.slug})
