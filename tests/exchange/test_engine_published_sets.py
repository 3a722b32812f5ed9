"""Published consultations beside the checkout; their facts were counted independently of this code."""

import json
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from apps.common.identity_numbers import find_identity_numbers
from apps.common.richtext import clean
from apps.exchange.engine.folders import read_common, read_polis
from apps.exchange.engine.rows import Note, SourceConsultation

PUBLISHED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
FACTS: dict[str, dict[str, Any]] = json.loads((PUBLISHED / "FACTS.json").read_text(encoding="utf-8"))
SETS = [
    *((path.parent.name, "csv") for path in sorted(PUBLISHED.glob("*/contributions.csv"))),
    *((path.parents[1].name, "polis") for path in sorted(PUBLISHED.glob("polis-*/original/comments.csv"))),
]

each_set = pytest.mark.parametrize(("name", "kind"), SETS)


@cache
def source(name: str, kind: str) -> SourceConsultation:
    return read_common(PUBLISHED / name) if kind == "csv" else read_polis(PUBLISHED / name / "original")


def moment(text: str) -> datetime:
    if len(text) == len("2024-01-01"):
        text += "T12:00:00"
    read = datetime.fromisoformat(text)
    return (read if read.tzinfo else read.replace(tzinfo=ZoneInfo("Europe/Madrid"))).astimezone(UTC)


def test_eight_consultations_are_here_and_three_of_them_as_polis_exports() -> None:
    assert Counter(kind for _, kind in SETS) == {"csv": 8, "polis": 3}


@each_set
def test_every_row_is_read_as_the_facts_state(name: str, kind: str) -> None:
    facts, read = FACTS[name], source(name, kind)
    alone = [row for row in read.rows if row.note]

    assert (read.problems, read.unreadable) == ([], False)
    assert len(read.rows) == facts["rows"]
    assert len({row.author for row in read.rows if row.author}) == facts["authors"]
    assert len(read.topics) == facts["topics"]
    assert sum(row.parent_id is not None for row in read.rows) + len(alone) == facts["replies"]
    assert [row.note for row in alone] == [Note.PARENT_MISSING] * facts["orphan_replies"]
    assert Counter(row.moderation.value for row in read.rows) == {
        state or "accepted": number for state, number in facts["moderation"].items()
    }


@each_set
def test_rows_are_in_time_order_from_the_first_to_the_last(name: str, kind: str) -> None:
    times = [row.created_at for row in source(name, kind).rows]

    assert times == sorted(times)
    assert (times[0], times[-1]) == (moment(FACTS[name]["first"]), moment(FACTS[name]["last"]))


@each_set
def test_only_rows_without_text_and_title_are_empty(name: str, kind: str) -> None:
    empty = sum(row.empty for row in source(name, kind).rows)

    # In two sets the rows without a text have a title.
    assert empty == (0 if name in {"madrid-proposals-2024", "cycling-moers"} else FACTS[name]["empty_text"])


@pytest.mark.parametrize("name", [name for name, kind in SETS if kind == "csv"])
def test_no_text_is_too_long_or_holds_an_identity_number(name: str) -> None:
    """The other format's texts are the same (below); that they render safely is seen where they are imported."""
    for row in source(name, "csv").rows:
        assert find_identity_numbers(row.body) == []
        assert len(clean(row.body)) <= 10_000


@pytest.mark.parametrize("name", [name for name, kind in SETS if kind == "polis"])
def test_both_formats_of_a_conversation_tell_the_same(name: str) -> None:
    def told(kind: str) -> list[tuple[object, ...]]:
        return [
            (row.source_id, row.author, row.created_at, row.moderation, row.body) for row in source(name, kind).rows
        ]

    assert told("polis") == told("csv")


def test_topics_of_the_threads_are_called_as_the_facts_state() -> None:
    assert [topic.title for topic in source("madrid-2019-threads", "csv").topics] == FACTS["madrid-2019-threads"][
        "titles"
    ]


def test_html_of_the_proposals_becomes_words() -> None:
    bodies = [row.body for row in source("madrid-proposals-2024", "csv").rows]

    assert not any(tag in body for body in bodies for tag in ("<p>", "<li>", "<strong>", "&amp;", "&nbsp;"))
    assert sum("<a onclick=alert(1)>" in body for body in bodies) == FACTS["madrid-proposals-2024"]["hostile"]
