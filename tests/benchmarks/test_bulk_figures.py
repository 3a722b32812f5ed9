"""Figures to reach, in seconds of the processor's time, so that a busy machine does not fail them.

5,000 contributions stand for the promised 50,000 in a minute, 10,000 entries for 100,000.
"""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from apps.accounts.rules import AN_IMPORT
from apps.exchange.actions import import_consultation, seed_load
from apps.exchange.queries import check_ledger, read_source
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry, Position
from tests.exchange.sources import a_row, write_common

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def test_five_thousand_are_made_placed_and_checked_in_six_seconds_each(at: datetime) -> None:
    def make() -> None:
        seed_load(contributions=5_000, topics=5, slug="load", by=AN_IMPORT, at=at)
        sequence_entries()

    assert seconds(make) < 6
    assert Position.objects.count() == Entry.objects.count() == 10_000 + 9

    checked = []
    assert seconds(lambda: checked.append(check_ledger())) < 6
    assert (checked[0].problem, checked[0].contributions) == ("", 5_000)


def test_a_real_conversation_is_imported_in_ten_seconds(at: datetime, tmp_path: Path) -> None:
    rows = [
        a_row(
            str(place),
            at=f"2024-05-{1 + place // 100:02}T10:{place % 60:02}:00Z",
            topic=str(place % 39),
            author_id=str(place % 1_000),
            parent_id=str(place - 39) if place > 100 and place % 2 else "",
            text=f"Indlæg {place}. " + "Støjen fra møllerne burde være lettere at leve med. " * 8,
        )
        for place in range(2_138)
    ]
    folder = write_common(tmp_path, rows)
    held = []

    def bring_in() -> None:
        held.append(import_consultation(source=read_source(folder, "csv"), slug="a", by=AN_IMPORT, at=at)[0])

    assert seconds(bring_in) < 10
    assert (held[0].contributions, held[0].topics, held[0].authors) == (2_138, 39, 1_000)
    assert check_ledger().problem == ""
