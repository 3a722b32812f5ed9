"""News: the list, latest first, and a feed of it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.common.pagination import whole_number
from apps.common.permissions import may
from apps.consultations.models import Consultation
from apps.consultations.queries import latest_news, listed_news, said, with_english
from apps.portal.rendering import posts_of

PAGE, LAST_PAGE, IN_FEED = 10, 500, 20


@require_safe
def news_list(request: HttpRequest) -> HttpResponse:
    """Show the posts, latest first; drafts lead for officials."""
    page = min(whole_number(request.GET.get("page")) or 1, LAST_PAGE)
    rows = list(listed_news(request.user)[(page - 1) * PAGE : page * PAGE + 1])
    context = {
        "posts": posts_of(rows[:PAGE]),
        "may_edit": may("consultations.edit_news", request.user),
        "page_number": page,
        "newer": (f"?page={page - 1}" if page > 2 else request.path) if page > 1 else "",  # noqa: PLR2004 - the first has none
        "older": f"?page={page + 1}" if len(rows) > PAGE else "",
    }
    return render(request, "portal/news_list.html", context)


class NewsFeed(Feed):  # type: ignore[type-arg] # not generic when it runs
    """The latest posts."""

    feed_type = Atom1Feed

    def title(self) -> str:
        """Return what the feed is called."""
        return _("News")

    def link(self) -> str:
        """Return the page that lists the posts."""
        return f"{settings.SITE_URL}{reverse('portal:news-list')}"

    def items(self) -> list[Consultation]:
        """Return what everyone reads, latest first."""
        posts = latest_news(IN_FEED)
        with_english(*posts)
        return posts

    def item_title(self, item: Any) -> str:
        """Return a post's title."""
        return said(item, "title").text

    def item_description(self, item: Consultation) -> str:
        """Return a post in one sentence, which readers of Atom take for HTML."""
        return escape(said(item, "lede").text)

    def item_link(self, item: Consultation) -> str:
        """Return a post's address."""
        return f"{settings.SITE_URL}{reverse('portal:consultation', kwargs={'slug': item.slug})}"

    def item_pubdate(self, item: Consultation) -> datetime | None:
        """Return when it was published."""
        return item.published_at
