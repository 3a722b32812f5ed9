"""What receiving one contribution and receiving many have in common: the row, its fingerprint, its entries."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from apps.common.permissions import Sentence
from apps.common.richtext import clean, is_unseen, to_html
from apps.consultations.models import Topic
from apps.discussions.engine.redaction import looks_redacted
from apps.discussions.enums import (
    ANSWER_BUNDLED,
    ANSWER_CORRECTED,
    ANSWER_PUBLISHED,
    CONTRIBUTION_PUBLISHED,
    CONTRIBUTION_RECEIVED,
    CONTRIBUTION_REFUSED,
    ContributionKind,
    ContributionStatus,
)
from apps.discussions.errors import CannotReply, UnfitText
from apps.discussions.models import Contribution
from apps.discussions.queries.authors import Author
from apps.discussions.rules import LONGEST_TEXT
from apps.ledger.actions import Draft, Fact, fingerprint
from apps.ledger.enums import Kind
from apps.ledger.models import Actor
from apps.municipality.queries import due_after, the_municipality
from apps.screening.rules import why_not_publishable

SALT_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Writing:
    """A text about to be received."""

    topic: Topic
    author: Author
    kind: ContributionKind
    body: str
    in_reply_to: Contribution | None = None
    source: str = ""
    note: str = ""
    submission_key: UUID | None = None
    source_ref: str = ""
    came_late: bool = False


def fit_text(text: str, *, bars: frozenset[str] = frozenset()) -> str:
    """Return the text as it is stored: one form of signs and line ends, nothing invisible.

    Raises UnfitText when it is empty, too long, holds a national identity number, or what looks like the bar of a
    redaction; those that stood in the text before are given as `bars`, and may stay.
    """
    return fit_words(text, most=LONGEST_TEXT, too_long=_too_long, bars=bars)


def fit_words(text: str, *, most: int, too_long: Callable[[int], Sentence], bars: frozenset[str] = frozenset()) -> str:
    """Return a text of at most `most` characters as `fit_text` does; `too_long` says of how many is too many."""
    cleaned = clean(text).strip()
    if is_unseen(cleaned):
        raise UnfitText(_("Write a text before you send."))
    if len(cleaned) > most:
        raise UnfitText(too_long(len(cleaned)))
    sentence = why_not_publishable(cleaned)
    if sentence is not None:
        raise UnfitText(sentence)
    if looks_redacted(cleaned, bars=bars):
        raise UnfitText(_("Leave out the signs that look like █: they mark what a moderator has redacted."))
    return cleaned


def _too_long(_count: int) -> Sentence:
    return _(
        "The text is too long. Shorten it to 10,000 characters, or save all of it as a PDF, attach that below, "
        "and say here in a few words what it is about."
    )


def new_contribution(writing: Writing, *, number: int, received_at: datetime, html: str | None = None) -> Contribution:
    """Return the unsaved row of a text that waits. `writing.body` has been through `fit_text`.

    `html` is what `to_html` made of the body, where the caller kept it.

    Raises CannotReply when what it answers is not a contribution of the same topic.
    """
    answered = writing.in_reply_to
    root = answered and (answered.root or answered)
    if answered and answered.topic_id != writing.topic.pk:
        raise CannotReply
    return Contribution(
        consultation_id=writing.topic.consultation_id,
        topic=writing.topic,
        number=number,
        root=root,
        root_number=root.number if root else number,
        in_reply_to=answered,
        in_reply_to_number=answered.number if answered else None,
        kind=writing.kind,
        status=ContributionStatus.WAITING,
        author=writing.author.person,
        offsite_author=writing.author.offsite,
        author_name=writing.author.name,
        author_title=writing.author.title,
        author_district=writing.author.district,
        author_is_resident=writing.author.is_resident,
        author_is_organisation=writing.author.is_organisation,
        author_name_hidden=writing.author.name_hidden,
        body=writing.body,
        body_html=to_html(writing.body) if html is None else html,
        salt=secrets.token_bytes(SALT_BYTES),
        source=writing.source,
        note=writing.note,
        received_at=received_at,
        came_late=writing.came_late,
        due_at=decision_due(received_at),
        submission_key=writing.submission_key,
        source_ref=writing.source_ref,
    )


def decision_due(at: datetime) -> datetime:
    """Return when a moderator should have decided on what begins to wait at that moment."""
    return due_after(at, hours=the_municipality().moderation_target_hours)


def received(contribution: Contribution, *, by: Actor) -> Draft:
    """Return the entry of a receipt."""
    return entry(
        contribution,
        CONTRIBUTION_RECEIVED,
        by,
        contribution.received_at,
        kind=contribution.kind,
        in_reply_to=contribution.in_reply_to_number,
        fingerprint=text_fingerprint(contribution),
        late=contribution.came_late,
    )


def published(contribution: Contribution, *, by: Actor, at: datetime) -> Draft:
    """Return the entry of a publication."""
    return entry(
        contribution,
        CONTRIBUTION_PUBLISHED,
        by,
        at,
        version=contribution.version,
        fingerprint=text_fingerprint(contribution),
    )


def refused(contribution: Contribution, *, by: Actor, at: datetime) -> Draft:
    """Return the entry of a refusal; the reason is a code."""
    return entry(
        contribution, CONTRIBUTION_REFUSED, by, at, version=contribution.version, reason=contribution.refusal_reason_id
    )


def answered(contribution: Contribution, *, by: Actor) -> Draft:
    """Return the entry of an official answer: received and published in one."""
    return entry(
        contribution,
        ANSWER_PUBLISHED,
        by,
        contribution.received_at,
        in_reply_to=contribution.in_reply_to_number,
        fingerprint=text_fingerprint(contribution),
    )


def bundled(contribution: Contribution, *, numbers: Sequence[int], by: Actor) -> Draft:
    """Return the entry of an official answer to several contributions: received and published in one."""
    return entry(
        contribution,
        ANSWER_BUNDLED,
        by,
        contribution.received_at,
        numbers=list(numbers),
        fingerprint=text_fingerprint(contribution),
    )


def corrected(contribution: Contribution, *, corrects: int, by: Actor) -> Draft:
    """Return the entry of an official answer that corrects another: received and published in one."""
    return entry(
        contribution,
        ANSWER_CORRECTED,
        by,
        contribution.received_at,
        corrects=corrects,
        in_reply_to=contribution.in_reply_to_number,
        fingerprint=text_fingerprint(contribution),
    )


def text_fingerprint(contribution: Contribution) -> str:
    """Return the fingerprint under which the text stands in the ledger."""
    return fingerprint(bytes(contribution.salt), contribution.body)


def entry(contribution: Contribution, kind: Kind, by: Actor, at: datetime, /, **facts: Fact) -> Draft:
    """Return an entry about a contribution as it stands."""
    return Draft(
        kind=kind,
        subject=contribution,
        by=by,
        at=at,
        consultation_id=contribution.consultation_id,
        topic_id=contribution.topic_id,
        number=contribution.number,
        facts=facts,
    )
