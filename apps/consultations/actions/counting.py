"""Receipt numbers and kept counts: the only writers without an entry of their own."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, Value

from apps.consultations.models import Consultation, Topic


@dataclass(frozen=True)
class Numbers:
    """Receipt numbers taken under the consultation's lock, and the moment before which nothing of them was received."""

    first: int
    not_before: datetime | None
    # The version of the proposal that was in force.
    proposal_version: int
    # The topic that somebody writes in is there, and was not merged into another.
    is_topic_there: bool = True

    def received_at(self, at: datetime) -> datetime:
        """Return the moment of receipt: the given one, or the last receipt if a clock stepped back."""
        return max(at, self.not_before) if self.not_before else at


def take_numbers(consultation_id: int, *, count: int = 1, topic_id: int | None = None) -> Numbers:
    """Take the next `count` receipt numbers. The row stays locked until the caller's transaction ends.

    Until then the topic, if one is given, is neither merged nor deleted: the answer tells whether it is there.

    Numbers are gapless because a rolled-back transaction gives its numbers back.
    """
    if not transaction.get_connection().in_atomic_block:
        message = "Numbers are taken in the transaction that uses them"
        raise RuntimeError(message)
    rows = Consultation.objects.filter(pk=consultation_id)
    rows.update(next_number=F("next_number") + count)
    there = Exists(Topic.objects.filter(pk=topic_id, merged_into=None)) if topic_id else Value(value=True)
    kept = rows.values_list("next_number", "last_received_at", "proposal_version", there)
    following, last, version, is_there = kept.get()
    return Numbers(first=following - count, not_before=last, proposal_version=version, is_topic_there=bool(is_there))


def lock_counts(*consultation_ids: int) -> None:
    """Let nobody take numbers of these consultations, or change them or their counts, before the transaction ends.

    Always in the same order, so that two who need the same ones wait for each other and not for ever.
    """
    rows = Consultation.objects.select_for_update(no_key=True).filter(pk__in=consultation_ids).order_by("pk")
    list(rows.values_list("pk", flat=True))


def adjust_counts(  # noqa: PLR0913 - the counts a topic keeps
    topic_id: int,
    *,
    consultation_id: int,
    published: int = 0,
    answered: int = 0,
    active_at: datetime | None = None,
    received_at: datetime | None = None,
) -> None:
    """Move a topic's and its consultation's kept counts by these steps.

    The consultation's row comes first, as in `take_numbers`: everyone who locks both locks them in that order.
    """
    steps: dict[str, object] = {"published_count": F("published_count") + published}
    if received_at:
        steps["last_received_at"] = received_at
    Consultation.objects.filter(pk=consultation_id).update(**steps)
    if published or answered or active_at:
        changes = {
            "published_count": F("published_count") + published,
            "answered_count": F("answered_count") + answered,
        }
        Topic.objects.filter(pk=topic_id).update(**changes, **({"last_activity_at": active_at} if active_at else {}))
