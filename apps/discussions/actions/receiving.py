"""Receiving one contribution: a person's text. What an answer to it takes is in `answering`."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from apps.accounts.models import User
from apps.accounts.rules import as_citizen
from apps.common.errors import NotAllowed
from apps.common.richtext import clean
from apps.consultations.actions import adjust_counts, lock_counts, take_numbers
from apps.consultations.models import Topic
from apps.consultations.queries import MapPlace
from apps.consultations.rules import is_late
from apps.discussions.actions import drafting
from apps.discussions.actions.admitting import as_it_stands, require_account, require_may_write
from apps.discussions.actions.attaching import Enclosure, attach_files, files_entry
from apps.discussions.actions.drafting import Writing, fit_text, new_contribution
from apps.discussions.actions.long_texts import fit_long_text, response_file
from apps.discussions.actions.noticing import Sent, notice, sent_before
from apps.discussions.actions.places import keep_place
from apps.discussions.actions.proposals import offer_as_proposal, terms_for
from apps.discussions.actions.reviewing import publish_by_rule
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.errors import CannotReply, TopicGone
from apps.discussions.models import Contribution
from apps.discussions.queries.authors import author_of
from apps.ledger.actions import record_many
from apps.screening.queries import Looked
from apps.screening.rules import holds


def submit_contribution(  # noqa: PLR0913 - what a person sends
    *,
    topic: Topic,
    kind: ContributionKind,
    body: str,
    in_reply_to: Contribution | None = None,
    submission_key: UUID,
    opened_at: datetime | None = None,
    looked: Looked | None = None,
    files: Sequence[Enclosure] = (),
    place: MapPlace | None = None,
    as_proposal: bool = False,
    read_terms: str = "",
    long_text: str = "",
    by: User,
    at: datetime,
) -> Contribution:
    """Receive a person's text: it has a number, a receipt entry and waits for a moderator.

    Where the consultation publishes first, it is published in the same moment, unless something was noticed in it that
    makes it wait (`screening.enums.HOLDS`), or it carries files, into which no program looks. A `long_text`, looked
    at like the text, becomes a file beside it; `as_proposal` offers a citizen proposal, on the terms of `read_terms`.

    The same key, text and files from the same person give the contribution they gave before. Another text under that
    key, or the same as a citizen proposal, from a form that somebody went back to, is received as well.
    Raises NotAllowed outside the phase, for those who may not write here, are paused or wrote too lately;
    UnfitText, CannotReply, UnfitFile, NotStored, TopicGone, TermsChanged.
    """
    told, beside = [one.file.sha256 for one in files], list(files)
    if long_text:
        long_text = fit_long_text(long_text)
        submission_key, told = uuid5(submission_key, "\n".join([long_text, *told])), []  # no two such files are alike
        beside.append(_response(long_text, topic, submission_key, by, at))
    sent = Sent(body=body, opened_at=opened_at, looked=looked, place=place, as_proposal=as_proposal)
    sent = replace(sent, long_text=long_text, read_terms=read_terms)
    if as_proposal and in_reply_to is None:
        submission_key = uuid5(submission_key, "as a citizen proposal")
    receive = partial(_submit, topic, kind, sent, beside, in_reply_to, by=by, at=at)
    return once(by, submission_key, body, receive, told)


def _response(text: str, topic: Topic, key: UUID, by: User, at: datetime) -> Enclosure:
    """Return the file made of a long text, for those who may write, or who sent it just before."""
    if not Contribution.stored.filter(author=by, submission_key=key).exists():
        require_may_write(as_it_stands(topic), author_of(by, topic.consultation, at=at), by, at)
    return response_file(text, topic=topic)


def once(
    by: User, key: UUID, body: str, receive: Callable[[UUID], Contribution], files: Sequence[str] = ()
) -> Contribution:
    """Return what this key gave before, or receive now; two requests at the same instant give one contribution.

    Another text under the key, or other files with it, gets a key made from all. `files` are their checksums; a form
    that lost them by being gone back to means those that were sent.
    """
    sent = Contribution.stored.filter(author=by, submission_key=key)
    found = sent.first()
    if found is None:
        try:
            with transaction.atomic():
                return receive(key)
        except (IntegrityError, NotAllowed):
            # The other request of a double click was first: that it was too soon after itself is no refusal.
            found = sent.first()
            if found is None:
                raise
    text = clean(body).strip()
    if text == _first_text(found) and (not files or list(files) == _first_files(found)):
        return found
    return once(by, uuid5(key, "\n".join([text, *files])), body, receive, files)


def _first_text(contribution: Contribution) -> str:
    first = contribution.past_texts.filter(version=1).first() if contribution.version > 1 else contribution
    return first.body if first else contribution.body


def _first_files(contribution: Contribution) -> list[str]:
    return list(contribution.attachments.filter(version=1).order_by("position").values_list("sha256", flat=True))


def _submit(  # noqa: PLR0913, PLR0917 - the same, positional
    topic: Topic,
    kind: ContributionKind,
    sent: Sent,
    files: Sequence[Enclosure],
    in_reply_to: Contribution | None,
    key: UUID,
    *,
    by: User,
    at: datetime,
) -> Contribution:
    require_account(by)
    in_reply_to = standing_to_answer(in_reply_to) if in_reply_to else None
    # From here on nobody stops writing there, moves the deadline or closes it before this text is received.
    lock_counts(topic.consultation_id)
    topic = as_it_stands(topic)
    consultation = topic.consultation
    author = author_of(by, consultation, at=at)
    phases = require_may_write(topic, author, by, at)
    offers = sent.as_proposal and in_reply_to is None
    terms = terms_for(by, consultation, read=sent.read_terms, at=at) if offers else None
    writing = Writing(
        topic=topic,
        author=author,
        kind=ContributionKind.PROPOSAL if terms else kind,
        body=fit_text(sent.body),
        in_reply_to=in_reply_to,
        submission_key=key,
        came_late=is_late(consultation, phases, at=at),
    )
    contribution = receive(writing, at, place=sent.place)
    _record(contribution, replace(sent, terms=terms), files, by, at)
    return contribution


def _record(contribution: Contribution, sent: Sent, files: Sequence[Enclosure], by: User, at: datetime) -> None:
    """Store the files, notice what there is to notice, publish what is published by rule; record all of it."""
    received_at = contribution.received_at
    attach_files(contribution=contribution, files=files, by=by, at=received_at)
    drafts = [drafting.received(contribution, by=as_citizen(by))]
    if sent.terms:
        drafts.append(offer_as_proposal(contribution, sent.terms, by=as_citizen(by)))
    if files:
        drafts.append(files_entry(contribution, by=as_citizen(by), at=received_at))
    flags = notice(contribution, sent, at=at, sent_before=sent_before(contribution))
    if contribution.topic.consultation.publishes_first and not holds(flags) and not files:
        drafts.append(publish_by_rule(contribution))
    record_many(drafts)


def receive(
    writing: Writing,
    at: datetime,
    status: ContributionStatus = ContributionStatus.WAITING,
    *,
    place: MapPlace | None = None,
) -> Contribution:
    """Save the row with the next number. What it answers has been through `standing_to_answer`."""
    numbers = take_numbers(writing.topic.consultation_id, topic_id=writing.topic.pk)
    if not numbers.is_topic_there:
        raise TopicGone
    contribution = new_contribution(writing, number=numbers.first, received_at=numbers.received_at(at))
    contribution.proposal_version = numbers.proposal_version
    contribution.status = status
    if not contribution.is_waiting:
        contribution.decided_at = contribution.received_at
    contribution.save(force_insert=True)
    if place:
        keep_place(contribution, place)
    adjust_counts(
        writing.topic.pk,
        consultation_id=writing.topic.consultation_id,
        received_at=contribution.received_at,
    )
    return contribution


def standing_to_answer(answered: Contribution) -> Contribution:
    """Return what is answered as it stands now; it and its root cannot be moved before this transaction ends.

    It must be published, as only that can be seen. Its row is locked before that of the consultation, as in a move.
    """
    rows = Contribution.stored.select_for_update().filter(pk__in=[answered.pk, answered.root_id or answered.pk])
    found = {row.pk: row for row in rows.order_by("pk")}
    standing = found[answered.pk]
    if not standing.is_published:
        raise CannotReply
    return standing
