"""Reading contributions: threads by key, what a viewer may see, what an author wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, F, Q, QuerySet, TextField, Value, When

from apps.accounts.rules import is_moderator, is_person
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
from apps.ledger.queries import topic_places_since

PAGE = 50
NEWS = (CONTRIBUTION_PUBLISHED.name, ANSWER_PUBLISHED.name, CONTRIBUTION_MOVED.name)

_SHOWN = (
    "number", "root_number", "in_reply_to_number", "kind", "status", "author_name", "author_title", "author_district",
    "author_is_resident", "offsite_author_id", "source", "note", "received_at", "decided_at", "answered_at",
    "refusal_reason_id", "refusal_sentence", "topic_id", "consultation_id", "root_id", "author_id",
    "root__number", "root__author_name", "root__status", "root__kind",
)  # fmt: skip

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
    """At most 50 articles of a thread, and how to go on."""

    blocks: Sequence[Block[ThreadRow]]
    order: Order
    show: Show
    after: int | None
    next_after: int | None
    size: int


def visible_contributions(viewer: Any) -> QuerySet[Contribution]:
    """Return the contributions whose text the viewer may read, unordered. Pair: `rules.why_not_read`."""
    rows = Contribution.stored.select_related("topic", "consultation")
    if is_moderator(viewer):
        return rows
    mine = Q(author=viewer.pk) if is_person(viewer) else Q()
    public = Q(status=ContributionStatus.PUBLISHED)
    return rows.filter(public | mine if mine else public)


def thread_page(
    topic: Topic, *, order: Order = Order.OLDEST, show: Show = Show.ALL, after: int | None = None, size: int = PAGE
) -> ThreadPage:
    """Return the articles after number `after` in that order: roots by number, replies by number under their root.

    Two queries by key, whatever the length of the thread and the place in it. The text of what is not published is not
    read from the database at all.
    """
    wanted = _in_order(_articles(topic).filter(_FILTERS[show]), topic, order, after)[: size + 1]
    rows = [ThreadRow(contribution) for contribution in wanted]
    if show == Show.ALL:
        posts = Signpost.objects.filter(topic=topic).select_related("to_topic")
        rows += [ThreadRow(None, post) for post in _in_order(posts, topic, order, after)[: size + 1]]
        step = 1 if order == Order.OLDEST else -1
        rows.sort(key=lambda row: (step * row.root_number, row.number))
    shown = rows[:size]
    return ThreadPage(
        blocks=blocks(shown),
        order=order,
        show=show,
        after=after,
        next_after=shown[-1].number if len(rows) > size else None,
        size=len(shown),
    )


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


def _in_order(rows: QuerySet[Any], topic: Topic, order: Order, after: int | None) -> QuerySet[Any]:
    """Return rows in thread order, starting behind the article with that number."""
    oldest = order == Order.OLDEST
    rows = rows.order_by("root_number" if oldest else "-root_number", "number")
    if after is None:
        return rows
    root = _root_number(topic, after)
    beyond = Q(root_number__gt=root) if oldest else Q(root_number__lt=root)
    return rows.filter(Q(root_number__gte=root) if oldest else Q(root_number__lte=root)).filter(
        beyond | Q(root_number=root, number__gt=after)
    )


def _root_number(topic: Topic, number: int) -> int:
    """Return under which root an article stands in this topic; an unknown number is its own place in the order."""
    for rows in (Contribution.stored.filter(topic=topic), Signpost.objects.filter(topic=topic)):
        found = rows.filter(number=number).values_list("root_number", flat=True).first()
        if found is not None:
            return int(found)
    return number


def news_since(topic: Topic, position: int, *, limit: int = PAGE) -> tuple[list[ThreadRow], int]:
    """Return the articles that came into a topic after a ledger position, in thread order, and the position reached."""
    places = topic_places_since(topic.pk, position, NEWS, limit=limit)
    numbers = {place.entry.number for place in places}
    rows = _articles(topic).filter(number__in=numbers).order_by("root_number", "number")
    return [ThreadRow(row) for row in rows], (places[-1].position if places else position)


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
