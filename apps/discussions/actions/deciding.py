"""What moderators decide about a contribution. The app `moderation` wraps these with its case and decision."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from apps.common.errors import DomainError
from apps.consultations.actions import adjust_counts, lock_counts
from apps.consultations.models import Topic
from apps.discussions.actions import drafting
from apps.discussions.actions.letters import part_from_letters
from apps.discussions.actions.proposals import begin_period
from apps.discussions.actions.signposts import leave_signposts
from apps.discussions.enums import CONTRIBUTION_MOVED, ELSEWHERE, TAKEN_BACK, ContributionStatus
from apps.discussions.errors import AlreadyDecided, DestinationGone, EditedSinceRead, MovedMeanwhile, SameTopic
from apps.discussions.models import Contribution, Signpost
from apps.ledger.actions import Draft, record_many
from apps.ledger.models import Actor
from apps.municipality.models import RefusalReason


@transaction.atomic
def publish_contribution(*, contribution: Contribution, version: int, by: Actor, at: datetime, note: str = "") -> None:
    """Show the version that the moderator read, at the place of its number; with a note, everyone reads that beside it.

    Raises EditedSinceRead when the author changed it meanwhile, AlreadyDecided when it no longer waits.
    """
    beside = {"note": note} if note else {}
    decide(contribution, version, status=ContributionStatus.PUBLISHED, decided_at=at, **beside)
    adjust_counts(contribution.topic_id, consultation_id=contribution.consultation_id, published=1, active_at=at)
    begin_period(contribution, at=at)
    record_many([drafting.published(contribution, by=by, at=at)])


@transaction.atomic
def refuse_contribution(  # noqa: PLR0913 - what a refusal is made of
    *, contribution: Contribution, version: int, reason: RefusalReason, sentence: str, by: Actor, at: datetime
) -> None:
    """Leave the number standing with the reason; the text is shown to its author and moderators only.

    Raises EditedSinceRead and AlreadyDecided as publishing does.
    """
    decide(
        contribution,
        version,
        status=ContributionStatus.REFUSED,
        decided_at=at,
        refusal_reason=reason,
        refusal_sentence=sentence,
    )
    record_many([drafting.refused(contribution, by=by, at=at)])


def decide(contribution: Contribution, version: int, **changes: Any) -> None:
    """Change a text that waits, in the version that the moderator read; raises EditedSinceRead, AlreadyDecided."""
    waiting = Contribution.stored.filter(pk=contribution.pk, status=ContributionStatus.WAITING)
    if waiting.filter(version=version).update(**changes):
        contribution.refresh_from_db()
        return
    contribution.refresh_from_db()
    raise EditedSinceRead if contribution.is_waiting else AlreadyDecided


@transaction.atomic
def move_contribution(  # noqa: PLR0913 - what a move is made of
    *,
    contribution: Contribution,
    to: Topic,
    with_replies: bool,
    version: int | None = None,
    reason: str = ELSEWHERE,
    sentence: str = "",
    by: Actor,
    at: datetime,
) -> list[int]:
    """Move to another topic of the same consultation and leave signposts; return the numbers that followed.

    The number stays. A reply that is moved becomes a root; replies that do not follow become roots where they are.
    `reason` is the code of why; the sentence stands at the signpost. Who moves a text has read it; replies that follow
    wait to be read as they did.
    Raises SameTopic when it is there already or `to` belongs elsewhere, AlreadyDecided when it was refused or
    withdrawn, EditedSinceRead when `version` is given and is not the one that stands, MovedMeanwhile when that topic
    was merged just now, DestinationGone when it was deleted.
    """
    Contribution.stored.select_for_update().get(pk=contribution.pk)
    contribution.refresh_from_db()
    left, to = contribution.topic, destination(to)
    _require_movable(contribution, to, version)
    replies = _replies_to(contribution)
    followers = replies if with_replies else []
    leave_signposts([contribution, *followers], to=to, at=at, sentence=sentence)
    part_from_letters([row.pk for row in (contribution, *followers)])
    place = {"topic": to, "root": None, "root_number": contribution.number, "unread_since": None}
    Contribution.stored.filter(pk=contribution.pk).update(**place)
    Contribution.stored.filter(pk__in=[reply.pk for reply in followers]).update(topic=to)
    for reply in replies if not with_replies else ():
        Contribution.stored.filter(pk=reply.pk).update(root=None, root_number=reply.number)
    _require_still_there(to, MovedMeanwhile)
    _carry_counts([contribution, *followers], left, to)
    contribution.refresh_from_db()
    numbers = [reply.number for reply in replies]
    followed, stayed = (numbers, []) if with_replies else ([], numbers)
    record_many([_moved(contribution, left, by, at, replies=followed, stayed=stayed, reason=reason)])
    return followed


def _require_movable(contribution: Contribution, to: Topic, version: int | None) -> None:
    if to.pk == contribution.topic_id or to.consultation_id != contribution.consultation_id:
        raise SameTopic
    if not (contribution.is_waiting or contribution.is_published):
        raise AlreadyDecided
    if version not in {None, contribution.version}:
        raise EditedSinceRead


@transaction.atomic
def move_back(*, contribution: Contribution, to: Topic, stayed: Collection[int], by: Actor, at: datetime) -> None:
    """Let a text that was moved within the consultation stand again where it stood: under its root, with its replies.

    `stayed` are the numbers that became roots when it was moved. They stand under it again, with what has been written
    under them, unless they were moved as well. Whatever was written under it meanwhile goes along.
    Raises AlreadyDecided when it did not stand there, when what it stood under is no root there any more, and when it
    was decided on.
    """
    Contribution.stored.select_for_update().get(pk=contribution.pk)
    contribution.refresh_from_db()
    stood = Signpost.objects.filter(topic=to, contribution=contribution).first()
    if stood is None or not (contribution.is_waiting or contribution.is_published):
        raise AlreadyDecided
    here = Contribution.stored.filter(consultation=contribution.consultation_id, topic=to)
    root = here.filter(number=stood.root_number, root=None).first()
    if root is None and stood.root_number != contribution.number:
        raise AlreadyDecided
    left, under = contribution.topic, _replies_to(contribution)
    apart = here.filter(Q(root=None, number__in=stayed) | Q(root__root=None, root__number__in=stayed))
    rejoined = list(apart.order_by("number"))
    leave_signposts([contribution, *under], to=to, at=at)
    part_from_letters([row.pk for row in (contribution, *under)])
    Contribution.stored.filter(pk=contribution.pk).update(topic=to, root=root, root_number=stood.root_number)
    below = {"root": root or contribution, "root_number": stood.root_number}
    Contribution.stored.filter(pk__in=[row.pk for row in under]).update(topic=to, **below)
    Contribution.stored.filter(pk__in=[row.pk for row in rejoined]).update(**below)
    _require_still_there(to, AlreadyDecided)
    _carry_counts([contribution, *under], left, to)
    contribution.refresh_from_db()
    followed = [row.number for row in under]
    told = {"replies": followed, "rejoined": [row.number for row in rejoined], "reason": TAKEN_BACK}
    record_many([_moved(contribution, left, by, at, **told)])


def _moved(contribution: Contribution, left: Topic, by: Actor, at: datetime, **told: Any) -> Draft:
    """Return the entry of a text that stands in another topic than before, with what else is told of it."""
    facts: dict[str, Any] = {"from": left.slug, "to": contribution.topic.slug, "root": contribution.root_number}
    none: dict[str, Any] = {"stayed": [], "rejoined": []}
    return drafting.entry(contribution, CONTRIBUTION_MOVED, by, at, **facts | none | told)


def _replies_to(root: Contribution) -> list[Contribution]:
    """Return what stands under a root, by number, locked: what it counts as must not change before it is carried.

    In the order of their ids, as others lock them.
    """
    under = Contribution.stored.select_for_update().filter(root=root).order_by("pk")
    return sorted(under, key=lambda reply: reply.number)


def _require_still_there(to: Topic, otherwise: type[DomainError]) -> None:
    """Pass where the topic was not merged into another; it cannot be before the caller's transaction ends."""
    lock_counts(to.consultation_id)
    if destination(to) != to:
        raise otherwise


def destination(to: Topic) -> Topic:
    """Return the topic, or the one that it was merged into: what is to go there goes along. Raises DestinationGone."""
    places = Topic.objects.select_related("consultation", "merged_into__consultation")
    standing = places.filter(pk=to.pk).first()
    if standing is None:
        raise DestinationGone
    return standing.merged_into or standing


def _carry_counts(moved: Sequence[Contribution], left: Topic, to: Topic) -> None:
    answers = sum(1 for row in moved if row.is_published and row.is_answer)
    shown = sum(1 for row in moved if row.is_published) - answers
    adjust_counts(left.pk, consultation_id=left.consultation_id, published=-shown, answered=-answers)
    adjust_counts(to.pk, consultation_id=to.consultation_id, published=shown, answered=answers)
