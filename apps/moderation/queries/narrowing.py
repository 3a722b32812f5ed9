"""The part of the queue that somebody works in, for everything that is about a text: `text` is the path to it."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from apps.discussions.enums import ContributionStatus
from apps.discussions.queries import topics_written_in_by
from apps.moderation.enums import QueuePart
from apps.moderation.models import CLAIM_LASTS
from apps.moderation.queries.sources import Narrowed, QueueSource
from apps.screening.queries import flagged

MOST_WORDS = 5
LONGEST_RECEIPT = 9
# What the name of a member of staff is made of.
NAMING = ("display_name", "job_title", "name_protected_at", "erased_at")
# What a line of the queue shows of the text that it is about.
OF_TEXT = (
    "number", "kind", "status", "author_name", "author_id", "author_is_resident", "offsite_author_id", "received_at",
    "version", "text_erased_at", "unread_since", "came_late",
    "topic__title", "topic_id", "consultation__title", "consultation_id", "case__contribution_id", "case__claimed_at",
    "case__about_staff_id", "outside__contribution_id", "outside__channel", "outside__came_on", "outside__typed_by_id",
    *(f"case__claimed_by__{name}" for name in NAMING),
)  # fmt: skip


def in_part(rows: QuerySet[Any], narrowed: Narrowed, *, text: str = "") -> QuerySet[Any]:
    """Return the rows of that part: by place, kind and words of the text, by who has it, and by what is overdue."""
    sent = {"consultation": narrowed.consultation, "topic": narrowed.topic, "kind": narrowed.kind}
    rows = rows.filter(**{f"{text}{name}": value for name, value in sent.items() if value})
    if narrowed.part == QueuePart.OVERDUE:
        rows = rows.filter(due_at__lt=narrowed.at)
    elif narrowed.part == QueuePart.FREE:
        rows = rows.exclude(_held(narrowed.at, text))
    elif narrowed.part == QueuePart.MINE:
        rows = rows.filter(_held(narrowed.at, text), **{f"{text}case__claimed_by": narrowed.viewer})
    elif narrowed.part == QueuePart.SIGNALS:
        rows = rows.filter(flagged(f"{text}pk"))
    for word in narrowed.words.split()[:MOST_WORDS]:
        rows = rows.filter(_holds(word, text))
    return rows


def free_to_decide(source: QueueSource, rows: QuerySet[Any], narrowed: Narrowed) -> QuerySet[Any]:
    """Return what nobody else holds and the viewer may decide. Pairs: the rules that begin with `why_not_decide`."""
    text, viewer = source.text, narrowed.viewer
    held_by_others = _held(narrowed.at, text) & ~Q(**{f"{text}case__claimed_by": viewer})
    rows = (
        rows.exclude(held_by_others)
        .exclude(**{f"{text}author": viewer})
        .exclude(**{f"{text}outside__typed_by": viewer})
    )
    rows = rows.exclude(**{f"{text}topic__in": topics_written_in_by(viewer.pk)})
    return source.free(rows.exclude(**{f"{text}case__about_staff": viewer}), narrowed)


def _held(at: datetime, text: str) -> Q:
    return Q(**{f"{text}case__claimed_at__gt": at - CLAIM_LASTS, f"{text}case__claimed_by__isnull": False})


def _holds(word: str, text: str) -> Q:
    """Texts and authors' names; a number is also a receipt number. SQLite folds the case of plain letters only.

    What its author took back is found by its words no more.
    """
    is_number = word.isascii() and word.isdigit() and len(word) <= LONGEST_RECEIPT
    found = Q(**{f"{text}number": int(word)}) if is_number else Q()
    readable = ~Q(**{f"{text}status": ContributionStatus.WITHDRAWN}) if text else Q()
    for form in {word, word.lower(), word.upper(), word.capitalize()}:
        found |= Q(**{f"{text}body__icontains": form}) & readable | Q(**{f"{text}author_name__icontains": form})
    return found
