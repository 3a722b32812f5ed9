"""Whatever people, moderators and officials do, in whatever order: every page reads in the order received."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.errors import DomainError
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import topics_of
from apps.discussions import actions
from apps.discussions.enums import ContributionKind, ContributionStatus, Order, Show
from apps.discussions.models import Contribution
from apps.discussions.queries import thread_page
from apps.exchange.queries import check_ledger
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry, Position
from apps.municipality.models import RefusalReason
from tests import factories, personas

WAITING, PUBLISHED = ContributionStatus.WAITING, ContributionStatus.PUBLISHED
KINDS = [ContributionKind.VIEW, ContributionKind.QUESTION, ContributionKind.PROPOSAL]
SMALL_PAGE = 3


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


@dataclass
class World:
    """Two hearings of three topics, two writers, and what should have come of all that was done."""

    at: datetime
    topics: list[Topic]
    writers: list[User]
    moderator: User
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
    expected = world.pick(one, WAITING) if two % 4 else world.pick(one)
    if expected is None or expected.status == ContributionStatus.WITHDRAWN:
        return
    act = partial(actions.withdraw_contribution, contribution=world.row(expected), by=expected.author, at=world.at)
    if expected.status != WAITING:
        refused(act)
        return
    act()
    expected.status = ContributionStatus.WITHDRAWN
    world.tell("contribution.withdrawn", expected)


def revise(world: World, one: int, two: int) -> None:
    expected = world.pick(one, WAITING)
    if expected is None:
        return
    kind = KINDS[two % 3]
    actions.revise_contribution(
        contribution=world.row(expected), kind=kind, body=f"Changed {world.key().int}", by=expected.author, at=world.at
    )
    expected.version, expected.kind = expected.version + 1, kind
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
    withdraw,
    revise,
    move,
    answer,
    sequence,
]


def refused(act: Callable[[], object]) -> None:
    with pytest.raises(DomainError), transaction.atomic():
        act()


SHOWN: dict[Show, Callable[[Expected], bool]] = {
    Show.QUESTIONS: lambda told: told.kind == ContributionKind.QUESTION,
    Show.ANSWERED: lambda told: told.answered or told.kind == ContributionKind.ANSWER,
    Show.UNANSWERED: lambda told: (
        told.kind == ContributionKind.QUESTION and told.status == PUBLISHED and not told.answered
    ),
    Show.RESIDENTS: lambda told: told.is_resident and told.status == PUBLISHED,
}


def expected_articles(world: World, topic: Topic, order: Order, show: Show) -> list[tuple[int, int]]:
    """Return (number, root) of a topic's articles in the order received, from the rules alone."""
    decided = [told for told in world.all if told.topic == topic.pk and told.status != WAITING]
    if show == Show.ALL:
        stood = [(told.number, root) for (_pk, left), (told, root) in world.signposts.items() if left == topic.pk]
        keys = [(told.number, told.root) for told in decided] + stood
    else:
        keys = [(told.number, told.root) for told in decided if SHOWN[show](told)]
    step = 1 if order == Order.OLDEST else -1
    return sorted(keys, key=lambda key: (step * key[1], key[0]))


def paged(topic: Topic, order: Order, show: Show) -> Iterator[tuple[int, int]]:
    """Walk through all pages and return (number, root) of every article."""
    after, pages = None, 0
    while pages < 100:
        page = thread_page(topic, order=order, show=show, after=after, size=SMALL_PAGE)
        runs = [run for block in page.blocks for run in ([block.root] if block.root else []) + list(block.replies)]
        rows = [row for run in runs for row in run.rows]
        assert len(rows) == page.size <= SMALL_PAGE
        yield from ((row.number, row.root_number) for row in rows)
        if page.next_after is None:
            return
        after, pages = page.next_after, pages + 1
    pytest.fail("The pages do not end")


def hold(world: World) -> None:
    """Hold the database against what should have come of it."""
    for topic in world.topics:
        for order, show in [
            (Order.OLDEST, Show.ALL),
            (Order.NEWEST, Show.ALL),
            *((Order.NEWEST, show) for show in SHOWN),
        ]:
            assert list(paged(topic, order, show)) == expected_articles(world, topic, order, show)
        assert {row.pk: (row.number, row.status) for row in Contribution.stored.filter(topic=topic)} == {
            told.pk: (told.number, told.status) for told in world.all if told.topic == topic.pk
        }
    for hearing in {topic.consultation_id for topic in world.topics}:
        numbers = Contribution.stored.filter(consultation=hearing).order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, Consultation.objects.get(pk=hearing).next_number))
    told = Entry.objects.exclude(number=None).values_list("kind", "consultation_id", "number")
    assert Counter(told) == world.entries
    sequence_entries()
    positions = Position.objects.order_by("pk").values_list("pk", flat=True)
    assert list(positions) == list(range(1, Entry.objects.count() + 1))
    assert check_ledger().problem == ""


def a_world(at: datetime) -> World:
    topics: list[Topic] = []
    for title in ("Wind", "Forest"):
        hearing = factories.a_hearing(at=at, title=title, closes=timedelta(days=400))
        factories.a_topic(hearing, at=at)
        factories.a_topic(hearing, at=at)
        topics += [Topic.objects.select_related("consultation").get(pk=topic.pk) for topic in topics_of(hearing)]
    return World(
        at=at,
        topics=topics,
        writers=[personas.resident(at=at), factories.a_writer(at)],
        moderator=factories.a_moderator(at),
        official=factories.an_official(at),
        reason=RefusalReason.objects.get(code="private_information"),
    )


STEPS = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 1000), st.integers(0, 59), st.integers(-5, 90)),
    min_size=8,
    max_size=45,
)


@pytest.mark.django_db
def test_every_page_reads_in_the_order_received_under_any_interleaving(at: datetime) -> None:
    """Shrinking would take minutes with a database at the other end: the steps are printed as they were drawn."""
    start = a_world(at)

    @settings(max_examples=settings.default.max_examples // 5, phases=[Phase.generate])
    @given(STEPS)
    def holds(steps: list[tuple[Callable[[World, int, int], None], int, int, int]]) -> None:
        world = World(start.at, start.topics, start.writers, start.moderator, start.official, start.reason)
        with transaction.atomic():
            for deed, one, two, seconds in steps:
                world.at += timedelta(seconds=seconds)
                deed(world, one, two)
            hold(world)
            transaction.set_rollback(True)

    holds()
