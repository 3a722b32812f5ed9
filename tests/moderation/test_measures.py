"""How moderation is doing: figures that can be worked out by hand, of nobody in particular."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.consultations.models import Topic
from apps.discussions.actions import withdraw_contribution
from apps.ledger.models import Entry
from apps.moderation.actions import decide_contribution, give_second_reading
from apps.moderation.engine.agreement import kappa, percentile
from apps.moderation.enums import Outcome, Verdict
from apps.moderation.errors import ReadAlready
from apps.moderation.indicators import SAMPLED, is_sampled, measures, to_read_again
from apps.moderation.models import Decision, SecondReading
from tests import factories
from tests.moderation.desk import a_colleague, publish, refuse, shown

pytestmark = pytest.mark.django_db
PAGE, AGAIN = "/en/moderation/measures/", "/en/moderation/second-reading/"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Iterator[None]:
    with time_machine.travel(at + 30 * HOUR, tick=False):
        yield


@pytest.fixture
def moderator(at: datetime) -> User:
    return factories.a_moderator(at)


def decided(topic: Topic, at: datetime, *, after: timedelta, refused: bool = False, by: User | None = None) -> Decision:
    row = factories.a_contribution(topic, at=at, body="Words to read")
    ruling = refuse() if refused else publish()
    return decide_contribution(contribution=row, ruling=ruling, by=by or factories.a_moderator(at), at=at + after)


def sampled(decision: Decision) -> Decision:
    """Return the decision as one that belongs to the sample."""
    pk = next(number for number in count(decision.pk + 1_000_000) if is_sampled(number))
    Decision.objects.filter(pk=decision.pk).update(id=pk)
    return Decision.objects.select_related("case__contribution").get(pk=pk)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], None),
        ([("a", "a")] * 5, None),
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -1.0),
        # Cohen's own kind of example: 20 and 15 alike, 5 and 10 not. Observed 0.7, by chance 0.5.
        ([("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15, 0.4),
    ],
)
def test_agreement_is_that_of_a_computation_by_hand(pairs: list[tuple[str, str]], expected: float | None) -> None:
    found = kappa(pairs)

    assert found == (expected if expected is None else pytest.approx(expected))


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("ab")), min_size=1))
def test_agreement_never_exceeds_one_and_is_the_same_from_both_sides(pairs: list[tuple[str, str]]) -> None:
    found, mirrored = kappa(pairs), kappa([(other, one) for one, other in pairs])

    assert found is None or found <= 1.0 + 1e-9
    assert found == mirrored if found is None else found == pytest.approx(mirrored)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 0.5, None), ([7], 0.9, 7), ([1, 2, 3, 4], 0.5, 2), (list(range(1, 11)), 0.9, 9), ([3, 1, 2], 1.0, 3)],
)
def test_a_percentile_is_one_of_the_values(values: list[float], share: float, expected: float | None) -> None:
    assert percentile(values, share) == expected


def test_times_outcomes_and_reasons_are_those_of_the_rows(topic: Topic, at: datetime) -> None:
    for hours in (1, 2, 3, 10):
        decided(topic, at, after=hours * HOUR, refused=hours == 10)
    factories.a_contribution(topic, at=at)

    found = measures(at=at + 24 * HOUR, days=30)

    assert (found.decided, found.waiting, found.oldest) == (4, 1, at)
    assert [(share.count, share.of) for share in found.outcomes] == [(3, 4), (1, 4)]
    assert [(share.label, share.percent) for share in found.reasons] == [("Personangreb", 100)]
    assert (found.reversed.of, found.reversed.percent, found.agreement) == (0, None, None)
    # What was decided before the span began is not in it.
    assert measures(at=at + timedelta(days=40), days=30).decided == 0


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(
    client: Client, topic: Topic, at: datetime, size: int, django_assert_max_num_queries: Any
) -> None:
    for step in range(size):
        decided(topic, at, after=HOUR, refused=step == 0)
    client.force_login(factories.an_official(at))
    client.get(PAGE)

    with django_assert_max_num_queries(14):
        page = shown(client.get(PAGE))

    assert "Half of all within 1 h 0 min" in page or "1 h 0 min Half of all within" in page


def test_it_shows_sums_and_no_moderator(client: Client, topic: Topic, at: datetime, moderator: User) -> None:
    decided(topic, at, after=HOUR, by=moderator)
    client.force_login(factories.an_official(at))

    page = client.get(PAGE).content.decode()

    assert moderator.display_name not in page
    assert "No appeal was decided in this span." in page
    assert client.get(f"{PAGE}?days=x").status_code == 200


def test_about_one_decision_in_twenty_is_read_again() -> None:
    chosen = sum(is_sampled(number) for number in range(10_000))

    assert 0.8 < chosen * SAMPLED / 10_000 < 1.2


def test_a_colleague_reads_it_without_being_told_and_it_counts(
    client: Client, topic: Topic, at: datetime, moderator: User
) -> None:
    decision = sampled(decided(topic, at, after=HOUR, by=moderator))
    colleague = a_colleague(at)
    client.force_login(colleague)

    page = shown(client.get(AGAIN))
    assert "Words to read" in page
    assert "Published" not in page

    client.post(AGAIN, {"decision": decision.pk, "verdict": "refuse"})
    reading = SecondReading.objects.get()
    assert (reading.reader, reading.first_reader, reading.verdict) == (colleague, moderator, "refuse")
    assert Entry.objects.get(kind="decision.reviewed").payload == "{}"
    assert "Nothing waits to be read again" in shown(client.get(AGAIN))
    decision.case.contribution.refresh_from_db()
    assert decision.case.contribution.is_published
    assert measures(at=at + 31 * HOUR, days=30).read_again == 1


def test_who_decided_or_wrote_it_cannot_by_list_by_rule_and_by_database(
    topic: Topic, at: datetime, moderator: User
) -> None:
    decision = sampled(decided(topic, at, after=HOUR, by=moderator))

    assert to_read_again(moderator) is None
    with pytest.raises(NotAllowed):
        give_second_reading(decision=decision, verdict=Verdict.PUBLISH, by=moderator, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondReading.objects.create(
            decision=decision, first_reader=moderator, reader=moderator, verdict=Verdict.PUBLISH, read_at=at
        )


def test_it_is_read_again_once(client: Client, topic: Topic, at: datetime, moderator: User) -> None:
    decision, colleague = sampled(decided(topic, at, after=HOUR, by=moderator)), a_colleague(at)
    give_second_reading(decision=decision, verdict=Verdict.PUBLISH, by=colleague, at=at)

    with pytest.raises(ReadAlready):
        give_second_reading(decision=decision, verdict=Verdict.REFUSE, by=colleague, at=at)
    client.force_login(colleague)
    late = client.post(AGAIN, {"decision": decision.pk, "verdict": "refuse"})

    assert late.status_code == 422
    assert "A colleague has read this one meanwhile" in shown(late)
    assert SecondReading.objects.get().verdict == "publish"


@pytest.mark.parametrize("verdict", ["", "maybe"])
def test_a_reading_without_a_verdict_is_asked_for(
    client: Client, topic: Topic, at: datetime, moderator: User, verdict: str
) -> None:
    decision = sampled(decided(topic, at, after=HOUR, by=moderator))
    client.force_login(a_colleague(at))

    answer = client.post(AGAIN, {"decision": decision.pk, "verdict": verdict})

    assert answer.status_code == 422
    assert "Choose what you would have done." in shown(answer)
    assert not SecondReading.objects.exists()


def test_what_its_author_took_back_is_not_read_again(topic: Topic, at: datetime, moderator: User) -> None:
    decision = sampled(decided(topic, at, after=HOUR, by=moderator))
    assert decision.outcome == Outcome.PUBLISH
    contribution = decision.case.contribution
    withdraw_contribution(contribution=contribution, by=factories.a_writer(at), at=at + 2 * HOUR)

    assert to_read_again(a_colleague(at)) is None
