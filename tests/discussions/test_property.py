"""Whatever people, moderators and officials do, in whatever order: every page reads in the order received."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import topics_of
from apps.discussions.enums import ContributionKind, ContributionStatus, Order, Show
from apps.discussions.models import Contribution
from apps.discussions.queries import thread_page
from apps.exchange.queries import check_ledger
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry, Position
from apps.municipality.models import RefusalReason
from tests import factories, personas
from tests.discussions.deeds import DEEDS, PUBLISHED, WAITING, Expected, World
from tests.discussions.deeds.files import held_as_expected
from tests.discussions.recount import assert_counts_are_true

SMALL_PAGE = 3
MOVED = ContributionStatus.MOVED

SHOWN: dict[Show, Callable[[Expected], bool]] = {
    Show.QUESTIONS: lambda told: told.kind == ContributionKind.QUESTION and told.status != MOVED,
    Show.ANSWERED: lambda told: (told.answered or told.kind == ContributionKind.ANSWER) and told.status != MOVED,
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
        assert {row.pk: (row.number, row.status, row.is_unread) for row in Contribution.stored.filter(topic=topic)} == {
            told.pk: (told.number, told.status, told.is_unread) for told in world.all if told.topic == topic.pk
        }
    assert all(held_as_expected(told) for told in world.all)
    assert {row.pk: row.cluster_id for row in Contribution.stored.all()} == {told.pk: told.letter for told in world.all}
    for hearing in {topic.consultation_id for topic in world.topics}:
        numbers = Contribution.stored.filter(consultation=hearing).order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, Consultation.objects.get(pk=hearing).next_number))
        assert_counts_are_true(Consultation.objects.get(pk=hearing))
    told = Entry.objects.exclude(number=None).values_list("kind", "consultation_id", "number")
    assert Counter(told) == world.entries
    for row in Contribution.stored.filter(author__name_protected_at__isnull=False):
        assert row.author_name_hidden or not row.author_name
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
        colleague=factories.another_moderator(at),
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
        world = World(
            start.at, start.topics, start.writers, start.moderator, start.colleague, start.official, start.reason
        )
        with transaction.atomic():
            for deed, one, two, seconds in steps:
                world.at += timedelta(seconds=seconds)
                deed(world, one, two)
            hold(world)
            transaction.set_rollback(True)

    holds()
