"""Published consultations, imported whole: the counts of their facts, in the order received from first to last."""

import csv
import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from apps.consultations.models import Consultation, Phase, Topic
from apps.discussions.enums import ContributionStatus, Order
from apps.discussions.models import Contribution
from apps.discussions.queries import thread_page
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from tests.common.html_reading import read as read_html

PUBLISHED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
FACTS: dict[str, dict[str, Any]] = json.loads((PUBLISHED / "FACTS.json").read_text(encoding="utf-8"))
SETS = [(path.parent.name, "csv") for path in sorted(PUBLISHED.glob("*/contributions.csv"))]
# What the reader of this format yields equals what the table's reader yields, for each set: one import will do.
SETS.append(("polis-scoop-hivemind-affordable-housing", "polis"))


def bring_in(name: str, source_format: str) -> dict[str, Any]:
    """Run the command and return the figures it ends with."""
    out = StringIO()
    folder = PUBLISHED / name / ("original" if source_format == "polis" else "")
    call_command("import_consultation", str(folder), "--format", source_format, "--slug", "a-set", stdout=out)
    figures: dict[str, Any] = json.loads(out.getvalue().splitlines()[-1])
    return figures


def without_a_word(name: str) -> int:
    """Count the rows with neither text nor title, by the standard library's reader."""
    with (PUBLISHED / name / "contributions.csv").open(encoding="utf-8", newline="") as file:
        return sum(1 for row in csv.DictReader(file) if not row["text"].strip() and not row["title"].strip())


def expected(name: str) -> dict[str, Any]:
    """Return the figures that the facts of a set promise."""
    facts = FACTS[name]
    rejected, pending = (facts["moderation"].get(kind, 0) for kind in ("rejected", "pending"))
    refused = rejected + without_a_word(name)
    return {
        "consultation": "a-set",
        "contributions": facts["rows"],
        "published": facts["rows"] - refused - pending,
        "refused": refused,
        "waiting": pending,
        "authors": facts["authors"],
        "topics": facts["topics"],
        "replies": facts["replies"] - facts["orphan_replies"],
        "skipped": 0,
    }


def moment(text: str) -> datetime:
    """Return a moment of the facts; a day alone is its noon."""
    read = datetime.fromisoformat(f"{text}T12:00:00" if len(text) == len("2024-01-01") else text)
    return (read if read.tzinfo else read.replace(tzinfo=ZoneInfo("Europe/Madrid"))).astimezone(UTC)


def walked(topic: Topic, order: Order) -> list[tuple[int, int]]:
    """Walk a topic's pages from first to last and return (root, number) of every article."""
    after, found = None, list[tuple[int, int]]()
    while True:
        page = thread_page(topic, order=order, after=after)
        for block in page.blocks:
            runs = [block.root, *block.replies] if block.root else block.replies
            found += [(row.root_number, row.number) for run in runs for row in run.rows]
        if page.next_after is None:
            return found
        after = page.next_after


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "source_format"), SETS)
def test_a_published_set_comes_in_whole_and_in_order_and_once(name: str, source_format: str) -> None:
    figures = bring_in(name, source_format)

    assert figures == expected(name)
    rows = list(Contribution.stored.order_by("number").values("number", "received_at", "status", "body_html"))
    assert [row["number"] for row in rows] == list(range(1, figures["contributions"] + 1))
    times = [row["received_at"] for row in rows]
    assert times == sorted(times)
    assert (times[0], times[-1]) == (moment(FACTS[name]["first"]), moment(FACTS[name]["last"]))
    assert [row["number"] for row in rows if read_html(row["body_html"]).offences] == []
    assert sorted(shown()) == [row["number"] for row in rows if row["status"] != ContributionStatus.WAITING]
    checked = check_ledger()
    assert (checked.problem, checked.contributions) == ("", figures["contributions"])

    entries, phases = Entry.objects.count(), list(Phase.objects.values())
    assert bring_in(name, source_format) == figures
    assert (Entry.objects.count(), list(Phase.objects.values())) == (entries, phases)
    assert Consultation.objects.get().next_number == figures["contributions"] + 1


def shown() -> list[int]:
    """Return the numbers on the pages of all topics; the pages of each are in both orders right."""
    numbers = []
    for topic in Topic.objects.all():
        oldest, newest = walked(topic, Order.OLDEST), walked(topic, Order.NEWEST)
        assert oldest == sorted(oldest)
        assert newest == sorted(newest, key=lambda key: (-key[0], key[1]))
        assert sorted(newest) == oldest
        numbers += [number for _root, number in oldest]
    return numbers
