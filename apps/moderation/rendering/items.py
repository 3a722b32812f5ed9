"""One contribution with all that is needed to decide on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from apps.accounts.models import User
from apps.common.permissions import may, why_not
from apps.common.richtext import to_html, trusted
from apps.consultations.models import Topic
from apps.discussions.models import Attachment, Contribution, TextErasure
from apps.discussions.queries import last_decided_text, proposal_about, record_of, sealed_texts
from apps.moderation.enums import OF_FILE, Outcome
from apps.moderation.models import CLAIM_LASTS, Decision
from apps.moderation.queries import (
    AlikeText,
    alike_texts,
    decisions_about,
    decisions_on,
    holder_of,
    looking_at,
    replies_to,
)
from apps.moderation.rendering.files import item_files
from apps.moderation.rendering.texts import answered_in, is_gone, shown_text
from apps.screening.enums import REASONS, Flag
from apps.screening.queries import noticed_in
from apps.screening.rules import reason


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Who has taken the case of a text, and who has it open."""

    holder: User | None
    is_held_by_viewer: bool
    held_until: datetime | None
    lookers: Sequence[User]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One contribution with all that is needed to decide on it."""

    contribution: Contribution
    text: SafeString | None
    read_before: SafeString | None
    asked: Decision | None
    asked_about: SafeString | None
    sealed: Sequence[SafeString]
    files: Sequence[Attachment]
    signals: Sequence[str]
    alike: Sequence[AlikeText]
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
    def alike_reason(self) -> object:
        """The sentence that tells why other texts are named."""
        return REASONS[Flag.NEAR_DUPLICATE]

    @property
    def is_alike_in_topic(self) -> bool:
        """Whether one of them stands in the same topic, so that they may be the same letter."""
        return any(text.is_in_topic for text in self.alike)

    @property
    def standing(self) -> Decision | None:
        """The last decision that was not undone."""
        return next((decision for decision in self.decisions if decision.undone_at is None), None)

    @property
    def can_hold_files(self) -> bool:
        """Whether the viewer may hold back a single file."""
        return self.why_not is None

    @property
    def can_be_decided(self) -> bool:
        """Whether the viewer gets the form."""
        free = self.holder is None or self.is_held_by_viewer
        only_topic = self.contribution.is_answer and not self.topics
        open_ended = self.contribution.is_waiting or self.contribution.is_published or self.contribution.is_hidden
        return free and open_ended and not only_topic and self.why_not is None


def hold_on(contribution: Contribution, *, viewer: Any, at: datetime) -> Hold:
    """Return who has taken it, and who has it open."""
    holder = holder_of(contribution, at=at)
    is_mine = holder is not None and holder.pk == viewer.pk
    return Hold(
        holder=holder,
        is_held_by_viewer=is_mine,
        held_until=_held_until(contribution) if is_mine else None,
        lookers=looking_at([contribution.pk], but=viewer, at=at).get(contribution.pk, ()),
    )


def item_of(
    contribution: Contribution, *, viewer: Any, at: datetime, topics: Sequence[Topic], read_version: int | None = None
) -> Item:
    """Return the item. With `read_version`, also the text of that version when it is not the one that stands."""
    hold = hold_on(contribution, viewer=viewer, at=at)
    answered = contribution.in_reply_to
    decisions = decisions_on(contribution)
    asked = _asked_of(contribution, decisions)
    return Item(
        contribution=contribution,
        text=shown_text(contribution),
        read_before=_earlier_text(contribution, read_version),
        asked=asked,
        asked_about=_earlier_text(contribution, asked.version if asked else None),
        sealed=sealed_originals(contribution),
        files=item_files(contribution),
        signals=_signals_of(contribution, viewer=viewer, at=at),
        alike=_alike_of(contribution, viewer=viewer),
        answered_excerpt=answered_in(contribution),
        answered_text=trusted(answered.body_html) if answered and answered.is_published else None,
        record=record_of(contribution.author_id, before=at),
        decisions=decisions,
        earlier=decisions_about(contribution.author_id, but=contribution),
        holder=hold.holder,
        is_held_by_viewer=hold.is_held_by_viewer,
        held_until=hold.held_until,
        why_not=why_not("moderation.decide_contribution", viewer, contribution),
        shows_facts=may("moderation.read_facts", viewer, contribution),
        replies=replies_to(contribution),
        topics=topics,
        erasure=None if contribution.is_waiting else proposal_about(contribution),
        can_be_erased=may("discussions.propose_erasure", viewer, contribution),
        lookers=hold.lookers,
    )


def _asked_of(contribution: Contribution, decisions: Sequence[Decision]) -> Decision | None:
    """Return the decision by which the author was asked for an edit, when the text waits since then."""
    standing = (decision for decision in decisions if decision.undone_at is None)
    last = next((decision for decision in standing if decision.outcome not in (Outcome.MOVE, *OF_FILE)), None)
    return last if contribution.is_waiting and last and last.outcome == Outcome.RETURN else None


def _signals_of(contribution: Contribution, *, viewer: Any, at: datetime) -> list[str]:
    """Return what the detectors notice about the text, each thing once, in words. They decide nothing.

    They were kept when the text was received or changed, or a list was: what is gone has no signals.
    """
    if is_gone(contribution) or contribution.is_answer or not may("screening.see_flags", viewer):
        return []
    findings = noticed_in(contribution.pk, version=contribution.version, text=contribution.body, at=at)
    return list(dict.fromkeys(reason(finding, contribution.body) for finding in findings))


def _alike_of(contribution: Contribution, *, viewer: Any) -> list[AlikeText]:
    """Return what the text is much like. That decides nothing either."""
    if is_gone(contribution) or contribution.is_answer or not may("screening.see_flags", viewer):
        return []
    return alike_texts(contribution)


def _held_until(contribution: Contribution) -> datetime | None:
    taken: datetime | None = contribution.case.claimed_at
    return taken + CLAIM_LASTS if taken else None


def sealed_originals(contribution: Contribution) -> list[SafeString]:
    """Return what stood there before each redaction that stands, latest first; nothing of what is gone."""
    return [] if is_gone(contribution) else [trusted(to_html(past.body)) for past in sealed_texts(contribution)]


def _earlier_text(contribution: Contribution, version: int | None) -> SafeString | None:
    if version in {None, contribution.version} or is_gone(contribution):
        return None
    earlier = last_decided_text(contribution, version or 0)
    return trusted(to_html(earlier)) if earlier is not None else None
