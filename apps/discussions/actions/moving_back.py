"""Taking back a move to another consultation: the text has its old number again, the number it had there a mark.

Both numbers stay given. What was moved in one goes back in one, or not at all.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from apps.consultations.actions import lock_counts
from apps.discussions.actions.attaching import files_entry
from apps.discussions.actions.letters import part_from_letters
from apps.discussions.actions.move_entries import arrived, left_for
from apps.discussions.actions.moving import MOVABLE, carry_counts, first_answer_at
from apps.discussions.enums import CONTRIBUTION_MOVED_BACK, TAKEN_BACK
from apps.discussions.errors import AlreadyDecided
from apps.discussions.models import AgreementSum, Contribution, Signpost
from apps.discussions.queries.answers import linked_among
from apps.discussions.queries.beside import with_files_among
from apps.discussions.queries.binding import bound_among
from apps.discussions.queries.proposals import offered_among
from apps.discussions.queries.suggestions import with_status
from apps.ledger.actions import Draft, record_many
from apps.ledger.models import Actor
from apps.screening.actions import forget_signatures

# Numbers that no text is ever given: two rows change places, and a number is one row's at a time.
_BETWEEN = 2_000_000_000
_PLACE = (
    "consultation_id", "topic_id", "number", "root_id", "root_number", "in_reply_to_id", "in_reply_to_number",
    "proposal_version", "moved_from_id",
)  # fmt: skip
_CHANGED = [name.removesuffix("_id") for name in _PLACE] + ["decided_at", "answered_at", "signed_version"]
_OF_MARK = [name.removesuffix("_id") for name in _PLACE] + ["decided_at", "refusal_sentence"]


@transaction.atomic
def move_back_here(
    *, contribution: Contribution, left: Contribution, stayed: Sequence[int], by: Actor, at: datetime
) -> None:
    """Let a text stand under its old number again, which is `left`, with what followed it and what stood under it.

    The number it had meanwhile leads to it. `stayed` are the numbers that became roots when it was moved; with what
    has been written under them they stand under it again, unless they were moved.
    Raises AlreadyDecided when anything of it is not as the move left it: changed, decided on, moved or answered.
    """
    moved = _moved_with(contribution, left)
    lock_counts(contribution.consultation_id, left.consultation_id)
    marks = [row.moved_from for row in moved if row.moved_from is not None]
    drafts = [
        left_for(row, left.consultation.slug, mark.number, by, at, reason=TAKEN_BACK, stayed=[])
        for row, mark in zip(moved, marks, strict=True)
    ]
    part_from_letters([row.pk for row in moved])
    carry_counts(moved, left.topic, at)
    _change_places(moved, marks, at)
    rejoined = _rejoin(moved[0], stayed)
    contribution.refresh_from_db()
    drafts = [*drafts[1:], drafts[0], *_told(moved, marks, rejoined, by, at)]
    with_files = with_files_among([row.pk for row in moved])
    record_many([*drafts, *(files_entry(row, by=by, at=at) for row in moved if row.pk in with_files)])


def _moved_with(contribution: Contribution, left: Contribution) -> list[Contribution]:
    """Return the text and what followed it, by number, locked, all as the move left it. Raises AlreadyDecided."""
    locked = Contribution.stored.select_for_update(of=("self",))
    followed = Q(moved_from__root=left) | Q(moved_from__in_reply_to=left)
    group = Q(pk=contribution.pk) | Q(root=contribution.pk) | followed & Q(moved_from__decided_at=left.decided_at)
    rows = locked.filter(group, consultation=contribution.consultation_id).select_related("moved_from__root")
    moved = sorted(rows.order_by("pk"), key=lambda row: row.number)
    head = moved[0] if moved else contribution
    is_whole = head.pk == contribution.pk and head.moved_from_id == left.pk and head.root_id is None
    if not is_whole or not all(_is_as_moved(row, head, left) for row in moved):
        raise AlreadyDecided
    ids = [row.pk for row in moved]
    answered = Contribution.stored.filter(in_reply_to__in=ids).exclude(pk__in=ids)
    if answered.exists() or with_status(moved) or offered_among(moved) or bound_among(moved) or linked_among(moved):
        raise AlreadyDecided
    return moved


def _is_as_moved(row: Contribution, head: Contribution, left: Contribution) -> bool:
    mark = row.moved_from
    if mark is None or (mark.moved_to_id, mark.version, mark.decided_at) != (row.pk, row.version, left.decided_at):
        return False
    is_there = row.topic_id == head.topic_id and (row is head or row.root_id == head.pk)
    above = mark.root
    is_free = above is None or not above.is_moved_away or above.moved_to_id == head.pk
    return is_there and is_free and row.status in MOVABLE and row.text_erased_at is None


def _change_places(moved: Sequence[Contribution], marks: Sequence[Contribution], at: datetime) -> None:
    """Give the rows the places that the marks kept, and the marks theirs."""
    text_of, mark_of = {mark.pk: mark.moved_to_id for mark in marks}, {row.pk: row.moved_from_id for row in moved}
    for step, mark in enumerate(marks):
        between = {"number": _BETWEEN + step, "root": None, "root_number": _BETWEEN + step}
        Contribution.stored.filter(pk=mark.pk).update(**between)
    for row, mark in zip(moved, marks, strict=True):
        old, new = ({name: getattr(one, name) for name in _PLACE} for one in (mark, row))
        for one, place, others in ((row, old, text_of), (mark, new | {"moved_from_id": None}, mark_of)):
            for name, value in place.items():
                is_row = name in {"root_id", "in_reply_to_id"}
                setattr(one, name, others.get(value, value) if is_row else value)
        mark.decided_at, mark.refusal_sentence = at, ""
        row.decided_at, row.signed_version = at if row.is_published else None, 0
    for row in moved:
        row.answered_at = first_answer_at(row, moved)
    forget_signatures(subject_ids=sorted(mark_of))
    AgreementSum.objects.filter(contribution__in=moved).delete()  # told of the number that they had there
    Contribution.stored.bulk_update(moved, _CHANGED)
    Contribution.stored.bulk_update(marks, _OF_MARK)
    for row, mark in zip(moved, marks, strict=True):
        here = Contribution.stored.filter(consultation=row.consultation_id)
        here.filter(in_reply_to=mark).update(in_reply_to=row)
        here.filter(root=mark).update(root=row)
        Signpost.objects.filter(contribution=mark).update(contribution=row)


def _rejoin(head: Contribution, stayed: Sequence[int]) -> list[int]:
    """Let what became a root where it was stand under the text again; return its numbers."""
    here = Contribution.stored.filter(consultation=head.consultation_id, topic=head.topic_id)
    apart = here.filter(Q(root=None, number__in=stayed) | Q(root__root=None, root__number__in=stayed))
    numbers = list(apart.order_by("number").values_list("number", flat=True))
    here.filter(number__in=numbers).update(root=head, root_number=head.number)
    return numbers


def _told(
    moved: Sequence[Contribution], marks: Sequence[Contribution], rejoined: list[int], by: Actor, at: datetime
) -> list[Draft]:
    """Return the entries of the place where the texts stand again."""
    return [
        arrived(row, mark, by, at, kind=CONTRIBUTION_MOVED_BACK, rejoined=[] if step else rejoined)
        for step, (row, mark) in enumerate(zip(moved, marks, strict=True))
    ]
