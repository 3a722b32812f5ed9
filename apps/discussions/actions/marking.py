"""What stays behind when a text moves to another consultation: its number, and what stood under it."""

from collections.abc import Sequence
from datetime import datetime

from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution, Signpost


def mark_of(row: Contribution, at: datetime) -> Contribution:
    """Return the unsaved row that keeps a text's number: where it stood and whose it was, and nothing of the text."""
    return Contribution(
        consultation_id=row.consultation_id,
        topic_id=row.topic_id,
        number=row.number,
        root_id=row.root_id,
        root_number=row.root_number,
        in_reply_to_id=row.in_reply_to_id,
        in_reply_to_number=row.in_reply_to_number,
        kind=row.kind,
        status=ContributionStatus.MOVED,
        author_id=row.author_id,
        salt=b"",
        version=row.version,
        proposal_version=row.proposal_version,
        signed_version=row.version,
        received_at=row.received_at,
        came_late=row.came_late,
        decided_at=at,
        moved_to=row,
        moved_from_id=row.moved_from_id,
    )


def leave(left: Sequence[Contribution], moving: Sequence[Contribution]) -> None:
    """Save what keeps the old numbers, and let whatever stood under or answered the texts point to that.

    What neither follows nor was moved away before becomes a root.
    """
    marks = {row.pk: mark for row, mark in zip(moving, left, strict=True)}
    for row, mark in zip(moving, left, strict=True):
        mark.root = marks.get(mark.root_id or 0, mark.root)
        mark.in_reply_to = marks.get(mark.in_reply_to_id or 0, mark.in_reply_to)
        mark.save(force_insert=True)
        row.moved_from = mark
        here = Contribution.stored.filter(consultation=mark.consultation_id)
        here.filter(in_reply_to=row).update(in_reply_to=mark)
        Signpost.objects.filter(contribution=row).update(contribution=mark)
    Contribution.stored.bulk_update(moving, ["moved_from"])
    head, mark = moving[0], left[0]
    staying = Contribution.stored.filter(consultation=mark.consultation_id, root=head)
    staying.filter(status=ContributionStatus.MOVED).update(root=mark)
    for reply in staying.only("number"):
        Contribution.stored.filter(pk=reply.pk).update(root=None, root_number=reply.number)
