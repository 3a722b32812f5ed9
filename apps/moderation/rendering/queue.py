"""The lines of the queue, and several texts in full."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.common.richtext import plain
from apps.discussions.models import Attachment, Contribution
from apps.discussions.queries import typist_of
from apps.moderation.models import Appeal, PauseAppeal, ReportCase
from apps.moderation.queries import (
    Key,
    Narrowed,
    Waiting,
    conflicting_topics,
    holder_of,
    looking_at,
)
from apps.moderation.rendering.files import files_to_read
from apps.moderation.rendering.texts import answered_in, is_gone, shown_text
from apps.moderation.rules import staff_in_question
from apps.screening.enums import Flag
from apps.screening.queries import flags_of

EXCERPT = 160
TEXT, UNREAD, REPORT, APPEAL, PAUSE_APPEAL = "text", "unread", "report", "appeal", "pause_appeal"
PLACES = {
    TEXT: "moderation:item",
    REPORT: "moderation:report-settle",
    APPEAL: "moderation:appeal-decide",
    PAUSE_APPEAL: "moderation:pause-appeal-decide",
}
"""Where a thing of each kind is worked on."""
FOR_A_COLLEAGUE = _(
    "A colleague has to decide on it. You wrote it or typed it in, wrote in its topic, or it is about you."
)


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What the lines of one page share.

    Who has texts open and what was noticed in them, by the text's id, and topics the viewer has written in.
    """

    narrowed: Narrowed
    looking: Mapping[int, Sequence[User]]
    conflicting: Collection[int]
    noticed: Mapping[int, Sequence[Flag]]


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """One line of the queue: a text that waits or is unread, reports on one, or an appeal about one.

    `template` is what shows it.
    `url` is where it is worked on, `since` when it began to wait. `conflict` is why a colleague has to take it.
    """

    contribution: Contribution
    key: Key
    url: str
    since: datetime
    excerpt: str
    is_late: bool
    is_own: bool
    holder: User | None
    conflict: object = ""
    is_changed_on_request: bool = False
    lookers: Sequence[User] = ()
    noticed: Sequence[Flag] = ()
    case: ReportCase | None = None
    appeal: Appeal | PauseAppeal | None = None
    template: str = "moderation/_row.html"

    @property
    def is_text(self) -> bool:
        """It is a text that waits, and nothing about one."""
        return self.case is None and self.appeal is None

    @property
    def is_for_colleague(self) -> bool:
        """The viewer does not decide on it."""
        return self.is_own or bool(self.conflict)


def queue_rows(found: Sequence[Waiting], narrowed: Narrowed) -> list[QueueRow]:
    """Return the lines of the queue in the order given, each made as its source asks for."""
    texts = [text_of(thing) for thing in found]
    beside = Beside(
        narrowed=narrowed,
        looking=looking_at([text.pk for text in texts], but=narrowed.viewer, at=narrowed.at),
        conflicting=conflicting_topics(narrowed.viewer, [text.topic_id for text in texts]),
        noticed=flags_of([text.pk for text in texts]),
    )
    return [LINES[thing.source.name](thing, beside) for thing in found]


def text_of(thing: Waiting) -> Contribution:
    """Return the text that waits, or that something is about."""
    found: Contribution = thing.row if isinstance(thing.row, Contribution) else thing.row.contribution
    return found


def url_of(thing: Waiting) -> str:
    """Return where it is worked on."""
    return reverse(PLACES.get(thing.source.name, PLACES[TEXT]), args=[thing.row.pk])


def _line_of_text(thing: Waiting, beside: Beside) -> QueueRow:
    text = thing.row
    return _line(thing, beside, since=text.received_at, is_changed_on_request=text.is_changed_on_request)


def _line_of_reports(thing: Waiting, beside: Beside) -> QueueRow:
    case = thing.row
    mine = _("You reported it") if case.is_the_viewers else ""
    return _line(thing, beside, since=case.opened_at, case=case, conflict=mine)


def _line_of_appeal(thing: Waiting, beside: Beside) -> QueueRow:
    appeal = thing.row
    mine: object = _("You reported it") if appeal.is_the_viewers else ""
    if appeal.first_decided_by_id == beside.narrowed.viewer.pk:
        mine = _("You decided first")
    return _line(thing, beside, since=appeal.received_at, appeal=appeal, conflict=mine)


def _line(thing: Waiting, beside: Beside, *, conflict: object = "", **facts: Any) -> QueueRow:
    text, narrowed = text_of(thing), beside.narrowed
    viewer = narrowed.viewer.pk
    takes_part = text.topic_id in beside.conflicting or viewer in {staff_in_question(text), typist_of(text)}
    return QueueRow(
        contribution=text,
        key=thing.key,
        url=url_of(thing),
        excerpt="" if is_gone(text) else plain(thing.row.start, EXCERPT),
        is_late=thing.key.due_at < narrowed.at,
        is_own=text.author_id == viewer,
        holder=holder_of(text, at=narrowed.at),
        conflict=conflict or (_("For a colleague") if takes_part else ""),
        lookers=beside.looking.get(text.pk, ()),
        noticed=beside.noticed.get(text.pk, ()),
        **facts,
    )


LINES: Mapping[str, Callable[[Waiting, Beside], QueueRow]] = {
    TEXT: _line_of_text,
    UNREAD: _line_of_text,
    REPORT: _line_of_reports,
    APPEAL: _line_of_appeal,
    PAUSE_APPEAL: _line_of_appeal,
}


@dataclass(frozen=True, kw_only=True)
class TextToRead:
    """One text in full among several, with what is in the way of publishing it."""

    contribution: Contribution
    body: SafeString | None
    answered_excerpt: str
    why_not: object
    refusal: str
    files: Sequence[Attachment]
    noticed: Sequence[Flag]


def read_in_full(
    contributions: Sequence[Contribution], *, narrowed: Narrowed, refused: Mapping[int, str]
) -> list[TextToRead]:
    """Return the texts in full, in the order given; `refused` is what was in the way, by the text's id."""
    viewer = narrowed.viewer
    conflicting = conflicting_topics(viewer, [contribution.topic_id for contribution in contributions])
    noticed = flags_of([contribution.pk for contribution in contributions])
    return [
        TextToRead(
            contribution=contribution,
            body=shown_text(contribution),
            answered_excerpt=answered_in(contribution),
            why_not=FOR_A_COLLEAGUE if _takes_part(viewer, contribution, conflicting) else None,
            refusal=refused.get(contribution.pk, ""),
            files=files_to_read(contribution),
            noticed=noticed.get(contribution.pk, ()),
        )
        for contribution in contributions
    ]


def _takes_part(viewer: Any, contribution: Contribution, conflicting: Collection[int]) -> bool:
    """Pair: rules.why_conflicted."""
    mine = viewer.pk in {contribution.author_id, staff_in_question(contribution), typist_of(contribution)}
    return mine or contribution.topic_id in conflicting
