"""Every committed entry gets one position, without a gap, however the commits interleave."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.ledger import actions
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry, Position, Unplaced
from apps.ledger.queries import head_position
from tests.concurrency import at_once, shared_database
from tests.ledger.entries import an_entry, placed, roll_back_an_entry, some_entries


@pytest.fixture
def several_connections(tmp_path: Path, transactional_db: None) -> Iterator[None]:
    with shared_database(tmp_path):
        yield


@pytest.mark.django_db
def test_an_empty_ledger_has_no_position() -> None:
    assert sequence_entries() == 0
    assert head_position() == 0


@pytest.mark.django_db
def test_entries_are_placed_in_the_order_they_were_recorded(at: datetime) -> None:
    entries = some_entries(3, at=at)

    assert sequence_entries() == 3
    assert placed() == [(step, entry.pk) for step, entry in enumerate(entries, start=1)]
    assert Unplaced.objects.count() == 0


@pytest.mark.django_db
def test_running_again_gives_nothing_twice(at: datetime) -> None:
    an_entry(at=at)

    assert [sequence_entries(), sequence_entries()] == [1, 0]
    assert head_position() == 1


@pytest.mark.django_db
def test_positions_go_on_over_the_border_of_a_batch(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    entries = some_entries(5, at=at)

    assert sequence_entries() == 5
    assert placed() == [(step, entry.pk) for step, entry in enumerate(entries, start=1)]


@pytest.mark.django_db
def test_an_entry_that_commits_late_comes_after_the_head_and_is_not_skipped(at: datetime) -> None:
    """Ids are taken before the commit: entry 1 may become visible after entry 2 has its position."""
    early, late = some_entries(2, at=at)
    waiting = Unplaced.objects.filter(entry=early)
    waiting.delete()
    sequence_entries()
    Unplaced.objects.create(entry=early)

    sequence_entries()

    assert placed() == [(1, late.pk), (2, early.pk)]


@pytest.mark.django_db
def test_a_sequencer_that_dies_gives_its_positions_back(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """It dies after it wrote the positions and before it took the entries off its list."""
    some_entries(3, at=at)

    with monkeypatch.context() as patch:
        patch.setattr(actions.Unplaced.objects, "filter", _die)
        with pytest.raises(ZeroDivisionError):
            sequence_entries()

    assert Position.objects.count() == 0
    assert sequence_entries() == 3
    assert [position for position, _ in placed()] == [1, 2, 3]


def _die(**_: object) -> None:
    raise ZeroDivisionError


class AnyInterleaving(TestCase):
    """Recording, rolling back and sequencing in any order."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.sampled_from(["record", "record three", "roll back", "sequence"]), max_size=12))
    def test_positions_are_gapless_and_every_kept_entry_has_one(self, steps: list[str]) -> None:
        at = datetime.fromisoformat("2026-09-15T08:30:00+00:00")
        for step in steps:
            if step == "sequence":
                sequence_entries()
            elif step == "roll back":
                with pytest.raises(ZeroDivisionError):
                    roll_back_an_entry(at=at)
            else:
                some_entries(3 if step == "record three" else 1, at=at)
        sequence_entries()

        positions = placed()
        assert [position for position, _ in positions] == list(range(1, len(positions) + 1))
        assert [entry for _, entry in positions] == list(Entry.objects.order_by("id").values_list("id", flat=True))


@pytest.mark.usefixtures("several_connections")
def test_two_sequencers_and_two_writers_at_once_leave_no_gap(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 3)

    def write() -> None:
        for _ in range(10):
            some_entries(2, at=at)

    def sequence() -> None:
        for _ in range(15):
            sequence_entries()

    assert at_once(write, sequence, write, sequence) == []
    sequence_entries()

    positions = placed()
    assert [position for position, _ in positions] == list(range(1, 41))
    assert len({entry for _, entry in positions}) == 40
    assert Unplaced.objects.count() == 0
