"""What people, moderators and officials do to two hearings, and what should come of each deed by the rules alone."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

import pytest
from django.db import transaction

from apps.accounts.actions import protect_name
from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM, as_moderator
from apps.common.errors import DomainError
from apps.consultations.models import Topic
from apps.discussions import actions
from apps.discussions.enums import ContributionKind, ContributionStatus, ErasureGround
from apps.discussions.models import KEPT_BACK, Contribution
from apps.discussions.rules import EDIT_TAKEN, REFUSED_TEXTS_KEPT
from apps.ledger.actions import sequence_entries
from apps.municipality.models import RefusalReason

WAITING, PUBLISHED = ContributionStatus.WAITING, ContributionStatus.PUBLISHED
RETURNED = ContributionStatus.RETURNED
KINDS = [ContributionKind.VIEW, ContributionKind.QUESTION, ContributionKind.PROPOSAL]


@dataclass
class Expected:
    """What a reader of the rules expects of one number."""

    pk: int
    hearing: int
    number: int
    topic: int
    root: int
    kind: str
    author: User
    is_resident: bool
    status: str = WAITING
    version: int = 1
    answered: bool = False
    has_text: bool = True


@dataclass
class World:
    """Two hearings of three topics, two writers, and what should have come of all that was done."""

    at: datetime
    topics: list[Topic]
    writers: list[User]
    moderator: User
    colleague: User
    official: User
    reason: RefusalReason
    all: list[Expected] = field(default_factory=list)
    signposts: dict[tuple[int, int], tuple[Expected, int]] = field(default_factory=dict)
    entries: Counter[tuple[str, int, int]] = field(default_factory=Counter)
    keys: int = 0

    def key(self) -> UUID:
        self.keys += 1
        return UUID(int=self.keys)

    def tell(self, kind: str, expected: Expected) -> None:
        self.entries[kind, expected.hearing, expected.number] += 1

    def pick(self, choice: int, *states: str) -> Expected | None:
        found = [expected for expected in self.all if not states or expected.status in states]
        return found[choice % len(found)] if found else None

    def row(self, expected: Expected) -> Contribution:
        return Contribution.stored.select_related("topic__consultation", "root").get(pk=expected.pk)

    def add(self, made: Contribution, author: User, asked: Expected | None = None) -> Expected:
        of_hearing = [other.number for other in self.all if other.hearing == made.consultation_id]
        expected = Expected(
            pk=made.pk,
            hearing=made.consultation_id,
            number=max(of_hearing, default=0) + 1,
            topic=asked.topic if asked else made.topic_id,
            root=asked.root if asked else max(of_hearing, default=0) + 1,
            kind=made.kind,
            author=author,
            is_resident=author == self.writers[0],
        )
        self.all.append(expected)
        return expected


def submit(world: World, one: int, two: int) -> None:
    writer, kind = world.writers[two % 2], KINDS[two % 3]
    topic = world.topics[one % len(world.topics)]
    made = actions.submit_contribution(
        topic=topic, kind=kind, body=f"Text {world.keys}", submission_key=world.key(), by=writer, at=world.at
    )
    world.tell("contribution.received", world.add(made, writer))


def reply(world: World, one: int, two: int) -> None:
    asked, writer = world.pick(one), world.writers[two % 2]
    if asked is None:
        return
    row = world.row(asked)
    send = partial(
        actions.submit_contribution,
        topic=row.topic,
        kind=KINDS[two % 3],
        body=f"Text {world.keys}",
        in_reply_to=row,
        submission_key=world.key(),
        by=writer,
        at=world.at,
    )
    if asked.status == PUBLISHED:
        world.tell("contribution.received", world.add(send(), writer, asked))
    else:
        refused(send)


def answer(world: World, one: int, _two: int) -> None:
    asked = world.pick(one)
    if asked is None:
        return
    send = partial(
        actions.publish_answer,
        to=world.row(asked),
        body="Yes.",
        submission_key=world.key(),
        by=world.official,
        at=world.at,
    )
    if asked.status != PUBLISHED or asked.kind == ContributionKind.ANSWER:
        refused(send)
        return
    given_answer = world.add(send(), world.official, asked)
    given_answer.status, given_answer.is_resident, asked.answered = PUBLISHED, False, True
    world.tell("answer.published", given_answer)


def approve(world: World, one: int, two: int) -> None:
    decide(world, one, two, PUBLISHED, actions.publish_contribution)


def refuse(world: World, one: int, two: int) -> None:
    action = partial(actions.refuse_contribution, reason=world.reason, sentence="It names a private person.")
    decide(world, one, two, ContributionStatus.REFUSED, action)


def send_back(world: World, one: int, two: int) -> None:
    action = partial(actions.return_contribution, reason=world.reason, sentence="Leave the name out.")
    decide(world, one, two, RETURNED, action)


def hide(world: World, one: int, two: int) -> None:
    expected = world.pick(one, PUBLISHED) if two % 4 else world.pick(one)
    if expected is None:
        return
    act = partial(actions.hide_contribution, reason=world.reason, sentence="It names a private person.")
    possible = expected.status == PUBLISHED and expected.kind != ContributionKind.ANSWER
    change(world, expected, act, "hidden", to=ContributionStatus.HIDDEN if possible else None)


def restore(world: World, one: int, two: int) -> None:
    expected = world.pick(one, *KEPT_BACK) if two % 4 else world.pick(one)
    if expected is None:
        return
    possible = expected.status in KEPT_BACK and expected.has_text
    change(world, expected, actions.restore_contribution, "restored", to=PUBLISHED if possible else None)


def reopen(world: World, one: int, two: int) -> None:
    expected = world.pick(one)
    if expected is None:
        return
    is_answered = Contribution.stored.filter(in_reply_to=expected.pk).exists()
    reopenable = {PUBLISHED, RETURNED, ContributionStatus.REFUSED}
    possible = expected.status in reopenable and expected.has_text and expected.kind != ContributionKind.ANSWER
    change(
        world, expected, actions.reopen_contribution, "reopened", to=WAITING if possible and not is_answered else None
    )


def redact(world: World, one: int, two: int) -> None:
    """Take the word with which a text began out of it; every fifth time a moderator read an older version."""
    expected = world.pick(one, WAITING, PUBLISHED) if two % 4 else world.pick(one)
    if expected is None:
        return
    row, version = world.row(expected), expected.version - (two % 5 == 1)
    act = partial(
        actions.redact_contribution,
        contribution=row,
        version=version,
        passage="Text",
        reason=world.reason,
        by=as_moderator(world.moderator),
        at=world.at,
    )
    stands = expected.status in {WAITING, PUBLISHED} and row.body.startswith("Text ")
    if not stands or version != expected.version:
        refused(act)
        return
    act()
    expected.version += 1
    world.tell("contribution.redacted", expected)


def lapse(world: World, _one: int, _two: int) -> None:
    """A week goes by for everybody who was asked for an edit."""
    due = [told for told in world.all if told.status == RETURNED]
    assert actions.reopen_lapsed(at=world.at + EDIT_TAKEN) == len(due)
    for told in due:
        told.status = WAITING
        world.tell("contribution.reopened", told)


def change(world: World, expected: Expected, action: Callable[..., None], past: str, *, to: str | None) -> None:
    act = partial(action, contribution=world.row(expected), by=as_moderator(world.moderator), at=world.at)
    if to is None:
        refused(act)
        return
    act()
    expected.status = to
    world.tell(f"contribution.{past}", expected)


def decide(world: World, one: int, two: int, status: str, action: Callable[..., None]) -> None:
    """Decide on what waits; every fifth time a moderator read an older version, or looks at what is decided."""
    expected = world.pick(one) if two % 5 == 0 else world.pick(one, WAITING)
    if expected is None:
        return
    version = expected.version - (two % 5 == 1)
    act = partial(
        action, contribution=world.row(expected), version=version, by=as_moderator(world.moderator), at=world.at
    )
    if expected.status != WAITING or version != expected.version:
        refused(act)
        return
    act()
    expected.status = status
    world.tell(f"contribution.{status}", expected)


def withdraw(world: World, one: int, two: int) -> None:
    expected = world.pick(one, WAITING, PUBLISHED) if two % 4 else world.pick(one)
    if expected is None or expected.status == ContributionStatus.WITHDRAWN:
        return
    act = partial(actions.withdraw_contribution, contribution=world.row(expected), by=expected.author, at=world.at)
    still = expected.status in {WAITING, RETURNED, PUBLISHED}
    if not still or expected.kind == ContributionKind.ANSWER:
        refused(act)
        return
    act()
    expected.status = ContributionStatus.WITHDRAWN
    world.tell("contribution.withdrawn", expected)


def erase(world: World, one: int, two: int) -> None:
    """Two moderators erase a text; what waits or has none is refused, and nobody does it alone."""
    expected = world.pick(one)
    if expected is None:
        return
    ground = list(ErasureGround)[two % len(ErasureGround)]
    ask = partial(
        actions.propose_erasure,
        contribution=world.row(expected),
        ground=ground,
        sentence="Ordered.",
        by=world.moderator,
        at=world.at,
    )
    if expected.status in {WAITING, RETURNED} or not expected.has_text:
        refused(ask)
        return
    erasure = ask()
    refused(partial(actions.confirm_erasure, erasure=erasure, by=world.moderator, at=world.at))
    if two % 3 == 0:
        actions.decline_erasure(erasure=erasure, by=world.colleague, at=world.at)
        return
    actions.confirm_erasure(erasure=erasure, by=world.colleague, at=world.at)
    expected.status, expected.has_text = ContributionStatus.ERASED, False
    world.tell("contribution.erased", expected)


def clear(world: World, _one: int, _two: int) -> None:
    """The time to appeal runs out for everything that was refused so far."""
    due = [told for told in world.all if told.status in KEPT_BACK and told.has_text]
    later = world.at + REFUSED_TEXTS_KEPT
    assert actions.clear_refused_texts(at=later, dry_run=True) == len(due)
    assert actions.clear_refused_texts(at=later) == len(due)
    for told in due:
        told.has_text = False
        world.tell("contribution.cleared", told)


def hide_name(world: World, _one: int, two: int) -> None:
    protect_name(person=world.writers[two % 2], by=THE_SYSTEM, at=world.at)
    actions.hide_protected_names(at=world.at)


def forget(world: World, _one: int, two: int) -> None:
    actions.forget_author(person=world.writers[two % 2], by=THE_SYSTEM, at=world.at)


def revise(world: World, one: int, two: int) -> None:
    expected = world.pick(one, WAITING, RETURNED)
    if expected is None:
        return
    kind = KINDS[two % 3]
    actions.revise_contribution(
        contribution=world.row(expected), kind=kind, body=f"Changed {world.key().int}", by=expected.author, at=world.at
    )
    expected.version, expected.kind, expected.status = expected.version + 1, kind, WAITING
    world.tell("contribution.revised", expected)


def move(world: World, one: int, two: int) -> None:
    expected, to, with_replies = world.pick(one), world.topics[two % len(world.topics)], two % 2 == 0
    if expected is None:
        return
    act = partial(
        actions.move_contribution,
        contribution=world.row(expected),
        to=to,
        with_replies=with_replies,
        by=as_moderator(world.moderator),
        at=world.at,
    )
    possible = to.consultation_id == expected.hearing and to.pk != expected.topic
    if not possible or expected.status not in {WAITING, PUBLISHED}:
        refused(act)
        return
    act()
    replies = [
        other
        for other in world.all
        if other.hearing == expected.hearing and other.root == expected.number != other.number
    ]
    for other in (expected, *(replies if with_replies else ())):
        world.signposts[other.pk, other.topic] = (other, other.root)
        world.signposts.pop((other.pk, to.pk), None)
        other.topic = to.pk
    expected.root = expected.number
    for other in () if with_replies else replies:
        other.root = other.number
    world.tell("contribution.moved", expected)


def sequence(_world: World, _one: int, _two: int) -> None:
    sequence_entries()


DEEDS = [
    submit,
    submit,
    submit,
    reply,
    reply,
    approve,
    approve,
    approve,
    refuse,
    send_back,
    hide,
    redact,
    restore,
    reopen,
    lapse,
    withdraw,
    erase,
    clear,
    hide_name,
    forget,
    revise,
    move,
    answer,
    sequence,
]


def refused(act: Callable[[], object]) -> None:
    with pytest.raises(DomainError), transaction.atomic():
        act()
