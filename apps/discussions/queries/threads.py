"""Threads by key: a page of articles, where a number stands, what came in since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from apps.common.permissions import Sentence
from apps.consultations.models import Topic
from apps.discussions.engine.threads import Block, blocks
from apps.discussions.enums import (
    ANSWERED,
    CONTRIBUTION_MOVED,
    CONTRIBUTION_MOVED_IN,
    CONTRIBUTION_PUBLISHED,
    CONTRIBUTION_PUBLISHED_UNREAD,
    CONTRIBUTION_RESTORED,
    THREAD_ORDER,
    ContributionKind,
    ContributionStatus,
    Order,
    Show,
)
from apps.discussions.models import WAITING, CitizenProposal, Contribution, Signpost, WritingPause
from apps.discussions.queries.answers import Links
from apps.discussions.queries.beside import public_files
from apps.discussions.queries.map_places import shown_place
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of, topic_places_since

PAGE = 50

Place = tuple[int, int]
"""Where something stands in a thread: the number of its root, and its own."""

NEWS = tuple(
    kind.name
    for kind in (
        CONTRIBUTION_PUBLISHED,
        CONTRIBUTION_PUBLISHED_UNREAD,
        *ANSWERED,
        CONTRIBUTION_MOVED,
        CONTRIBUTION_MOVED_IN,
        CONTRIBUTION_RESTORED,
    )
)

_SHOWN = (
    "number", "root_number", "in_reply_to_number", "kind", "status", "author_name", "author_title", "author_district",
    "author_is_resident", "author_is_organisation", "offsite_author_id", "erasure_ground", "source", "note",
    "received_at", "came_late", "decided_at", "answered_at", "unread_since", "proposal_version",
    "refusal_reason_id", "refusal_sentence", "topic_id", "consultation_id", "root_id", "author_id",
    "root__number", "root__author_name", "root__status", "root__received_at",
    *(f"{moved}__{name}" for moved in ("moved_to", "moved_from")
      for name in ("number", "consultation__slug", "consultation__title", "consultation__kind")),
    "cluster__shown_number", "cluster__size", "outside__contribution_id", "outside__channel", "outside__came_on",
)  # fmt: skip

_MOVED_AWAY = Q(status=ContributionStatus.MOVED)

FILTERS = {
    Show.ALL: Q(),
    Show.QUESTIONS: Q(kind=ContributionKind.QUESTION) & ~_MOVED_AWAY,
    Show.ANSWERED: (Q(answered_at__isnull=False) | Q(kind=ContributionKind.ANSWER)) & ~_MOVED_AWAY,
    Show.UNANSWERED: Q(kind=ContributionKind.QUESTION, answered_at=None, status=ContributionStatus.PUBLISHED),
    Show.RESIDENTS: Q(author_is_resident=True, status=ContributionStatus.PUBLISHED),
}


@dataclass(frozen=True)
class ThreadRow:
    """One article of a thread: a published contribution, the trace of one, or a signpost to where it was moved."""

    contribution: Contribution | None
    signpost: Signpost | None = None

    @property
    def _row(self) -> Contribution | Signpost:
        row = self.contribution or self.signpost
        assert row is not None  # noqa: S101 - one of the two is always given
        return row

    @property
    def number(self) -> int:
        """The receipt number."""
        return self._row.number

    @property
    def root_number(self) -> int:
        """The number of the root it stands under."""
        return self._row.root_number

    @property
    def is_trace(self) -> bool:
        """Whether only the number and the reason are shown."""
        return self.contribution is None or not self.contribution.is_published

    @property
    def same_as(self) -> int | None:
        """The number that is shown in full for the letter that this one is as well; None for that one itself."""
        return None if self.contribution is None else self.contribution.same_as

    @property
    def parent(self) -> int | None:
        """The root's number, for a reply."""
        return None if self.number == self.root_number else self.root_number


@dataclass(frozen=True)
class ThreadPage:
    """At most 50 articles of a thread, and how to go on: `after` which number, or back from `before` which."""

    blocks: Sequence[Block[ThreadRow]]
    order: Order
    show: Show
    size: int
    next_after: int | None
    previous_before: int | None

    @property
    def rows(self) -> list[ThreadRow]:
        """The articles, in the order of the page."""
        return [row for block in self.blocks for run in (block.root, *block.replies) if run for row in run.rows]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Who reads a topic's thread, when, and what they can do there.

    `residence` is the district of a verified resident (perhaps empty), None for anyone else; `organisation` the name
    of the organisation that the reader's account belongs to. `pause` is a moderator's pause in the reader's writing
    that stands there, `wait` how long they wait because they wrote in the topic lately.
    """

    topic: Topic
    viewer_id: int | None
    at: datetime
    residence: str | None = None
    organisation: str | None = None
    is_open: bool = False
    pause: WritingPause | None = None
    wait: Sentence = ""
    # What stands on the map of the consultation, to choose from.
    places: Sequence[tuple[str, str]] = ()
    answer_url: str = ""
    report_url: str = ""
    # Where an official corrects an answer.
    correct_url: str = ""
    # Which numbers answers to several lead to, and what leads to those; and what corrects what.
    links: Mapping[int, Links] = field(default_factory=dict)
    cited: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    # Where the published white paper treats contributions.
    treated: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    # What was said to become of suggestions, and where an official says more.
    steps: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    status_url: str = ""
    # What the reader agrees with, where they can agree, and how many do where everyone may know.
    agreed: frozenset[int] = frozenset()
    agree_url: str = ""
    sums: Mapping[int, int] = field(default_factory=dict)
    # Those that are citizen proposals, with how many support them.
    proposals: Mapping[int, CitizenProposal] = field(default_factory=dict)


def thread_page(  # noqa: PLR0913 - what a reader can choose
    topic: Topic,
    *,
    order: Order = Order.OLDEST,
    show: Show = Show.ALL,
    after: int | None = None,
    before: int | None = None,
    root: int | None = None,
    size: int = PAGE,
) -> ThreadPage:
    """Return the articles behind number `after`, or in front of `before`: roots by number, replies under their root.

    Two queries by key, whatever the length of the thread and the place in it; `root` is the number that the place
    stands under (see `root_beside`), and is looked up where it is not given. The text of what is not published is not
    read from the database at all.
    """
    number = after if before is None else before
    place = None if number is None else (_root_number(topic, number) if root is None else root, number)
    rows = _rows(topic, order, show, place, back=before is not None, limit=size + 1)
    shown, is_more = rows[:size], len(rows) > size
    if before is not None:
        shown.reverse()
    is_more_above = is_more if before is not None else after is not None
    is_more_below = is_more if before is None else True
    return ThreadPage(
        blocks=blocks(shown),
        order=order,
        show=show,
        size=len(shown),
        next_after=shown[-1].number if shown and is_more_below else None,
        previous_before=shown[0].number if shown and is_more_above else None,
    )


def _rows(  # noqa: PLR0913 - a page's place, and which way to read from it
    topic: Topic, order: Order, show: Show, place: Place | None, *, back: bool, limit: int
) -> list[ThreadRow]:
    """Return up to `limit` rows from the place on, or going back from it."""
    up = (order == Order.OLDEST) != back
    articles = _along(_articles(topic).filter(FILTERS[show]), place, up=up, back=back)
    rows = [ThreadRow(article) for article in articles[:limit]]
    if show == Show.ALL:
        posts = Signpost.objects.filter(topic=topic).select_related("to_topic")
        rows += [ThreadRow(None, post) for post in _along(posts, place, up=up, back=back)[:limit]]
        rows.sort(key=lambda row: _key(row, up=up, back=back))
    return rows


def _key(row: ThreadRow, *, up: bool, back: bool) -> Place:
    return (row.root_number if up else -row.root_number, -row.number if back else row.number)


def _articles(topic: Topic) -> QuerySet[Contribution]:
    """Return a topic's articles; `shown_html` is empty for all but published ones."""
    return (
        Contribution.stored.filter(~WAITING, topic=topic)
        .select_related("root", "cluster", "outside", "moved_to__consultation", "moved_from__consultation")
        .only(*_SHOWN)
        .prefetch_related(public_files())
        .annotate(
            shown_html=Case(
                When(status=ContributionStatus.PUBLISHED, then=F("body_html")),
                default=Value(""),
                output_field=TextField(),
            ),
            **shown_place(),
        )
    )


def _along(rows: QuerySet[Any], place: Place | None, *, up: bool, back: bool) -> QuerySet[Any]:
    """Return rows along the key: root numbers going up or down, under a root forth or back, beyond the place."""
    root_key, key = THREAD_ORDER
    rows = rows.order_by(root_key if up else f"-{root_key}", f"-{key}" if back else key)
    if place is None:
        return rows
    root, number = place
    within = Q(root_number=root, number__lt=number) if back else Q(root_number=root, number__gt=number)
    if up:
        return rows.filter(root_number__gte=root).filter(Q(root_number__gt=root) | within)
    return rows.filter(root_number__lte=root).filter(Q(root_number__lt=root) | within)


def root_beside(number: int | None) -> Combinable:
    """Return an expression for the number of the root that an article stands under in a topic, for a query of topics.

    A number that is not there is its own place in the order.
    """
    if number is None:
        return Value(None, output_field=IntegerField())
    return _root_of(number, topic=OuterRef("pk"), consultation=OuterRef("consultation_id"))


def _root_number(topic: Topic, number: int) -> int:
    root = _root_of(number, topic=topic.pk, consultation=topic.consultation_id)
    found: int = Topic.objects.filter(pk=topic.pk).values_list(root, flat=True).get()
    return found


def _root_of(number: int, *, topic: Any, consultation: Any) -> Coalesce:
    """Return where the number stands in the topic now, or where its signpost does."""
    articles = Contribution.stored.filter(~WAITING, consultation=consultation, number=number, topic=topic)
    posts = Signpost.objects.filter(contribution__consultation=consultation, contribution__number=number, topic=topic)
    found = (Subquery(rows.values("root_number")[:1]) for rows in (articles, posts))
    return Coalesce(*found, Value(number), output_field=IntegerField())


def page_of(row: Contribution, *, context: int = 40) -> int | None:
    """Return after which number the page begins that shows the article, or None for the first page.

    The page begins at the root where that is near enough, else at most `context` articles above.
    """
    articles = Contribution.stored.filter(~WAITING, topic=row.topic_id)
    places: list[Place] = []
    posts = Signpost.objects.filter(topic=row.topic_id)
    for rows in (articles, posts):
        above = _along(rows, (row.root_number, row.number), up=False, back=True).values_list("root_number", "number")
        places += above[: context + 1]
    places.sort(reverse=True)
    if len(places) <= context:
        return None
    outside = (number for root, number in places[: context + 1] if root != row.root_number)
    return next(outside, places[context][1])


def news_since(topic: Topic, position: int, *, at: datetime, limit: int = PAGE) -> tuple[list[ThreadRow], int]:
    """Return the articles that came into a topic after a ledger position, in thread order, and the position reached.

    What a moderator can still take back is no news yet.
    """
    places = topic_places_since(topic.pk, position, NEWS, at=at, limit=limit)
    numbers = {number for place in places for number in _numbers_of(place.entry)}
    rows = _articles(topic).filter(consultation_id=topic.consultation_id, number__in=numbers)
    reached = places[-1].position if places else position
    return [ThreadRow(row) for row in rows.order_by(*THREAD_ORDER)] if numbers else [], reached


def _numbers_of(entry: Entry) -> set[int]:
    """Return the number an entry is about, with those of the replies that followed a move."""
    return {entry.number or 0, *facts_of(entry).get("replies", [])}
