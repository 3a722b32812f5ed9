"""The same letter, sent by several, and what a moderator says of it."""

from functools import partial

from apps.accounts.rules import as_moderator
from apps.discussions import actions
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from tests.discussions.deeds.world import PUBLISHED, Expected, World, published_first, refused

LETTER = "Text of a letter that many people send"


def submit_letter(world: World, one: int, two: int) -> None:
    """Send it, and publish it at once: there have to be several for anything to come of it."""
    writer, topic = world.writers[two % 2], world.topics[one % 2]
    made = actions.submit_contribution(
        topic=topic, kind=ContributionKind.VIEW, body=LETTER, submission_key=world.key(), by=writer, at=world.at
    )
    expected = world.add(made, writer)
    world.tell("contribution.received", expected)
    published_first(world, expected, LETTER)
    if expected.status == PUBLISHED:
        return
    actions.publish_contribution(contribution=made, version=1, by=as_moderator(world.moderator), at=world.at)
    expected.status = PUBLISHED
    world.tell("contribution.published", expected)


def confirm(world: World, one: int, two: int) -> None:
    """Say of a text that up to three others of its hearing are the same letter, whether they are or not."""
    first = world.pick(one, PUBLISHED) if two % 5 else world.pick(one)
    if first is None:
        return
    others = [told for told in world.all if told.hearing == first.hearing and told is not first]
    alike = [told for told in others if _fit(world, first, told)]
    chosen = alike[: 1 + two % 3] if two % 4 else others[: 1 + two % 3]
    act = partial(
        actions.confirm_letter,
        shown=(world.row(first), first.version),
        others=[(world.row(told), told.version) for told in chosen],
        by=as_moderator(world.moderator),
        at=world.at,
    )
    fresh = [told for told in chosen if first.letter is None or told.letter != first.letter]
    possible = first.status == PUBLISHED and all(told.status == PUBLISHED for told in chosen)
    if not possible or not all(_fit(world, first, told) and told.letter is None for told in fresh):
        if fresh or not possible:
            refused(act)
        return
    cluster = act()
    assert (cluster is None) == (not fresh)
    for told in [first, *chosen] if cluster else ():
        told.letter = cluster.pk


def divide(world: World, one: int, two: int) -> None:
    """Take one text out of its letter, or all of them."""
    of_letters = [told for told in world.all if told.letter is not None]
    if not of_letters:
        return
    chosen = of_letters[one % len(of_letters)]
    out = [told for told in of_letters if told.letter == chosen.letter] if two % 3 == 0 else [chosen]
    cluster = world.row(chosen).cluster
    assert cluster is not None
    texts = [world.row(told) for told in out]
    assert actions.divide_letter(cluster=cluster, texts=texts, by=as_moderator(world.moderator), at=world.at)
    assert not actions.divide_letter(cluster=cluster, texts=texts, by=as_moderator(world.moderator), at=world.at)
    for told in out:
        told.letter = None


def _fit(world: World, first: Expected, told: Expected) -> bool:
    """Tell whether two texts say the same, so that the one can be the other's letter."""
    people = ContributionKind.ANSWER not in {first.kind, told.kind}
    bodies = Contribution.stored.filter(pk__in=[first.pk, told.pk]).values_list("body", flat=True)
    same = len(set(bodies)) == 1 and told.topic == first.topic
    return people and same and told.status == PUBLISHED
