"""Receiving many contributions at once, by the rules of a single one: imports and seeds."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from django.db import transaction

from apps.common.richtext import to_html
from apps.consultations.actions import adjust_counts, take_numbers
from apps.consultations.models import Topic
from apps.discussions.actions import drafting
from apps.discussions.actions.drafting import Writing, new_contribution
from apps.discussions.actions.noticing import notice_in_waiting
from apps.discussions.enums import ContributionStatus
from apps.discussions.errors import TopicGone
from apps.discussions.models import Contribution, OffsiteAuthor
from apps.ledger.actions import Draft, record_many
from apps.ledger.models import Actor

BATCH = 500
SOMEBODY = "Deltager"

# The same letter, sent by hundreds, is made into HTML once.
_html = lru_cache(maxsize=1000)(to_html)


@dataclass(frozen=True, kw_only=True)
class Received:
    """A contribution from elsewhere with what became of it there.

    `reply_to` is the place in the list of what it answers.
    """

    writing: Writing
    received_at: datetime
    status: ContributionStatus = ContributionStatus.PUBLISHED
    decided_at: datetime | None = None
    reason: str = ""
    reply_to: int | None = None


@transaction.atomic
def receive_many(*, consultation_id: int, rows: Sequence[Received], by: Actor, decided_by: Actor) -> list[Contribution]:
    """Receive many texts in the order given, by the rules of a single one, with the same rows and entries.

    Where the consultation publishes first, too, each stands as the source says. What waits is screened.
    Each keeps its own time; a time before the last receipt of the consultation becomes that receipt's. Texts have been
    through `fit_text`. Raises CannotReply when a row answers one of another topic, TopicGone when one was merged.
    """
    numbers = take_numbers(consultation_id, count=len(rows))
    _require_topics({row.writing.topic.pk for row in rows})
    last = numbers.not_before
    made: list[Contribution] = []
    for step, row in enumerate(rows):
        writing = row.writing if row.reply_to is None else replace(row.writing, in_reply_to=made[row.reply_to])
        last = max(row.received_at, last) if last else row.received_at
        contribution = new_contribution(
            writing, number=numbers.first + step, received_at=last, html=_html(writing.body)
        )
        contribution.proposal_version = numbers.proposal_version
        _decide(contribution, row)
        made.append(contribution)
    _insert(made)
    if made:
        notice_in_waiting(made, at=made[-1].received_at)
    record_many([entry for row in made for entry in _entries(row, by=by, decided_by=decided_by)])
    _count(consultation_id, made)
    return made


@transaction.atomic
def name_offsite_authors(*, consultation_id: int, refs: Sequence[str]) -> dict[str, OffsiteAuthor]:
    """Give each author of the source one pseudonym in this consultation, and return all by their name in the source.

    Pseudonyms count up in the order given; somebody whom the source does not name has the reference "" and no number.
    """
    known = {author.source_ref: author for author in OffsiteAuthor.objects.filter(consultation=consultation_id)}
    numbered = sum(1 for ref in known if ref)
    fresh = []
    for ref in dict.fromkeys(ref for ref in refs if ref not in known):
        numbered += bool(ref)
        name = f"{SOMEBODY} {numbered}" if ref else SOMEBODY
        fresh.append(OffsiteAuthor(consultation_id=consultation_id, source_ref=ref, name=name))
    made = OffsiteAuthor.objects.bulk_create(fresh, batch_size=BATCH)
    return known | {author.source_ref: author for author in made}


def _require_topics(ids: Collection[int]) -> None:
    """Pass where all these topics still are there: the numbers that were taken keep them so."""
    if Topic.objects.filter(pk__in=ids, merged_into=None).count() < len(ids):
        raise TopicGone


def _decide(contribution: Contribution, row: Received) -> None:
    contribution.status = row.status
    if row.status == ContributionStatus.WAITING:
        return
    contribution.decided_at = max(row.decided_at or contribution.received_at, contribution.received_at)
    if row.status == ContributionStatus.REFUSED:
        contribution.refusal_reason_id = row.reason


def _insert(made: Sequence[Contribution]) -> None:
    """Insert roots, then what answers them, level by level: a row can only point at one that has an id."""
    waiting = list(made)
    while waiting:
        ready = [row for row in waiting if row.in_reply_to is None or row.in_reply_to.pk]
        for row in ready:
            # Assigning again copies the ids that the parents have by now.
            row.root, row.in_reply_to = row.root, row.in_reply_to
        Contribution.stored.bulk_create(ready, batch_size=BATCH)
        waiting = [row for row in waiting if not row.pk]


def _entries(contribution: Contribution, *, by: Actor, decided_by: Actor) -> Iterable[Draft]:
    yield drafting.received(contribution, by=by)
    if contribution.decided_at is None:
        return
    tell = drafting.refused if contribution.status == ContributionStatus.REFUSED else drafting.published
    yield tell(contribution, by=decided_by, at=contribution.decided_at)


def _count(consultation_id: int, made: Sequence[Contribution]) -> None:
    shown: dict[int, list[Contribution]] = defaultdict(list)
    for contribution in made:
        shown[contribution.topic_id].extend([contribution] if contribution.is_published else [])
    for topic_id, rows in shown.items():
        adjust_counts(
            topic_id,
            consultation_id=consultation_id,
            published=len(rows),
            active_at=max((row.decided_at for row in rows if row.decided_at), default=None),
            received_at=made[-1].received_at,
        )
