"""The queue. Every list goes by key (due time, number): page 1 and page 400 cost the same."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Exists, Min, OuterRef, QuerySet
from django.db.models.functions import Left

from apps.consultations.models import Consultation
from apps.consultations.queries import visible_consultations
from apps.discussions.models import Contribution
from apps.discussions.queries import unread_contributions, waiting_contributions
from apps.moderation.enums import Outcome, QueuePart, QueueThing
from apps.moderation.models import Appeal, Decision, PauseAppeal, ReportCase
from apps.moderation.queries.narrowing import OF_TEXT, free_to_decide, in_part
from apps.moderation.queries.open_cases import APPEALS, EXCERPT, PAUSE_APPEALS, REPORTS, with_places
from apps.moderation.queries.sources import Key, Narrowed, QueueSource, Waiting, first_of, how_many, last_before

PAGE = 25
BEFORE = 5
Row = Contribution | ReportCase | Appeal | PauseAppeal


def queue() -> QuerySet[Contribution]:
    """Return the contributions that wait, in order, as `_texts` does."""
    return TEXTS.ordered(_listed())


def _listed(waiting: QuerySet[Contribution] | None = None) -> QuerySet[Contribution]:
    """Return the contributions that wait, or these, each with who holds it and the beginning of its text as `start`.

    `is_changed_on_request` tells that its author changed it after a moderator asked for that.
    """
    rows = waiting_contributions().select_related(None).order_by() if waiting is None else waiting
    rows = rows.select_related("topic", "consultation", "outside", "case__claimed_by").only("due_at", *OF_TEXT)
    return rows.annotate(start=Left("body", EXCERPT), is_changed_on_request=Exists(_asked_for_it()))


def _asked_for_it() -> QuerySet[Decision]:
    asked = Decision.objects.filter(case__contribution=OuterRef("pk"), outcome=Outcome.RETURN, undone_at=None)
    return asked.filter(version__lt=OuterRef("version"))


def _texts(narrowed: Narrowed | None = None) -> QuerySet[Contribution] | None:
    """Return the contributions that wait in a part of the queue; of all, only to count them."""
    if narrowed is None:
        return waiting_contributions().select_related(None).order_by()
    if narrowed.part == QueuePart.UNREAD:
        return None
    rows = in_part(_listed(), narrowed)
    return rows.filter(Exists(_asked_for_it())) if narrowed.part == QueuePart.EDITED else rows


def _unread(narrowed: Narrowed | None = None) -> QuerySet[Contribution] | None:
    """Return what was published by rule and nobody has read yet, in a part of the queue.

    What somebody reported stands there once, as its reports: whoever looks into them reads it. Where only texts are
    asked for, it stands there as the text.
    """
    if narrowed is None:
        return _without_reported(unread_contributions())
    if narrowed.part == QueuePart.EDITED:
        return None
    rows = in_part(_listed(unread_contributions()), narrowed)
    is_texts_alone = narrowed.part == QueuePart.UNREAD or narrowed.thing == QueueThing.TEXTS
    return rows if is_texts_alone else _without_reported(rows)


def _without_reported(rows: QuerySet[Contribution]) -> QuerySet[Contribution]:
    return rows.exclude(Exists(ReportCase.objects.filter(contribution=OuterRef("pk"), settled_at=None)))


TEXTS = QueueSource(name="text", rank=0, rows=_texts)
UNREAD = QueueSource(name="unread", rank=1, rows=_unread)
SOURCES: Sequence[QueueSource] = (TEXTS, UNREAD, REPORTS, APPEALS, PAUSE_APPEALS)
"""All that the queue is made of. A new kind of thing is one more line here, and one in `rendering.LINES`."""


def queue_page(narrowed: Narrowed, *, after: Key | None = None, size: int = PAGE) -> tuple[list[Waiting], Key | None]:
    """Return the part of the queue behind a place, and the place to go on behind when there is more."""
    found = first_of(SOURCES, narrowed, after, size + 1)
    return with_places(found[:size]), (found[size - 1].key if len(found) > size else None)


def pause_appeals_waiting(narrowed: Narrowed) -> list[Waiting]:
    """Return the appeals against pauses that wait in a part of the queue, as many as stand on a page of it."""
    return with_places(first_of((PAUSE_APPEALS,), narrowed, None, PAGE))


def queue_around(row: Row, narrowed: Narrowed) -> list[Waiting]:
    """Return the part of the queue that something stands in, or stood in before it was decided."""
    key, source = key_of(row), _source_of(row)
    if key is None:
        return with_places(first_of(SOURCES, narrowed, None, PAGE - BEFORE))
    everywhere = source.rows(replace(narrowed, part=None, words=""))
    itself = () if everywhere is None else everywhere.filter(pk=row.pk)
    around = [
        *last_before(SOURCES, narrowed, key, BEFORE),
        *(Waiting(source=source, key=key, row=found) for found in itself),
        *first_of(SOURCES, narrowed, key, PAGE - BEFORE),
    ]
    return with_places(around)


def key_of(row: Row) -> Key | None:
    """Return the place in the queue where something stands, or stood before it was decided; None without one."""
    return _source_of(row).key_of(row) if row.due_at else None


def _source_of(row: Row) -> QueueSource:
    if isinstance(row, Contribution):
        return UNREAD if row.is_unread else TEXTS
    if isinstance(row, PauseAppeal):
        return PAUSE_APPEALS
    return REPORTS if isinstance(row, ReportCase) else APPEALS


def oldest_waiting_since() -> datetime | None:
    """Return since when the one that waits longest has waited, or None."""
    sources = (waiting_contributions(), unread_contributions())
    waits = (rows.aggregate(since=Min("received_at"))["since"] for rows in sources)
    return min((since for since in waits if since), default=None)


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


def next_waiting(narrowed: Narrowed, *, behind: Row) -> Waiting | None:
    """Return what the viewer can decide next: the next in the queue that nobody else holds, else the first."""
    pick, key = partial(_free_but, narrowed=narrowed, but=behind), key_of(behind)
    following = first_of(SOURCES, narrowed, key, 1, pick=pick) if key else []
    return next(iter(following or first_of(SOURCES, narrowed, None, 1, pick=pick)), None)


def _free_but(source: QueueSource, rows: QuerySet[Any], *, narrowed: Narrowed, but: Row) -> QuerySet[Any]:
    free = free_to_decide(source, rows, narrowed)
    return free.exclude(pk=but.pk) if source == _source_of(but) else free


def filter_choices(viewer: Any) -> list[Consultation]:
    """Return the consultations that the queue can be narrowed to, latest published first."""
    return list(visible_consultations(viewer).only("slug", "title").order_by("-published_at", "-pk"))
