"""Contributions outside their thread: what a viewer may see, what an author wrote, what waits, what is open."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from apps.accounts.rules import is_moderator, is_person
from apps.consultations.models import Topic
from apps.consultations.queries import public
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.models import UNREAD, WAITING, Contribution, PastText
from apps.discussions.queries.beside import own_files, whole_files
from apps.discussions.queries.threads import PAGE
from apps.discussions.rules import GONE
from apps.screening.queries import flags_of
from apps.screening.rules import holds

_MOVED = ("moved_to__consultation", "moved_to__topic", "moved_from__consultation")
_OF_ROOT = ("root__body", "root__body_html", "root__salt")


def visible_contributions(viewer: Any) -> QuerySet[Contribution]:
    """Return the contributions whose text the viewer may read, unordered. Pair: `rules.why_not_read`."""
    rows = Contribution.stored.select_related("topic", "consultation")
    mine = Q(author=viewer.pk) if is_person(viewer) else Q(pk=None)
    if is_moderator(viewer):
        return rows.filter(~Q(status__in=GONE) | mine)
    return rows.filter(Q(status=ContributionStatus.PUBLISHED) | mine)


def moderated_contributions() -> QuerySet[Contribution]:
    """Return contributions of any state, unordered. For the moderators' pages only, which show no text taken back."""
    return Contribution.stored.select_related("topic", "consultation")


def waiting_of(viewer: Any, topic: Topic) -> list[Contribution]:
    """Return the viewer's own contributions to the topic that wait, oldest first, with their text."""
    if not is_person(viewer):
        return []
    mine = Contribution.stored.filter(WAITING, author=viewer, topic=topic)
    return list(mine.select_related("moved_from__consultation").prefetch_related(own_files()).order_by("number"))


def contributions_by(viewer: Any) -> QuerySet[Contribution]:
    """Return everything the viewer wrote, newest first; what was moved to another consultation once, where it is."""
    rows = Contribution.stored.filter(author=viewer.pk, moved_to=None)
    return rows.select_related("topic", "consultation", "refusal_reason", "moved_from__consultation").order_by("-id")


def contribution_at(slug: str, number: int) -> Contribution | None:
    """Return the contribution with that number in the consultation at that address. The caller checks who may read."""
    return (
        Contribution.stored.filter(consultation__slug=slug, number=number)
        .select_related("consultation", "topic", "root", "in_reply_to", "refusal_reason", "cluster", *_MOVED)
        .first()
    )


def text_at(slug: str, number: int) -> Contribution | None:
    """Return the text that was received under that number, where it stands now. The caller checks who may read.

    Receipts, mails and open forms keep the number that a text had before it was moved to another consultation.
    """
    found = contribution_at(slug, number)
    if found is not None and found.moved_to is not None:
        return contribution_at(found.moved_to.consultation.slug, found.moved_to.number)
    return found


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


def received_by_people(consultation_id: int) -> QuerySet[Contribution]:
    """Return what people wrote to a consultation, in any state, by number; without numbers whose text was moved away.

    For counting and numbers only: whose text may be read is another question.
    """
    rows = Contribution.stored.filter(consultation_id=consultation_id).exclude(status=ContributionStatus.MOVED)
    return rows.exclude(kind=ContributionKind.ANSWER).order_by("number")


def contributions_with_authors(
    ids: Collection[int], numbers: Mapping[int, Collection[int]]
) -> tuple[dict[int, Contribution], dict[tuple[int, int], Contribution]]:
    """Return contributions of any state, by id and by (consultation, number), with whom to tell about them.

    For mail to their authors only: two queries, whatever they are.
    """
    answered = ("in_reply_to__author", "in_reply_to__topic", "in_reply_to__consultation")
    rows = Contribution.stored.select_related("author", "topic", "consultation", "refusal_reason", *_MOVED, *answered)
    wanted = Q(pk=None)
    for consultation_id, its_numbers in numbers.items():
        wanted |= Q(consultation_id=consultation_id, number__in=its_numbers)
    numbered = rows.filter(wanted) if numbers else ()
    return rows.in_bulk(list(ids)), {(row.consultation_id, row.number): row for row in numbered}


def waiting_contributions() -> QuerySet[Contribution]:
    """Return all that waits for a moderator, in the order it is due. For the queue's pages and its count only."""
    return (
        Contribution.stored.filter(WAITING)
        .select_related("topic", "consultation", "author", "in_reply_to")
        .order_by("due_at", "number", "id")
    )


def held_back(rows: Iterable[Contribution]) -> frozenset[int]:
    """Return the ids of those that wait though their consultation publishes first: a program noticed what may harm.

    What waited before that was chosen, or waits again, is none. One query, and none where no such consultation is.
    """
    maybe = [row.pk for row in rows if row.is_waiting and row.consultation.publishes_first]
    flags = flags_of(maybe) if maybe else {}
    return frozenset(pk for pk, found in flags.items() if holds(found))


def unread_contributions() -> QuerySet[Contribution]:
    """Return all that was published by rule and no moderator has read yet, unordered. For the queue's pages only."""
    return Contribution.stored.filter(UNREAD)


def latest_answers(*, limit: int = 3) -> list[Contribution]:
    """Return the municipality's latest public answers, newest first, each with what it answers and where."""
    found = Contribution.stored.filter(
        public("consultation__"),
        kind=ContributionKind.ANSWER,
        status=ContributionStatus.PUBLISHED,
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


def sealed_texts(contribution: Contribution) -> list[PastText]:
    """Return what stood there before each redaction, latest first. For the author and moderators only.

    Nothing of what was erased, and no query for a text of one version.
    """
    if contribution.version == 1 or contribution.text_erased_at is not None:
        return []
    return list(contribution.past_texts.filter(is_sealed=True).order_by("-version"))


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

    `stands_under` and `stands_answering` are the numbers of the rows that they point to, `files` those beside the text.
    """
    rows = Contribution.stored.filter(consultation_id=consultation_id, number__gt=after)
    return list(
        rows.annotate(
            stands_under=F("root__number"),
            stands_answering=F("in_reply_to__number"),
        )
        .select_related("outside")
        .defer("body_html")
        .prefetch_related("past_texts", whole_files())
        .order_by("number")[:limit]
    )
