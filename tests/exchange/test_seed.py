"""Synthetic consultations for load tests are true ones: numbers, times, counts, entries, positions."""

import json
from datetime import datetime, timedelta
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.rules import AN_IMPORT
from apps.common.richtext import to_html
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import phases_of
from apps.consultations.rules import why_not_open
from apps.discussions.models import Contribution, OffsiteAuthor
from apps.exchange.actions import seed_load, seeding
from apps.exchange.engine.synthetic import invented_texts, invented_thread
from apps.exchange.queries import check_ledger
from apps.ledger.models import Position, Unplaced
from apps.screening.rules import why_not_publishable
from tests import factories


def seed(at: datetime, *, contributions: int = 60, topics: int = 3, slug: str = "load") -> dict[str, Any]:
    made = seed_load(contributions=contributions, topics=topics, slug=slug, by=AN_IMPORT, at=at)
    return {"contributions": made.contributions, "published": made.published, "topics": made.topics}


def test_the_texts_are_always_the_same_and_of_the_length_of_a_contribution() -> None:
    texts = invented_texts()

    assert texts == invented_texts()
    assert len(set(texts)) == len(texts)
    assert all(400 <= len(text) <= 700 for text in texts)
    assert sum(map(len, texts)) / len(texts) == pytest.approx(500, abs=30)
    assert not any(why_not_publishable(text) for text in texts)
    assert all(to_html(text).count("<p>") == 2 for text in texts[:20])


def test_threads_are_always_the_same_and_three_of_ten_are_replies() -> None:
    thread = list(invented_thread(5_000, topics=4))

    assert thread == list(invented_thread(5_000, topics=4))
    assert thread != list(invented_thread(5_000, topics=4, begins_at=1))
    replies = [row for row in thread if row.reply_to is not None]
    assert len(replies) / len(thread) == pytest.approx(0.3, abs=0.03)
    assert all(thread[row.reply_to or 0].topic == row.topic for row in replies)
    assert all(thread[row.reply_to or 0].reply_to is None for row in replies)
    assert all((row.reply_to or 0) < place for place, row in enumerate(thread) if row.reply_to is not None)
    assert {row.author for row in thread} == set(range(200))


@pytest.mark.django_db
def test_the_figures_and_the_ledger_are_true(at: datetime) -> None:
    assert seed(at) == {"contributions": 60, "published": 60, "topics": 3}
    assert check_ledger().problem == ""
    hearing = Consultation.objects.get()
    assert (hearing.published_count, hearing.next_number) == (60, 61)
    assert sum(Topic.objects.values_list("published_count", flat=True)) == 60
    assert OffsiteAuthor.objects.count() == 200


@pytest.mark.django_db
def test_they_stand_twenty_seconds_apart_and_none_in_the_future(at: datetime) -> None:
    seed(at)

    times = list(Contribution.stored.order_by("number").values_list("received_at", flat=True))
    assert {after - before for before, after in pairwise(times)} == {timedelta(seconds=20)}
    assert times[-1] < at


@pytest.mark.django_db
def test_running_again_appends(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeding, "BATCH", 25)
    seed(at)

    assert seed(at, contributions=40, topics=2) == {"contributions": 100, "published": 100, "topics": 3}
    assert check_ledger().problem == ""
    times = list(Contribution.stored.order_by("number").values_list("received_at", flat=True))
    assert times == sorted(times)


@pytest.mark.django_db
def test_too_little_time_brings_them_closer_together(at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    factories.a_published(factories.the_topic(hearing), at=at)

    seed(at + timedelta(seconds=30), contributions=60, topics=1, slug=hearing.slug)

    times = list(Contribution.stored.order_by("number").values_list("received_at", flat=True))
    assert times == sorted(times)
    assert times[-1] <= at + timedelta(seconds=30)
    assert check_ledger().problem == ""


@pytest.mark.django_db
def test_people_can_write_there_too(at: datetime) -> None:
    seed(at)

    hearing = Consultation.objects.get()
    assert why_not_open(hearing, phases_of(hearing), at=at) is None


@pytest.mark.django_db
def test_nothing_asked_for_is_nothing_made(at: datetime) -> None:
    assert seed(at, contributions=0) == {"contributions": 0, "published": 0, "topics": 3}


@pytest.mark.django_db
def test_the_command_ends_with_its_figures_and_gives_positions() -> None:
    out = StringIO()

    call_command("seed_load", "--contributions", "30", "--topics", "2", "--consultation", "many", stdout=out)

    figures = json.loads(out.getvalue().splitlines()[-1])
    assert (figures["consultation"], figures["contributions"], figures["topics"], figures["authors"]) == (
        "many",
        30,
        2,
        200,
    )
    assert (Unplaced.objects.count(), Position.objects.count()) == (0, 30 * 2 + 6)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "arguments",
    [
        ["--contributions", "-1"],
        ["--contributions", "1", "--topics", "0"],
        ["--contributions", "1", "--consultation", "Æ"],
    ],
)
def test_what_cannot_be_made_is_one_sentence(arguments: list[str]) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("seed_load", *arguments, stdout=StringIO())

    assert refused.value.returncode == 1
    assert "\n" not in str(refused.value)
    assert not Consultation.objects.exists()
