"""Moving a text to another consultation: its row goes along with all that hangs on it, its number stays behind.

The text takes the next number of the other consultation; the old number keeps a row without text that leads there.
Why the row goes with the text: docs/decisions/0008-a-text-takes-its-row-along.md.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from apps.consultations.actions import adjust_counts, lock_counts, take_numbers
from apps.consultations.enums import NamePolicy
from apps.consultations.models import Topic
from apps.consultations.queries import phases_of
from apps.discussions.actions.attaching import files_entry
from apps.discussions.actions.deciding import destination
from apps.discussions.actions.letters import part_from_letters
from apps.discussions.actions.marking import leave, mark_of
from apps.discussions.actions.move_entries import arrived, left_for
from apps.discussions.engine.names import first_name_and_district
from apps.discussions.enums import (
    ELSEWHERE,
    ContributionKind,
    ContributionStatus,
)
from apps.discussions.errors import AlreadyDecided, CannotLeave, EditedSinceRead, MovedMeanwhile, SameTopic
from apps.discussions.models import AgreementSum, Contribution
from apps.discussions.queries.answers import linked_among
from apps.discussions.queries.beside import with_files_among
from apps.discussions.queries.binding import bound_among
from apps.discussions.queries.proposals import offered_among
from apps.discussions.queries.suggestions import with_status
from apps.discussions.rules import why_not_move_to
from apps.ledger.actions import Draft, record_many
from apps.ledger.models import Actor
from apps.screening.actions import forget_signatures

MOVABLE = (ContributionStatus.WAITING, ContributionStatus.PUBLISHED)
_CARRIED = (
    "consultation", "topic", "number", "root", "root_number", "in_reply_to", "in_reply_to_number",
    "author_name", "decided_at", "answered_at", "unread_since", "signed_version", "proposal_version",
)  # fmt: skip


@transaction.atomic
def move_to_consultation(  # noqa: PLR0913 - what a move is made of
    *,
    contribution: Contribution,
    to: Topic,
    with_replies: bool,
    version: int | None = None,
    reason: str = ELSEWHERE,
    sentence: str = "",
    by: Actor,
    at: datetime,
) -> Contribution:
    """Move a text to a topic of another consultation, under that one's next number; return what keeps the old number.

    What waits goes on waiting with the same due time, what is published is published there. The receipt's moment, the
    residency and the author stay as they were; the name does, unless only first names are shown there. A moved reply
    becomes a root. Replies that everyone reads, or that wait, follow if asked to, each under a number of its own; the
    municipality's answers always follow what they answer. What does not follow becomes a root where it is.

    Raises SameTopic, MovedMeanwhile, DestinationGone, AlreadyDecided, EditedSinceRead as a move within the consultation
    does, and CannotLeave where writing is closed, for somebody who could not write there, and for what a published
    summary cites, or what was answered together with others.
    `reason` is the code of why; the sentence stands beside the number that stays.
    """
    _lock_in_place(contribution, to, version)
    moving = [contribution, *_followers(contribution, with_replies=with_replies)]
    lock_counts(contribution.consultation_id, to.consultation_id)
    to = destination(to)
    _require_movable(moving, to, at)
    part_from_letters([row.pk for row in moving])
    drafts = _away(moving, to, reason, by, at)
    left = _carry(moving, to, at, sentence)
    drafts += [arrived(row, mark, by, at) for row, mark in zip(moving, left, strict=True)]
    with_files = with_files_among([row.pk for row in moving])
    record_many([*drafts, *(files_entry(row, by=by, at=at) for row in moving if row.pk in with_files)])
    return left[0]


def _lock_in_place(contribution: Contribution, to: Topic, version: int | None) -> None:
    """Pass a text that stands where and as it was read, and can go there; nothing else changes it before we end."""
    stood = (contribution.consultation_id, contribution.number)
    Contribution.stored.select_for_update().get(pk=contribution.pk)
    contribution.refresh_from_db()
    if to.consultation_id == contribution.consultation_id:
        raise SameTopic
    if stood != (contribution.consultation_id, contribution.number):
        raise MovedMeanwhile
    if contribution.status not in MOVABLE:
        raise AlreadyDecided
    if version not in {None, contribution.version}:
        raise EditedSinceRead


def keep_in_place(*, contribution_ids: Collection[int]) -> None:
    """Let none of these be moved to another consultation before the caller's transaction ends."""
    rows = Contribution.stored.select_for_update(no_key=True).filter(pk__in=contribution_ids).order_by("pk")
    list(rows.values_list("pk", flat=True))


def keep_published(*, consultation_id: int, numbers: Collection[int]) -> list[Contribution]:
    """Return the texts that everyone reads under these numbers, by number.

    Nobody hides, changes or moves them before the caller's transaction ends.
    """
    rows = Contribution.stored.select_for_update(no_key=True).filter(
        consultation_id=consultation_id, number__in=numbers, status=ContributionStatus.PUBLISHED
    )
    texts = rows.only("consultation", "number", "kind", "status", "version", "body").order_by("pk")
    return sorted(texts, key=lambda row: row.number)


def _followers(head: Contribution, *, with_replies: bool) -> list[Contribution]:
    """Return what goes along, by number: an answer with what it answers, people's replies if they are asked to."""
    replies = Q(root=head) | Q(in_reply_to=head, kind=ContributionKind.ANSWER, root=head.root_id, topic=head.topic_id)
    rows = Contribution.stored.select_for_update().filter(replies, consultation=head.consultation_id)
    goes, found = {head.pk}, []
    # Locked in the order of their ids, as others lock them; whatever is answered was received before its answer.
    for row in sorted(rows.order_by("pk"), key=lambda row: row.number):
        follows = row.in_reply_to_id in goes if row.is_answer else with_replies
        if follows and row.status in MOVABLE:
            goes.add(row.pk)
            found.append(row)
    return found


def _require_movable(moving: Sequence[Contribution], to: Topic, at: datetime) -> None:
    head, *followers = moving
    phases = phases_of(to.consultation)
    refused = why_not_move_to(head, to, phases=phases, at=at)
    for row in followers:
        # What follows is there because of what it follows: an answer is no text of its own.
        refused = refused or (None if row.is_answer else why_not_move_to(row, to, phases=phases, at=at))
    if refused is not None:
        raise CannotLeave(refused)
    if told := with_status(moving):
        raise CannotLeave(
            _("The municipality has said what becomes of no. %(numbers)s, and people follow it there. It has to stay.")
            % {"numbers": ", ".join(map(str, told))}
        )
    if offered := offered_among(moving):
        raise CannotLeave(
            _(
                "No. %(numbers)s was offered as a citizen proposal, and only the suggestion box takes these. It can be "
                "moved to another topic of it."
            )
            % {"numbers": ", ".join(map(str, offered))}
        )
    if linked := linked_among(moving):
        raise CannotLeave(
            _(
                "The municipality answered no. %(numbers)s together with others, or corrected its answer to it, and "
                "these numbers lead to each other. It has to stay in this hearing; it can still be moved to another "
                "topic of it."
            )
            % {"numbers": ", ".join(map(str, linked))}
        )
    cited = bound_among(moving)
    if cited:
        raise CannotLeave(
            _(
                "The published summary or white paper rests on no. %(numbers)s, and leads its readers to the text at "
                "that number. It has to stay in this hearing; it can still be moved to another topic of it."
            )
            % {"numbers": ", ".join(map(str, cited))}
        )


def _away(moving: Sequence[Contribution], to: Topic, reason: str, by: Actor, at: datetime) -> list[Draft]:
    """Return the entries of the place that is left, of the replies first: what is left then becomes a root there."""
    first = Topic.objects.values_list("consultation__next_number", flat=True).get(pk=to.pk)
    slug, stayed = to.consultation.slug, _staying(moving)
    drafts = [
        left_for(row, slug, first + step, by, at, reason=reason, stayed=[] if step else stayed)
        for step, row in enumerate(moving)
    ]
    return [*drafts[1:], drafts[0]]


def _staying(moving: Sequence[Contribution]) -> list[int]:
    """Return the numbers that stand under the first of them and are left behind, as roots of their own."""
    under = Contribution.stored.filter(root=moving[0]).exclude(pk__in=[row.pk for row in moving])
    under = under.exclude(status=ContributionStatus.MOVED)
    return list(under.order_by("number").values_list("number", flat=True))


def _carry(moving: Sequence[Contribution], to: Topic, at: datetime, sentence: str) -> list[Contribution]:
    """Give the rows their new place and number; return what keeps their old numbers, in the same order."""
    left = [mark_of(row, at) for row in moving]
    left[0].refusal_sentence = sentence
    carry_counts(moving, to, at)
    numbers = take_numbers(to.consultation_id, count=len(moving))
    gone, head = {row.pk for row in moving}, moving[0]
    head.unread_since = None  # who moves a text has read it; replies that follow wait to be read as they did
    for step, row in enumerate(moving):
        row.consultation_id, row.topic, row.number = to.consultation_id, to, numbers.first + step
    new_number = {row.pk: row.number for row in moving}
    for row in moving:
        row.root, row.root_number = (None, row.number) if row is head else (head, head.number)
        is_there = row is not head and row.in_reply_to_id in gone
        row.in_reply_to_id = row.in_reply_to_id if is_there else None
        row.in_reply_to_number = new_number[row.in_reply_to_id] if row.in_reply_to_id else None
        row.author_name = _name_there(row, to)
        row.proposal_version = 0  # it was written to another proposal
        row.decided_at = at if row.is_published else None
        row.answered_at = first_answer_at(row, moving)
        row.signed_version = 0  # texts are like others of their own consultation
    forget_signatures(subject_ids=sorted(gone))
    AgreementSum.objects.filter(contribution__in=moving).delete()  # told of the number that stays
    Contribution.stored.bulk_update(moving, _CARRIED)
    leave(left, moving)
    return left


def _name_there(row: Contribution, to: Topic) -> str:
    """Return the name as it was at the receipt, or the first name where no more is shown there. Answers keep theirs."""
    is_shortened = to.consultation.name_policy == NamePolicy.FIRST_NAME
    if not is_shortened or row.is_answer or row.author_is_organisation or row.author_name_hidden:
        return row.author_name
    return first_name_and_district(row.author_name, row.author_district)


def first_answer_at(row: Contribution, moving: Sequence[Contribution]) -> datetime | None:
    """Return when the first answer was given that stands beside the text."""
    answers = (other for other in moving if other.is_answer and other.in_reply_to_id == row.pk)
    return next((answer.received_at for answer in answers), None)


def carry_counts(moving: Sequence[Contribution], to: Topic, at: datetime) -> None:
    """Count what is about to move where it goes, and no longer where the first of it stands still."""
    left = moving[0]
    answers = sum(1 for row in moving if row.is_published and row.is_answer)
    shown = sum(1 for row in moving if row.is_published) - answers
    adjust_counts(left.topic_id, consultation_id=left.consultation_id, published=-shown, answered=-answers)
    active_at = at if shown or answers else None
    adjust_counts(to.pk, consultation_id=to.consultation_id, published=shown, answered=answers, active_at=active_at)
