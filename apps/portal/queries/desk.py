"""What the desk tells an official to do next, put together from several apps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.common.permissions import may
from apps.consultations.enums import DeskTaskKind
from apps.consultations.models import Consultation
from apps.consultations.queries import DeskTask, desk_tasks, teams_news, with_english
from apps.discussions.models import CitizenProposal
from apps.discussions.queries import Unanswered, proposals_for_council, unanswered_suggestions
from apps.publications.queries import published_versions
from apps.publications.queries.milestones import Promise, promises_due

ABOUT_DRAFTS = frozenset({DeskTaskKind.REVIEW, DeskTaskKind.COMMENTS, DeskTaskKind.PUBLISH, DeskTaskKind.OPENS})
POSTS, LAST_PAGE = 5, 500
HEARD = frozenset({DeskTaskKind.CLOSED, DeskTaskKind.CONSIDERED})


@dataclass(frozen=True, kw_only=True)
class BoxWork:
    """What the suggestion box asks of who keeps it: proposals for the council, and suggestions that nobody answered."""

    for_council: Sequence[CitizenProposal]
    unanswered: Unanswered

    @property
    def count(self) -> int:
        """How many of both wait."""
        return len(self.for_council) + self.unanswered.count


@dataclass(frozen=True, kw_only=True)
class DeskNews:
    """One page of the posts of the viewer's teams, drafts first; `more` says whether a page follows."""

    posts: Sequence[Consultation]
    page: int
    more: bool

    @property
    def newer(self) -> str:
        """The address of the page before this one, or nothing."""
        return _page_of_posts(self.page - 1) if self.page > 1 else ""

    @property
    def older(self) -> str:
        """The address of the page after this one, or nothing."""
        return _page_of_posts(self.page + 1) if self.more else ""


@dataclass(frozen=True, kw_only=True)
class DeskWork:
    """What waits, the longest due first: drafts apart from what is public. `unsummed` have no published summary."""

    drafts: Sequence[DeskTask]
    steps: Sequence[DeskTask]
    unsummed: frozenset[int]
    box: BoxWork | None
    news: DeskNews | None
    promises: Sequence[Promise]


def box_work(viewer: Any) -> BoxWork | None:
    """Return what waits in the suggestion box, in two queries; None for who does not keep it."""
    if not may("consultations.keep_box", viewer):
        return None
    return BoxWork(for_council=proposals_for_council(), unanswered=unanswered_suggestions())


def _page_of_posts(page: int) -> str:
    return f"?posts={page}#news-h"


def desk_news(viewer: Any, *, page: int) -> DeskNews | None:
    """Return one page of the posts of the viewer's teams, in two queries; None for who writes no news."""
    if not may("consultations.edit_news", viewer):
        return None
    page = min(max(page, 1), LAST_PAGE)
    rows = list(teams_news(viewer)[(page - 1) * POSTS : page * POSTS + 1])
    with_english(*rows)
    return DeskNews(posts=rows[:POSTS], page=page, more=len(rows) > POSTS and page < LAST_PAGE)


def desk_work(viewer: Any, *, at: datetime, news_page: int = 1) -> DeskWork:
    """Return what the viewer has to do in the hearings and news of their teams; nothing for who is no official."""
    tasks = desk_tasks(viewer, at=at)
    heard = {task.consultation.pk for task in tasks if task.kind in HEARD}
    return DeskWork(
        drafts=[task for task in tasks if task.kind in ABOUT_DRAFTS],
        steps=[task for task in tasks if task.kind not in ABOUT_DRAFTS],
        unsummed=frozenset(heard - published_versions(heard).keys()) if heard else frozenset(),
        box=box_work(viewer),
        news=desk_news(viewer, page=news_page),
        promises=promises_due(viewer, at=at),
    )
