"""The lines of the queue, and several texts in full."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.common.richtext import plain
from apps.discussions.models import Contribution
from apps.moderation.queries import (
    Narrowed,
    Waiting,
    conflicting_topics,
    holder_of,
    looking_at,
)
from apps.moderation.rendering.texts import answered_in, shown_text
from apps.moderation.rules import staff_in_question

EXCERPT = 160
TEXT = "text"
FOR_A_COLLEAGUE = _("A colleague has to decide on it. You wrote it, wrote in its topic, or it is about you.")


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What the lines of one page share: who has texts open, by the text's id, and topics the viewer has written in."""

    narrowed: Narrowed
    looking: Mapping[int, Sequence[User]]
    conflicting: Collection[int]


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """One line of the queue: a text that waits. `template` is what shows it."""

    contribution: Contribution
    excerpt: str
    is_late: bool
    is_own: bool
    is_changed_on_request: bool
    holder: User | None
    is_conflicted: bool = False
    lookers: Sequence[User] = ()
    template: str = "moderation/_row.html"


def queue_rows(found: Sequence[Waiting], narrowed: Narrowed) -> list[QueueRow]:
    """Return the lines of the queue in the order given, each made as its source asks for."""
    texts = [thing.row for thing in found if thing.source.name == TEXT]
    beside = Beside(
        narrowed=narrowed,
        looking=looking_at([text.pk for text in texts], but=narrowed.viewer, at=narrowed.at),
        conflicting=conflicting_topics(narrowed.viewer, [text.topic_id for text in texts]),
    )
    return [LINES[thing.source.name](thing, beside) for thing in found]


def _line_of_text(thing: Waiting, beside: Beside) -> QueueRow:
    contribution, narrowed = thing.row, beside.narrowed
    viewer = narrowed.viewer.pk
    return QueueRow(
        contribution=contribution,
        excerpt=plain(contribution.start, EXCERPT),
        is_late=contribution.due_at < narrowed.at,
        is_own=contribution.author_id == viewer,
        is_changed_on_request=contribution.is_changed_on_request,
        holder=holder_of(contribution, at=narrowed.at),
        is_conflicted=contribution.topic_id in beside.conflicting or staff_in_question(contribution) == viewer,
        lookers=beside.looking.get(contribution.pk, ()),
    )


LINES: Mapping[str, Callable[[Waiting, Beside], QueueRow]] = {TEXT: _line_of_text}


@dataclass(frozen=True, kw_only=True)
class TextToRead:
    """One text in full among several, with what is in the way of publishing it."""

    contribution: Contribution
    body: SafeString | None
    answered_excerpt: str
    why_not: object
    refusal: str


def read_in_full(
    contributions: Sequence[Contribution], *, narrowed: Narrowed, refused: Mapping[int, str]
) -> list[TextToRead]:
    """Return the texts in full, in the order given; `refused` is what was in the way, by the text's id."""
    viewer = narrowed.viewer
    conflicting = conflicting_topics(viewer, [contribution.topic_id for contribution in contributions])
    return [
        TextToRead(
            contribution=contribution,
            body=shown_text(contribution),
            answered_excerpt=answered_in(contribution),
            why_not=FOR_A_COLLEAGUE if _takes_part(viewer, contribution, conflicting) else None,
            refusal=refused.get(contribution.pk, ""),
        )
        for contribution in contributions
    ]


def _takes_part(viewer: Any, contribution: Contribution, conflicting: Collection[int]) -> bool:
    """Pair: rules.why_conflicted."""
    mine = viewer.pk in {contribution.author_id, staff_in_question(contribution)}
    return mine or contribution.topic_id in conflicting
