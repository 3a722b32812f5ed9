"""The registry of one process: who hears what, and how often."""

import time

import pytest

from apps.live.consumers import doorbell
from apps.live.engine.registry import Registry
from apps.live.queries import open_sockets

FEW = {"most": 10, "most_a_person": 2}


class Ear:
    """A listener that writes down what it is told."""

    def __init__(self, person_id: int | None = None) -> None:
        self.person_id = person_id
        self.session_key = None
        self.told: list[tuple[str, int, int]] = []

    def tell(self, stream: str, since: int, count: int) -> None:
        self.told.append((stream, since, count))

    def refuse(self, stream: str) -> None: ...

    def end(self) -> None: ...


def watching(registry: Registry, since: int = 10, positions: tuple[int, ...] = ()) -> Ear:
    ear = Ear()
    registry.enter(ear, **FEW)
    registry.watch(ear, "topic:1", since)
    registry.begin(ear, "topic:1", positions)
    return ear


def test_each_hears_what_came_since_the_position_it_named() -> None:
    registry = Registry()
    here_before, came_late = watching(registry, 10, (11, 12)), watching(registry, 12)

    registry.ring("topic:1", [14, 15])
    registry.ring("topic:2", [16])

    assert here_before.told == [("topic:1", 12, 2), ("topic:1", 15, 4)]
    assert came_late.told == [("topic:1", 15, 2)]


def test_nothing_new_says_nothing() -> None:
    assert watching(Registry()).told == []


@pytest.mark.parametrize("again", [[11], [11, 12], [5], []])
def test_a_doorbell_that_comes_twice_is_heard_once(again: list[int]) -> None:
    registry = Registry()
    ear = watching(registry)
    registry.ring("topic:1", [11, 12])

    registry.ring("topic:1", again)

    assert ear.told == [("topic:1", 12, 2)]


def test_what_rings_while_the_first_count_is_read_is_neither_lost_nor_doubled() -> None:
    registry = Registry()
    ear = Ear()
    registry.watch(ear, "topic:1", 10)
    registry.ring("topic:1", [12])
    registry.ring("topic:1", [13, 14])
    assert ear.told == []

    registry.begin(ear, "topic:1", [11, 12])

    assert ear.told[-1] == ("topic:1", 14, 4)


def test_a_watch_that_ended_meanwhile_does_not_begin() -> None:
    registry = Registry()
    ear = Ear()
    registry.watch(ear, "topic:1", 10)
    registry.unwatch(ear, "topic:1")

    registry.begin(ear, "topic:1", [11])

    assert ear.told == []
    assert registry.watches() == []


def test_who_left_hears_nothing_and_leaves_nothing_behind() -> None:
    registry = Registry()
    ear = watching(registry)

    registry.leave(ear)
    registry.leave(ear)
    registry.ring("topic:1", [11])

    assert ear.told == []
    assert (len(registry), registry.watches(), registry._watches) == (0, [], {})


def test_places_are_limited_in_all_and_for_each_person() -> None:
    registry = Registry()
    mine = [Ear(person_id=1) for _socket in range(3)]
    strangers = [Ear() for _socket in range(9)]

    assert [registry.enter(ear, **FEW) for ear in mine] == [True, True, False]
    assert [registry.enter(ear, **FEW) for ear in strangers] == [True] * 8 + [False]
    registry.leave(mine[0])
    assert registry.enter(mine[2], **FEW)


def test_the_sockets_of_this_process_are_counted() -> None:
    before = open_sockets()
    registry = Registry()
    watching(registry)

    assert open_sockets() == before + 1


@pytest.mark.benchmark
async def test_a_doorbell_is_handed_to_5000_sockets_within_a_fifth_of_a_second() -> None:
    registry = Registry()
    ears = [Ear() for _socket in range(5000)]
    for ear in ears:
        registry.enter(ear, most=5000, most_a_person=1)
        registry.watch(ear, "topic:1", 10)
        registry.begin(ear, "topic:1", [])
    clock = time.process_time
    doorbell.cache_clear()

    begun = clock()
    registry.ring("topic:1", [11])
    frames = {doorbell(*told) for ear in ears for told in ear.told}
    took = clock() - begun

    assert frames == {'{"stream": "topic:1", "since": 11, "count": 1}'}
    assert doorbell.cache_info().misses == 1
    assert took < 0.2
