"""What holds for every reader of the ledger: it sees each entry in order, and its rows commit with its position."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from apps.ledger import actions
from apps.ledger.actions import follow, skip_to_head
from apps.ledger.models import Position, Reader
from apps.ledger.queries import facts_of
from apps.municipality.models import District
from tests.concurrency import at_once, shared_database
from tests.ledger.entries import an_entry, some_entries

NAME = "a reader"


class Copy:
    """A reader that writes a row for each entry it sees. A district stands for whatever a reader writes."""

    def __init__(self, *, dies_at: int | None = None) -> None:
        self.dies_at = dies_at
        self.batches: list[list[int]] = []

    def __call__(self, places: Sequence[Position]) -> None:
        self.batches.append([place.position for place in places])
        for place in places:
            District.objects.create(name=f"entry {facts_of(place.entry)['phases']}")
            if place.position == self.dies_at:
                raise ZeroDivisionError


def written() -> list[str]:
    return list(District.objects.order_by("pk").values_list("name", flat=True))


def come() -> int:
    return Reader.objects.filter(pk=NAME).values_list("position", flat=True).first() or 0


@pytest.fixture
def several_connections(tmp_path: Path, transactional_db: None) -> Iterator[None]:
    with shared_database(tmp_path):
        yield


@pytest.mark.django_db
def test_a_reader_sees_every_entry_once_and_in_order(at: datetime) -> None:
    some_entries(3, at=at)
    read = Copy()

    assert follow(NAME, read) == 3
    assert read.batches == [[1, 2, 3]]
    assert come() == 3


@pytest.mark.django_db
def test_nothing_new_is_nothing_to_do(at: datetime) -> None:
    an_entry(at=at)
    follow(NAME, Copy())
    read = Copy()

    assert follow(NAME, read) == 0
    assert read.batches == []


@pytest.mark.django_db
def test_a_reader_places_what_waits_for_its_position_first(at: datetime) -> None:
    an_entry(at=at)

    assert follow(NAME, Copy()) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "batches"), [(1, [1]), (2, [2]), (3, [2, 1]), (4, [2, 2])])
def test_batches_end_at_their_border_and_nothing_is_lost_there(
    count: int, batches: list[int], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    some_entries(count, at=at)
    read = Copy()

    assert follow(NAME, read) == count
    assert [len(batch) for batch in read.batches] == batches
    assert [position for batch in read.batches for position in batch] == list(range(1, count + 1))


@pytest.mark.django_db
def test_readers_do_not_know_each_other(at: datetime) -> None:
    some_entries(2, at=at)
    follow(NAME, Copy())
    other = Copy(dies_at=None)
    District.objects.all().delete()

    assert follow("another reader", other) == 2


@pytest.mark.django_db
def test_replayed_from_the_beginning_it_sees_the_same_again(at: datetime) -> None:
    some_entries(3, at=at)
    first, again = Copy(), Copy()
    follow(NAME, first)
    District.objects.all().delete()
    Reader.objects.filter(pk=NAME).update(position=0)

    follow(NAME, again)

    assert again.batches == first.batches
    assert written() == ["entry 1", "entry 2", "entry 3"]


@pytest.mark.django_db(transaction=True)
def test_killed_between_effect_and_position_it_has_done_neither(at: datetime) -> None:
    some_entries(3, at=at)

    with pytest.raises(ZeroDivisionError):
        follow(NAME, Copy(dies_at=2))

    assert (written(), come()) == ([], 0)
    follow(NAME, Copy())
    assert (written(), come()) == (["entry 1", "entry 2", "entry 3"], 3)


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_second_batch_it_keeps_the_first(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    some_entries(5, at=at)

    with pytest.raises(ZeroDivisionError):
        follow(NAME, Copy(dies_at=3))

    assert (written(), come()) == (["entry 1", "entry 2"], 2)
    follow(NAME, Copy())
    assert written() == [f"entry {number}" for number in range(1, 6)]


@pytest.mark.django_db
def test_an_entry_that_commits_late_is_seen(at: datetime) -> None:
    """Readers go by position, never by id: what got its id first and its position last is not skipped."""
    early, _late = some_entries(2, at=at)
    waiting = actions.Unplaced.objects.filter(entry=early)
    waiting.delete()
    follow(NAME, Copy())
    actions.Unplaced.objects.create(entry=early)

    follow(NAME, Copy())

    assert written() == ["entry 2", "entry 1"]


@pytest.mark.django_db
def test_a_reader_that_skips_to_the_head_sees_only_what_comes_after(at: datetime) -> None:
    some_entries(2, at=at)
    actions.sequence_entries()
    skip_to_head(NAME)
    some_entries(1, at=at, first=3)

    follow(NAME, Copy())

    assert written() == ["entry 3"]


@pytest.mark.usefixtures("several_connections")
def test_two_runs_at_once_take_turns(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    some_entries(9, at=at)
    reads = [Copy(), Copy(), Copy()]

    assert at_once(*[lambda read=read: follow(NAME, read) for read in reads]) == []  # type: ignore[misc]

    seen = sorted(position for read in reads for batch in read.batches for position in batch)
    assert seen == list(range(1, 10))
    assert written() == [f"entry {number}" for number in range(1, 10)]
    assert come() == 9


@pytest.mark.usefixtures("several_connections")
def test_a_reader_keeps_up_with_a_writer(at: datetime) -> None:
    def write() -> None:
        for number in range(1, 16):
            an_entry(at=at, phases=number)

    def read() -> None:
        for _ in range(10):
            follow(NAME, Copy())

    assert at_once(write, read, read) == []
    follow(NAME, Copy())

    assert written() == [f"entry {number}" for number in range(1, 16)]
