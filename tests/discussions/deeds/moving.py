"""What becomes of a text that is moved to another hearing, of its number and of what stood with it.

And what becomes of all that when the move is taken back.
"""

from dataclasses import dataclass
from functools import partial

from apps.accounts.rules import as_moderator
from apps.discussions import actions
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.models import Contribution
from tests.discussions.deeds.world import PUBLISHED, WAITING, Expected, World, refused

STANDS = {WAITING, PUBLISHED}


@dataclass(frozen=True)
class Move:
    """A move as it was made: what went, what was left where each had stood, what became a root, and how all stood."""

    moving: list[Expected]
    marks: list[Expected]
    stayed: list[Expected]
    before: dict[int, tuple[int, int, int, int]]
    asked: dict[int, int]
    signposts: dict[tuple[int, int], tuple[Expected, int]]


def move_elsewhere(world: World, one: int, two: int) -> Move | None:
    """Move a text to a topic of the other hearing, or try to."""
    head, with_replies = world.pick(one, *STANDS) if two % 4 else world.pick(one), two % 2 == 0
    to = world.topics[two % len(world.topics)]
    if head is None or to.consultation_id == head.hearing:
        return None
    act = partial(
        actions.move_to_consultation,
        contribution=world.row(head),
        to=to,
        with_replies=with_replies,
        by=as_moderator(world.moderator),
        at=world.at,
    )
    if head.status not in STANDS or head.kind == ContributionKind.ANSWER:
        refused(act)
        return None
    moving = [head, *_followers(world, head, with_replies=with_replies)]
    staying = [other for other in _under(world, head) if other not in moving]
    before = {told.pk: (told.hearing, told.topic, told.number, told.root) for told in [*moving, *staying]}
    asked, signposts = {told.pk: told.asked for told in world.all}, dict(world.signposts)
    act()
    head.is_unread = False
    marks = {told.pk: _leave(world, told) for told in moving}
    for mark in marks.values():
        mark.asked = marks[mark.asked].pk if mark.asked in marks else mark.asked
    _settle(world, moving, marks, to.pk, to.consultation_id)
    for other in world.all:
        if other not in moving and other.asked in marks:
            other.asked = marks[other.asked].pk
    for other in staying:
        if other.status != ContributionStatus.MOVED:
            other.root = other.number
    stayed = [other for other in staying if other.status != ContributionStatus.MOVED]
    return Move(moving, list(marks.values()), stayed, before, asked, signposts)


def move_and_take_back(world: World, one: int, two: int) -> None:
    """Move a text to the other hearing and take that back: all stands as it stood, but for the numbers given there."""
    move = move_elsewhere(world, one, two)
    if move is None:
        return
    head, left = move.moving[0], move.marks[0]
    actions.move_back_here(
        contribution=world.row(head),
        left=world.row(left),
        stayed=[told.number for told in move.stayed],
        by=as_moderator(world.moderator),
        at=world.at,
    )
    mark_of = {told.pk: mark.pk for told, mark in zip(move.moving, move.marks, strict=True)}
    for told, mark in zip(move.moving, move.marks, strict=True):
        mark.hearing, mark.topic, mark.number, mark.root = told.hearing, told.topic, told.number, told.root
        mark.asked = mark_of.get(told.asked, 0)
    for told in [*move.moving, *move.stayed]:
        told.hearing, told.topic, told.number, told.root = move.before[told.pk]
    for told in world.all:
        told.asked = move.asked.get(told.pk, told.asked)
    world.signposts = move.signposts
    for told, mark in zip(move.moving, move.marks, strict=True):
        world.tell("contribution.moved_out", mark)
        world.tell("contribution.moved_back", told)
        if told.files:
            world.tell("contribution.files_noted", told)


def _under(world: World, head: Expected) -> list[Expected]:
    mine = [other for other in world.all if other.hearing == head.hearing and other.topic == head.topic]
    return [other for other in mine if other.root == head.number != other.number]


def _followers(world: World, head: Expected, *, with_replies: bool) -> list[Expected]:
    """Answers go with what they answer, others if they are asked to; what nobody reads any more stays."""
    beside = [other for other in world.all if (other.hearing, other.topic) == (head.hearing, head.topic)]
    near = [other for other in beside if other.root == head.root and other.number != head.number]
    moving = [head]
    for other in sorted(near, key=lambda told: told.number):
        is_answer = other.kind == ContributionKind.ANSWER
        follows = any(told.pk == other.asked for told in moving) if is_answer else with_replies
        if not is_answer and head.root != head.number:
            follows = False
        if is_answer and head.root != head.number:
            follows = other.asked == head.pk
        if follows and other.status in STANDS:
            moving.append(other)
    return moving[1:]


def _leave(world: World, told: Expected) -> Expected:
    """Return what is left at the old number; signposts of moves within the hearing lead to it from now on."""
    row = Contribution.stored.get(consultation=told.hearing, number=told.number)
    mark = Expected(
        pk=row.pk,
        hearing=told.hearing,
        number=told.number,
        topic=told.topic,
        root=told.root,
        kind=told.kind,
        author=told.author,
        is_resident=False,
        status=ContributionStatus.MOVED,
        version=told.version,
        has_text=False,
        asked=told.asked,
    )
    world.all.append(mark)
    world.tell("contribution.moved_out", mark)
    for pk, topic in [key for key in world.signposts if key[0] == told.pk]:
        _told, root = world.signposts.pop((pk, topic))
        world.signposts[mark.pk, topic] = (mark, root)
    return mark


def _settle(world: World, moving: list[Expected], marks: dict[int, Expected], topic: int, hearing: int) -> None:
    """Give each the next number of the new place, in the order received, under the first."""
    first = max((other.number for other in world.all if other.hearing == hearing), default=0) + 1
    for step, told in enumerate(moving):
        told.hearing, told.topic, told.number, told.root = hearing, topic, first + step, first
        told.asked = told.asked if told.asked in marks and step else 0
        told.letter = None
        answers = [other for other in moving if other.kind == ContributionKind.ANSWER and other.asked == told.pk]
        told.answered = bool(answers)
        world.tell("contribution.moved_in", told)
        if told.files:
            world.tell("contribution.files_noted", told)
