"""What the public ledger says about a contribution and what happened around it, as counsel needs it."""

from typing import Any

from django.db.models import Q

from apps.discussions.models import Contribution, LetterCluster, WritingPause
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of, sentence_of
from apps.moderation.models import Appeal, PauseAppeal


def entries_in_evidence(row: Contribution) -> list[dict[str, Any]]:
    """Return the public entries about the number, in the order of their positions; those without one come last.

    With those about the decisions over it: appeals, pauses in its author's writing that were decided with the text in
    hand, and the letters that it was found to be one with, or not. What reports came is told without their entries:
    they are no party's.
    """
    decided_over = (
        Q(subject="appeal", subject_id__in=Appeal.objects.filter(contribution=row, report=None).values("pk"))
        | Q(subject="writingpause", subject_id__in=WritingPause.objects.filter(contribution=row).values("pk"))
        | Q(subject="pauseappeal", subject_id__in=PauseAppeal.objects.filter(pause__contribution=row).values("pk"))
    )
    about = Entry.objects.filter(Q(subject="contribution", subject_id=row.pk) | decided_over).select_related("place")
    return [_told(entry) for entry in sorted((*about, *_of_letters(row)), key=lambda entry: entry.pk)]


def _of_letters(row: Contribution) -> list[Entry]:
    """Return the entries by which the number came to a letter, was joined by others in it, or left it."""
    letters = LetterCluster.objects.filter(topic__consultation=row.consultation_id).values("pk")
    entries = Entry.objects.filter(subject="lettercluster", subject_id__in=letters).select_related("place")
    return [entry for entry in entries.order_by("pk") if row.number in _numbers(entry)]


def _numbers(entry: Entry) -> list[Any]:
    facts = facts_of(entry)
    return [*facts["numbers"], facts.get("shown")]


def _told(entry: Entry) -> dict[str, Any]:
    return {
        "position": entry.place.position if hasattr(entry, "place") else None,
        "kind": entry.kind,
        "at": entry.at,
        "by": entry.get_actor_role_display(),
        "told_as": sentence_of(entry),
        "payload": entry.payload,
    }
