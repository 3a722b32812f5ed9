"""The queue. Every list goes by key (due time, number): page 1 and page 400 cost the same."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Left

from apps.consultations.models import Consultation
from apps.consultations.queries import visible_consultations
from apps.discussions.models import Contribution
from apps.discussions.queries import topics_written_in_by, waiting_contributions
from apps.moderation.enums import Outcome, QueuePart
from apps.moderation.models import CLAIM_LASTS, Decision
from apps.moderation.queries.sources import Key, Narrowed, QueueSource, Waiting, first_of, how_many, last_before

PAGE = 25
BEFORE = 5
EXCERPT = 600
MOST_WORDS = 5
LONGEST_RECEIPT = 9
# What the name of a member of staff is made of.
_NAMING = ("display_name", "job_title", "name_protected_at", "erased_at")
_LISTED = (
    "number", "kind", "status", "author_name", "author_id", "author_is_resident", "offsite_author_id", "received_at",
    "due_at", "version",
    "topic__title", "topic_id", "consultation__title", "case__contribution_id", "case__claimed_at",
    "case__about_staff_id",
    *(f"case__claimed_by__{name}" for name in _NAMING),
)  # fmt: skip


def queue() -> QuerySet[Contribution]:
    """Return the contributions that wait, in order, as `_texts` does."""
    return TEXTS.ordered(_listed())


def _listed() -> QuerySet[Contribution]:
    """Return the contributions that wait, each with who holds it and the beginning of its text as `start`.

    `is_changed_on_request` tells that its author changed it after a moderator asked for that.
    """
    rows = waiting_contributions().select_related(None).order_by()
    rows = rows.select_related("topic", "consultation", "case__claimed_by").only(*_LISTED)
    return rows.annotate(start=Left("body", EXCERPT), is_changed_on_request=Exists(_asked_for_it()))


def _asked_for_it() -> QuerySet[Decision]:
    asked = Decision.objects.filter(case__contribution=OuterRef("pk"), outcome=Outcome.RETURN, undone_at=None)
    return asked.filter(version__lt=OuterRef("version"))


def _texts(narrowed: Narrowed | None = None) -> QuerySet[Contribution]:
    """Return the contributions that wait in a part of the queue; of all, only to count them."""
    if narrowed is None:
        return waiting_contributions().select_related(None).order_by()
    rows = _in_part(_listed(), narrowed)
    if narrowed.consultation:
        rows = rows.filter(consultation=narrowed.consultation)
    if narrowed.topic:
        rows = rows.filter(topic=narrowed.topic)
    if narrowed.kind:
        rows = rows.filter(kind=narrowed.kind)
    for word in narrowed.words.split()[:MOST_WORDS]:
        rows = rows.filter(_holds(word))
    return rows


TEXTS = QueueSource(name="text", rank=0, rows=_texts)
SOURCES: Sequence[QueueSource] = (TEXTS,)
"""All that the queue is made of. A new kind of thing is one more line here, and one in `rendering.LINES`."""


def _in_part(rows: QuerySet[Contribution], narrowed: Narrowed) -> QuerySet[Contribution]:
    if narrowed.part == QueuePart.OVERDUE:
        return rows.filter(due_at__lt=narrowed.at)
    if narrowed.part == QueuePart.EDITED:
        return rows.filter(Exists(_asked_for_it()))
    if narrowed.part == QueuePart.FREE:
        return rows.exclude(_held(narrowed.at))
    if narrowed.part == QueuePart.MINE:
        return rows.filter(_held(narrowed.at), case__claimed_by=narrowed.viewer)
    return rows


def _held(at: datetime) -> Q:
    return Q(case__claimed_at__gt=at - CLAIM_LASTS) & Q(case__claimed_by__isnull=False)


def _holds(word: str) -> Q:
    """Texts and authors' names; a number is also a receipt number. SQLite folds the case of plain letters only."""
    found = Q(number=int(word)) if word.isascii() and word.isdigit() and len(word) <= LONGEST_RECEIPT else Q()
    for form in {word, word.lower(), word.upper(), word.capitalize()}:
        found |= Q(body__icontains=form) | Q(author_name__icontains=form)
    return found


def queue_page(narrowed: Narrowed, *, after: Key | None = None, size: int = PAGE) -> tuple[list[Waiting], Key | None]:
    """Return the part of the queue behind a place, and the place to go on behind when there is more."""
    found = first_of(SOURCES, narrowed, after, size + 1)
    return found[:size], (found[size - 1].key if len(found) > size else None)


def queue_around(contribution: Contribution, narrowed: Narrowed) -> list[Waiting]:
    """Return the part of the queue that a contribution stands in, or stood in before it was decided."""
    key = key_of(contribution)
    if key is None:
        return first_of(SOURCES, narrowed, None, PAGE - BEFORE)
    itself = [
        Waiting(source=TEXTS, key=key, row=row)
        for row in _texts(replace(narrowed, part=None, words="")).filter(pk=contribution.pk)
        if contribution.is_waiting
    ]
    return [
        *last_before(SOURCES, narrowed, key, BEFORE),
        *itself,
        *first_of(SOURCES, narrowed, key, PAGE - BEFORE),
    ]


def key_of(contribution: Contribution) -> Key | None:
    """Return the place in the queue where a contribution stands, or stood before it was decided; None without one."""
    return TEXTS.key_of(contribution) if contribution.due_at else None


def oldest_waiting_since() -> datetime | None:
    """Return since when the one that waits longest has waited, or None."""
    since: datetime | None = _texts().aggregate(since=Min("received_at"))["since"]
    return since


def queue_length(narrowed: Narrowed | None = None) -> int:
    """Return how many wait."""
    return how_many(SOURCES, narrowed)


def overdue(*, at: datetime) -> int:
    """Return how many should have been decided by that moment."""
    return how_many(SOURCES, Narrowed(viewer=None, at=at, part=QueuePart.OVERDUE))


def first_due() -> datetime | None:
    """Return when the first of all that wait is or was due, or None."""
    first = first_of(SOURCES, None, None, 1)
    return first[0].key.due_at if first else None


def next_waiting(narrowed: Narrowed, *, behind: Contribution) -> Contribution | None:
    """Return what the viewer can decide next: the next in the queue that nobody else holds, else the first."""
    held_by_others = _held(narrowed.at) & ~Q(case__claimed_by=narrowed.viewer)
    free = _texts(narrowed).exclude(author=narrowed.viewer).exclude(held_by_others).exclude(pk=behind.pk)
    # Pair: rules.why_not_decide.
    free = free.exclude(topic__in=topics_written_in_by(narrowed.viewer.pk)).exclude(case__about_staff=narrowed.viewer)
    key = key_of(behind)
    following = TEXTS.behind(free, key).first() if key else None
    return following or TEXTS.ordered(free).first()


def filter_choices(viewer: Any) -> list[Consultation]:
    """Return the consultations that the queue can be narrowed to, latest published first."""
    return list(visible_consultations(viewer).only("slug", "title").order_by("-published_at", "-pk"))
