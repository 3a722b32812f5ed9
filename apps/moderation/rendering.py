"""What the queue's pages show of a contribution."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.common.permissions import may, why_not
from apps.common.richtext import plain, to_html, trusted
from apps.common.tables import csv_lines
from apps.consultations.models import Topic
from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution, PastText, TextErasure
from apps.discussions.queries import last_decided_text, proposal_about, record_of, sealed_texts
from apps.moderation.engine.statements import COLUMNS, cells_of
from apps.moderation.enums import Outcome
from apps.moderation.models import CLAIM_LASTS, Decision, StatementOfReasons
from apps.moderation.queries import (
    Narrowed,
    Waiting,
    conflicting_topics,
    decisions_about,
    decisions_on,
    holder_of,
    looking_at,
    records_of,
    replies_to,
)
from apps.moderation.rules import staff_in_question
from apps.screening.queries import look
from apps.screening.rules import reason

# What the fields of an exported statement mean, in their order.
FIELDS: dict[str, Promise] = {
    "puid": _("The mark of the statement, which its author finds in the mail. It leads to nobody."),
    "decision_visibility": _("What was decided: removed is not published, disabled is no longer shown."),
    "decision_visibility_other": _("The same in words, where none of the codes fits."),
    "decision_ground": _("Whether the text is against the law, or against a house rule."),
    "decision_ground_reference_url": _("Where the house rules stand."),
    "illegal_content_legal_ground": _("Which law, where it is against the law."),
    "illegal_content_explanation": _("Why, in the moderator's sentence."),
    "incompatible_content_ground": _("Which house rule, where it is against one."),
    "incompatible_content_explanation": _("Why, in the moderator's sentence."),
    "category": _("The category in the EU's database."),
    "category_specification": _("A keyword within the category, where one fits."),
    "content_type": _("What was decided about: always a text."),
    "content_language": _("In which language the forum is held."),
    "content_date": _("The day on which the text was received."),
    "territorial_scope": _("Where the decision is in force."),
    "application_date": _("The day of the decision."),
    "decision_facts": _("On which facts it was decided."),
    "source_type": _("How the text was found: voluntary means without a report."),
    "automated_detection": _("Whether a program pointed the text out."),
    "automated_decision": _("Whether a program decided. Here people do."),
}

EXCERPT = 160
TEXT = "text"
CONTEXT = 400
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


@dataclass(frozen=True, kw_only=True)
class Item:
    """One contribution with all that is needed to decide on it."""

    contribution: Contribution
    text: SafeString | None
    read_before: SafeString | None
    asked: Decision | None
    asked_about: SafeString | None
    sealed: Sequence[SafeString]
    signals: Sequence[str]
    answered_excerpt: str
    answered_text: SafeString | None
    record: dict[str, int]
    decisions: Sequence[Decision]
    earlier: Sequence[Decision]
    holder: User | None
    is_held_by_viewer: bool
    held_until: datetime | None
    why_not: object
    shows_facts: bool
    replies: int
    topics: Sequence[Topic]
    erasure: TextErasure | None
    can_be_erased: bool
    lookers: Sequence[User]

    @property
    def standing(self) -> Decision | None:
        """The last decision that was not undone."""
        return next((decision for decision in self.decisions if decision.undone_at is None), None)

    @property
    def can_be_decided(self) -> bool:
        """Whether the viewer gets the form."""
        free = self.holder is None or self.is_held_by_viewer
        only_topic = self.contribution.is_answer and not self.topics
        open_ended = self.contribution.is_waiting or self.contribution.is_published or self.contribution.is_hidden
        return free and open_ended and not only_topic and self.why_not is None


def queue_rows(found: Sequence[Waiting], narrowed: Narrowed) -> list[QueueRow]:
    """Return the lines of the queue in the order given, each made as its source asks for."""
    texts = [thing.row for thing in found if thing.source.name == TEXT]
    beside = Beside(
        narrowed=narrowed,
        looking=looking_at([text.pk for text in texts], but=narrowed.viewer, at=narrowed.at),
        conflicting=conflicting_topics(narrowed.viewer, [text.topic_id for text in texts]),
    )
    return [LINES[thing.source.name](thing, beside) for thing in found]


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
            answered_excerpt=_answered_in(contribution),
            why_not=FOR_A_COLLEAGUE if _takes_part(viewer, contribution, conflicting) else None,
            refusal=refused.get(contribution.pk, ""),
        )
        for contribution in contributions
    ]


def _answered_in(contribution: Contribution) -> str:
    answered = contribution.in_reply_to
    return plain(answered.body, CONTEXT) if answered and answered.is_published else ""


def _takes_part(viewer: Any, contribution: Contribution, conflicting: Collection[int]) -> bool:
    """Pair: rules.why_conflicted."""
    mine = viewer.pk in {contribution.author_id, staff_in_question(contribution)}
    return mine or contribution.topic_id in conflicting


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


def item_of(
    contribution: Contribution, *, viewer: Any, at: datetime, topics: Sequence[Topic], read_version: int | None = None
) -> Item:
    """Return the item. With `read_version`, also the text of that version when it is not the one that stands."""
    holder = holder_of(contribution, at=at)
    is_mine = holder is not None and holder.pk == viewer.pk
    answered = contribution.in_reply_to
    decisions = decisions_on(contribution)
    asked = _asked_of(contribution, decisions)
    return Item(
        contribution=contribution,
        text=shown_text(contribution),
        read_before=_earlier_text(contribution, read_version),
        asked=asked,
        asked_about=_earlier_text(contribution, asked.version if asked else None),
        sealed=[trusted(to_html(past.body)) for past in _sealed_of(contribution)],
        signals=_signals_of(contribution, viewer=viewer, at=at),
        answered_excerpt=_answered_in(contribution),
        answered_text=trusted(answered.body_html) if answered and answered.is_published else None,
        record=record_of(contribution.author_id, before=at),
        decisions=decisions,
        earlier=decisions_about(contribution.author_id, but=contribution),
        holder=holder,
        is_held_by_viewer=is_mine,
        held_until=_held_until(contribution) if is_mine else None,
        why_not=why_not("moderation.decide_contribution", viewer, contribution),
        shows_facts=may("moderation.read_facts", viewer, contribution),
        replies=replies_to(contribution),
        topics=[topic for topic in topics if topic.pk != contribution.topic_id],
        erasure=None if contribution.is_waiting else proposal_about(contribution),
        can_be_erased=may("discussions.propose_erasure", viewer, contribution),
        lookers=looking_at([contribution.pk], but=viewer, at=at).get(contribution.pk, ()),
    )


def _asked_of(contribution: Contribution, decisions: Sequence[Decision]) -> Decision | None:
    """Return the decision by which the author was asked for an edit, when the text waits since then."""
    standing = (decision for decision in decisions if decision.undone_at is None)
    last = next((decision for decision in standing if decision.outcome != Outcome.MOVE), None)
    return last if contribution.is_waiting and last and last.outcome == Outcome.RETURN else None


def _signals_of(contribution: Contribution, *, viewer: Any, at: datetime) -> list[str]:
    """Return what the detectors notice about the text, each thing once, in words. They decide nothing.

    They go by the lists as they are now, and nothing of it is kept: what is gone has no signals.
    """
    if _is_gone(contribution) or contribution.is_answer or not may("screening.see_flags", viewer):
        return []
    return list(dict.fromkeys(reason(finding, contribution.body) for finding in look(contribution.body, at=at)))


def _held_until(contribution: Contribution) -> datetime | None:
    taken: datetime | None = contribution.case.claimed_at
    return taken + CLAIM_LASTS if taken else None


def shown_text(contribution: Contribution) -> SafeString | None:
    """Return the text; what its author took back, or what was erased, is shown to nobody."""
    if _is_gone(contribution):
        return None
    return trusted(contribution.body_html)


def _sealed_of(contribution: Contribution) -> Sequence[PastText]:
    return [] if _is_gone(contribution) else sealed_texts(contribution)


def _is_gone(contribution: Contribution) -> bool:
    return contribution.status == ContributionStatus.WITHDRAWN or contribution.text_erased_at is not None


def _earlier_text(contribution: Contribution, version: int | None) -> SafeString | None:
    if version in {None, contribution.version} or _is_gone(contribution):
        return None
    earlier = last_decided_text(contribution, version or 0)
    return trusted(to_html(earlier)) if earlier is not None else None


def statements_as_csv(statements: QuerySet[StatementOfReasons]) -> Iterator[str]:
    """Return statements of reasons as the lines of a table for a spreadsheet."""
    return csv_lines(COLUMNS, map(cells_of, records_of(statements)))


def statements_as_json(statements: QuerySet[StatementOfReasons]) -> Iterator[str]:
    """Return statements of reasons as JSON, in the shape in which the EU's database takes many at once."""
    between = '{"statements": ['
    for record in records_of(statements):
        yield f"{between}\n{json.dumps(record, ensure_ascii=False)}"
        between = ","
    yield "\n]}\n" if between == "," else f"{between}]}}\n"
