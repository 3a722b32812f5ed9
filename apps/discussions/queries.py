"""Reading contributions: threads by key, what a viewer may see, what an author wrote."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from apps.accounts.rules import is_moderator, is_person
from apps.consultations.enums import ConsultationStatus
from apps.consultations.models import Topic
from apps.discussions.engine.threads import Block, blocks
from apps.discussions.enums import (
    ANSWER_PUBLISHED,
    CONTRIBUTION_MOVED,
    CONTRIBUTION_PUBLISHED,
    ContributionKind,
    ContributionStatus,
    Order,
    Show,
)
from apps.discussions.models import WAITING, Contribution, Signpost
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of, topic_places_since

PAGE = 50

Place = tuple[int, int]
"""Where something stands in a thread: the number of its root, and its own."""

NEWS = (CONTRIBUTION_PUBLISHED.name, ANSWER_PUBLISHED.name, CONTRIBUTION_MOVED.name)

_SHOWN = (
    "number", "root_number", "in_reply_to_number", "kind", "status", "author_name", "author_title", "author_district",
    "author_is_resident", "offsite_author_id", "source", "note", "received_at", "decided_at", "answered_at",
    "refusal_reason_id", "refusal_sentence", "topic_id", "consultation_id", "root_id", "author_id",
    "root__number", "root__author_name", "root__status", "root__received_at",
)  # fmt: skip

_OF_ROOT = ("root__body", "root__body_html", "root__salt")

_FILTERS = {
    Show.ALL: Q(),
    Show.QUESTIONS: Q(kind=ContributionKind.QUESTION),
    Show.ANSWERED: Q(answered_at__isnull=False) | Q(kind=ContributionKind.ANSWER),
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

    `residence` is the district of a verified resident (perhaps empty), None for anyone else.
    """

    topic: Topic
    viewer_id: int | None
    at: datetime
    residence: str | None = None
    is_open: bool = False
    answer_url: str = ""
    cited: Mapping[int, Sequence[Any]] = field(default_factory=dict)


def visible_contributions(viewer: Any) -> QuerySet[Contribution]:
    """Return the contributions whose text the viewer may read, unordered. Pair: `rules.why_not_read`."""
    rows = Contribution.stored.select_related("topic", "consultation")
    if is_moderator(viewer):
        return rows
    mine = Q(author=viewer.pk) if is_person(viewer) else Q()
    public = Q(status=ContributionStatus.PUBLISHED)
    return rows.filter(public | mine if mine else public)


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
    articles = _along(_articles(topic).filter(_FILTERS[show]), place, up=up, back=back)
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
        .select_related("root")
        .only(*_SHOWN)
        .annotate(
            shown_html=Case(
                When(status=ContributionStatus.PUBLISHED, then=F("body_html")),
                default=Value(""),
                output_field=TextField(),
            )
        )
    )


def _along(rows: QuerySet[Any], place: Place | None, *, up: bool, back: bool) -> QuerySet[Any]:
    """Return rows along the key: root numbers going up or down, under a root forth or back, beyond the place."""
    rows = rows.order_by("root_number" if up else "-root_number", "-number" if back else "number")
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


def news_since(topic: Topic, position: int, *, limit: int = PAGE) -> tuple[list[ThreadRow], int]:
    """Return the articles that came into a topic after a ledger position, in thread order, and the position reached."""
    places = topic_places_since(topic.pk, position, NEWS, limit=limit)
    numbers = {number for place in places for number in _numbers_of(place.entry)}
    rows = _articles(topic).filter(consultation_id=topic.consultation_id, number__in=numbers)
    reached = places[-1].position if places else position
    return [ThreadRow(row) for row in rows.order_by("root_number", "number")] if numbers else [], reached


def _numbers_of(entry: Entry) -> set[int]:
    """Return the number an entry is about, with those of the replies that followed a move."""
    return {entry.number or 0, *facts_of(entry).get("replies", [])}


def waiting_of(viewer: Any, topic: Topic) -> list[Contribution]:
    """Return the viewer's own contributions to the topic that wait, oldest first, with their text."""
    if not is_person(viewer):
        return []
    return list(Contribution.stored.filter(WAITING, author=viewer, topic=topic).order_by("number"))


def contributions_by(viewer: Any) -> QuerySet[Contribution]:
    """Return everything the viewer wrote, newest first."""
    rows = Contribution.stored.filter(author=viewer.pk).select_related("topic", "consultation", "refusal_reason")
    return rows.order_by("-id")


def contribution_at(slug: str, number: int) -> Contribution | None:
    """Return the contribution with that number in the consultation at that address. The caller checks who may read."""
    return (
        Contribution.stored.filter(consultation__slug=slug, number=number)
        .select_related("consultation", "topic", "root", "in_reply_to", "refusal_reason")
        .first()
    )


def published_by_numbers(consultation_id: int, numbers: Sequence[int]) -> list[Contribution]:
    """Return the published contributions with these numbers, by number."""
    return list(
        Contribution.stored.filter(
            consultation_id=consultation_id, number__in=numbers, status=ContributionStatus.PUBLISHED
        ).order_by("number")
    )


def published_under_root_of(row: Contribution, *, limit: int = PAGE) -> list[Contribution]:
    """Return what everyone reads under the same root as a contribution, the root first, at most `limit` by number."""
    rows = Contribution.stored.filter(
        topic=row.topic_id, root_number=row.root_number, status=ContributionStatus.PUBLISHED
    )
    return list(rows.order_by("number")[:limit])


def published_by_people(consultation_id: int) -> QuerySet[Contribution]:
    """Return what people wrote and everyone reads in a consultation, by number; without the municipality's answers."""
    rows = Contribution.stored.filter(consultation_id=consultation_id, status=ContributionStatus.PUBLISHED)
    return rows.exclude(kind=ContributionKind.ANSWER).order_by("number")


def contributions_with_authors(
    ids: Collection[int], numbers: Mapping[int, Collection[int]]
) -> tuple[dict[int, Contribution], dict[tuple[int, int], Contribution]]:
    """Return contributions of any state, by id and by (consultation, number), with whom to tell about them.

    For mail to their authors only: two queries, whatever they are.
    """
    answered = ("in_reply_to__author", "in_reply_to__topic", "in_reply_to__consultation")
    rows = Contribution.stored.select_related("author", "topic", "consultation", "refusal_reason", *answered)
    wanted = Q(pk=None)
    for consultation_id, its_numbers in numbers.items():
        wanted |= Q(consultation_id=consultation_id, number__in=its_numbers)
    numbered = rows.filter(wanted) if numbers else ()
    return rows.in_bulk(list(ids)), {(row.consultation_id, row.number): row for row in numbered}


def waiting_contributions() -> QuerySet[Contribution]:
    """Return all that waits for a moderator, oldest first. For the queue's pages and its count only."""
    return (
        Contribution.stored.filter(WAITING)
        .select_related("topic", "consultation", "author", "in_reply_to")
        .order_by("received_at", "id")
    )


def open_questions(*, limit: int = 50) -> list[Contribution]:
    """Return published questions without an answer, oldest first."""
    return list(
        Contribution.stored.filter(_FILTERS[Show.UNANSWERED])
        .select_related("topic", "consultation")
        .order_by("received_at", "id")[:limit]
    )


def latest_answers(*, limit: int = 3) -> list[Contribution]:
    """Return the municipality's latest public answers, newest first, each with what it answers and where."""
    found = Contribution.stored.filter(
        kind=ContributionKind.ANSWER,
        status=ContributionStatus.PUBLISHED,
        consultation__status=ConsultationStatus.PUBLISHED,
    )
    return list(found.select_related("topic", "consultation", "in_reply_to").order_by("-received_at", "-id")[:limit])


def record_of(author_id: int | None, *, before: datetime) -> dict[str, int]:
    """Return how many of a person's contributions were published and refused up to that moment."""
    if author_id is None:
        return {"published": 0, "refused": 0}
    decided = Contribution.stored.filter(author_id=author_id, decided_at__lte=before)
    return {
        "published": decided.filter(status=ContributionStatus.PUBLISHED).count(),
        "refused": decided.filter(status=ContributionStatus.REFUSED).count(),
    }


def last_decided_text(contribution: Contribution, version: int) -> str | None:
    """Return the text of an earlier version, for a moderator who read that one."""
    past = contribution.past_texts.filter(version=version).first()
    return past.body if past else None


def figures_of(consultation_id: int) -> dict[str, int]:
    """Return how many contributions a consultation holds, in all, by state, and how many stand under another."""
    return Contribution.stored.filter(consultation_id=consultation_id).aggregate(
        contributions=Count("pk"),
        published=Count("pk", filter=Q(status=ContributionStatus.PUBLISHED)),
        refused=Count("pk", filter=Q(status=ContributionStatus.REFUSED)),
        waiting=Count("pk", filter=WAITING),
        replies=Count("pk", filter=Q(root__isnull=False)),
    )


def held_of_source(consultation_id: int) -> dict[str, Contribution]:
    """Return what was imported into a consultation, by its name in the source, without the texts."""
    rows = Contribution.stored.filter(consultation_id=consultation_id).exclude(source_ref="")
    rows = rows.select_related("topic", "root").defer("body", "body_html", "salt", *_OF_ROOT)
    return {row.source_ref: row for row in rows}


def contributions_in_full(consultation_id: int, *, after: int, limit: int) -> list[Contribution]:
    """Return contributions after a number, by number, with all their texts: for holding rows against the ledger only.

    `stands_under` and `stands_answering` are the numbers of the rows that they point to.
    """
    rows = Contribution.stored.filter(consultation_id=consultation_id, number__gt=after)
    return list(
        rows.annotate(stands_under=F("root__number"), stands_answering=F("in_reply_to__number"))
        .defer("body_html")
        .prefetch_related("past_texts")
        .order_by("number")[:limit]
    )
