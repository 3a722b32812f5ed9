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

PUBLISHED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
FACTS: dict[str, dict[str, Any]] = json.loads((PUBLISHED / "FACTS.json").read_text(encoding="utf-8"))
SETS = [(path.parent.name, "csv") for path in sorted(PUBLISHED.glob("*/contributions.csv"))]
SETS += [(path.parents[1].name, "polis") for path in sorted(PUBLISHED.glob("polis-*/original/comments.csv"))]


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
def test_a_published_set_comes_in_whole_and_in_order(name: str, source_format: str) -> None:
    figures = bring_in(name, source_format)

    assert figures == expected(name)
    rows = list(Contribution.stored.order_by("number").values("number", "received_at", "topic_id", "status"))
    assert [row["number"] for row in rows] == list(range(1, figures["contributions"] + 1))
    times = [row["received_at"] for row in rows]
    assert times == sorted(times)
    assert (times[0], times[-1]) == (moment(FACTS[name]["first"]), moment(FACTS[name]["last"]))
    seen = []
    for topic in Topic.objects.all():
        oldest, newest = walked(topic, Order.OLDEST), walked(topic, Order.NEWEST)
        assert oldest == sorted(oldest)
        assert newest == sorted(newest, key=lambda key: (-key[0], key[1]))
        assert sorted(newest) == oldest
        seen += [number for _root, number in oldest]
    assert sorted(seen) == [row["number"] for row in rows if row["status"] != ContributionStatus.WAITING]
    checked = check_ledger()
    assert (checked.problem, checked.contributions) == ("", figures["contributions"])


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["decidim-barcelona-result-comments", "cycling-ehrenfeld"])
def test_a_set_that_is_imported_again_stays_as_it_is(name: str) -> None:
    first = bring_in(name, "csv")
    entries, phases = Entry.objects.count(), list(Phase.objects.values())

    assert bring_in(name, "csv") == first
    assert (Entry.objects.count(), list(Phase.objects.values())) == (entries, phases)
    assert Consultation.objects.get().next_number == first["contributions"] + 1
