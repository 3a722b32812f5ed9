"""What people and officials do."""

from functools import partial

from apps.accounts.actions import protect_name
from apps.accounts.rules import THE_SYSTEM
from apps.discussions import actions
from apps.discussions.enums import ContributionKind, ContributionStatus
from tests.discussions.deeds.world import KINDS, PUBLISHED, REMOVED, RETURNED, WAITING, World, published_first, refused


def submit(world: World, one: int, two: int) -> None:
    writer, kind = world.writers[two % 2], KINDS[two % 3]
    topic = world.topics[one % len(world.topics)]
    body = f"Text {world.keys} and more" if two % 4 else f"Ring 22 33 44 {world.keys % 100:02}"
    made = actions.submit_contribution(
        topic=topic, kind=kind, body=body, submission_key=world.key(), by=writer, at=world.at
    )
    expected = world.add(made, writer)
    world.tell("contribution.received", expected)
    published_first(world, expected, body)


def reply(world: World, one: int, two: int) -> None:
    asked, writer = world.pick(one), world.writers[two % 2]
    if asked is None:
        return
    row = world.row(asked)
    send = partial(
        actions.submit_contribution,
        topic=row.topic,
        kind=KINDS[two % 3],
        body=f"Text {world.keys} and more",
        in_reply_to=row,
        submission_key=world.key(),
        by=writer,
        at=world.at,
    )
    if asked.status == PUBLISHED:
        expected = world.add(send(), writer, asked)
        world.tell("contribution.received", expected)
        published_first(world, expected, "Text ")
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
    expected.status, expected.is_unread = ContributionStatus.WITHDRAWN, False
    world.tell("contribution.withdrawn", expected)


def revise(world: World, one: int, two: int) -> None:
    expected = world.pick(one, WAITING, RETURNED)
    if expected is None:
        return
    kind = KINDS[two % 3]
    actions.revise_contribution(
        contribution=world.row(expected), kind=kind, body=f"Changed {world.key().int}", by=expected.author, at=world.at
    )
    expected.version, expected.kind, expected.status = expected.version + 1, kind, WAITING
    expected.redacted.clear()
    world.tell("contribution.revised", expected)


def hide_name(world: World, _one: int, two: int) -> None:
    protect_name(person=world.writers[two % 2], by=THE_SYSTEM, at=world.at)
    actions.hide_protected_names(at=world.at)


def forget(world: World, _one: int, two: int) -> None:
    writer = world.writers[two % 2]
    actions.forget_author(person=writer, by=THE_SYSTEM, at=world.at)
    for told in world.all:
        if told.author == writer:
            told.files = [REMOVED] * len(told.files)
