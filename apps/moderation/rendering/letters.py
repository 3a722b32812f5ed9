"""What moderators read of texts that may be one letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from apps.common.permissions import why_not
from apps.discussions.models import Contribution
from apps.discussions.queries import MOST_OFFERED, members_of_letter, others_alike
from apps.discussions.rules import TextDifference, how_it_differs
from apps.moderation.rendering.texts import shown_text


@dataclass(frozen=True, kw_only=True)
class Beside:
    """One text beside the first of a letter."""

    contribution: Contribution
    difference: TextDifference
    is_by_same_person: bool


@dataclass(frozen=True, kw_only=True)
class LetterToRead:
    """A text in full, with what may be the same letter, what adds something of its own, and what belongs to it.

    `members_after` is the number behind which more belong to it, or None.
    """

    first: Contribution
    text: SafeString | None
    same: Sequence[Beside]
    waiting: Sequence[Beside]
    own: Sequence[Beside]
    members: Sequence[Beside]
    members_after: int | None
    why_not: object

    @property
    def most(self) -> int:
        """How many of a letter stand on its page at a time."""
        return MOST_OFFERED

    @property
    def is_cut(self) -> bool:
        """Whether more may be the same letter than stand on the page: as many are read as it holds."""
        return len((*self.same, *self.waiting, *self.own)) >= MOST_OFFERED

    @property
    def word_for_word(self) -> int:
        """How many of those that can be confirmed say the same word for word, whoever signed them."""
        return sum(1 for text in self.same if text.difference.is_none or text.difference.is_below_closing)

    @property
    def to_publish(self) -> list[Contribution]:
        """Texts that wait and would be the same letter if they were public, the first among them if it waits."""
        first = [self.first] if self.first.is_waiting else []
        return [*first, *(text.contribution for text in self.waiting)]


def letter_to_read(first: Contribution, *, viewer: Any, after: int = 0) -> LetterToRead:
    """Return a text with all that it may be the same letter as. Its author is told by the account, never by name.

    Of those that belong to it already, the page behind a number.
    """
    alike = [_beside(first, other) for other in others_alike(first, limit=MOST_OFFERED)]
    near = [text for text in alike if text.difference.is_nearly_none]
    found = members_of_letter(first.cluster_id, limit=MOST_OFFERED + 1, after=after) if first.cluster_id else []
    members = found[:MOST_OFFERED]
    return LetterToRead(
        first=first,
        text=shown_text(first),
        same=[text for text in near if text.contribution.is_published],
        waiting=[text for text in near if text.contribution.is_waiting],
        own=[text for text in alike if not text.difference.is_nearly_none],
        members=[_beside(first, member) for member in members if member.pk != first.pk],
        members_after=members[-1].number if len(found) > MOST_OFFERED else None,
        why_not=why_not("moderation.settle_letter", viewer, [first]),
    )


def _beside(first: Contribution, other: Contribution) -> Beside:
    return Beside(
        contribution=other,
        difference=how_it_differs(first, other),
        is_by_same_person=other.author_id is not None and other.author_id == first.author_id,
    )
