"""The two entries of a move to another consultation: one of the place that is left, one of the new place."""

from datetime import datetime
from typing import Any

from apps.discussions.actions import drafting
from apps.discussions.enums import CONTRIBUTION_MOVED_IN, CONTRIBUTION_MOVED_OUT
from apps.discussions.models import Contribution
from apps.ledger.actions import Draft, fingerprint
from apps.ledger.enums import Kind
from apps.ledger.models import Actor


def left_for(  # noqa: PLR0913 - what the entry of a place that is left tells
    row: Contribution, slug: str, number: int, by: Actor, at: datetime, *, reason: str, stayed: list[int]
) -> Draft:
    """Return the entry of the place that a text leaves, still standing there."""
    return drafting.entry(row, CONTRIBUTION_MOVED_OUT, by, at, to=slug, to_number=number, reason=reason, stayed=stayed)


def arrived(
    row: Contribution, mark: Contribution, by: Actor, at: datetime, *, kind: Kind = CONTRIBUTION_MOVED_IN, **more: Any
) -> Draft:
    """Return the entry of the new place: a receipt once more, with all that the old place knows of the text."""
    former = [fingerprint(bytes(past.salt), past.body) for past in row.past_texts.order_by("version")]
    return drafting.entry(
        row,
        kind,
        by,
        at,
        **{"from": mark.consultation.slug} | more,
        from_number=mark.number,
        kind=row.kind,
        status=row.status,
        root=row.root_number,
        in_reply_to=row.in_reply_to_number,
        received_at=row.received_at.isoformat(),
        version=row.version,
        former=fingerprint(b"", "\n".join(former)),
        fingerprint=drafting.text_fingerprint(row),
        unread_since=row.unread_since.isoformat() if row.unread_since else None,
        late=row.came_late,
    )
