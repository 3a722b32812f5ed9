"""An entry holds what its kind declares and nothing personal, and is announced once, after the commit."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from apps.accounts.rules import THE_SYSTEM, as_citizen
from apps.consultations.enums import PHASE_SET, TOPIC_ADDED
from apps.ledger.actions import Fact, record, record_many
from apps.ledger.enums import Kind
from apps.ledger.errors import UnfitEntry
from apps.ledger.models import Entry, EntryActor, Unplaced
from apps.ledger.signals import entry_recorded
from apps.municipality.models import District
from tests import personas
from tests.ledger.entries import a_draft, roll_back_an_entry, some_entries

SUBJECT = District(pk=7)


@pytest.fixture
def announced() -> Iterator[list[list[str]]]:
    """What the signal said, call by call."""
    heard: list[list[str]] = []

    def hear(kinds: list[str], **_: Any) -> None:
        heard.append(kinds)

    entry_recorded.connect(hear)
    yield heard
    entry_recorded.disconnect(hear)


@pytest.mark.django_db(transaction=True)
def test_an_entry_needs_the_transaction_of_its_change(at: datetime) -> None:
    with pytest.raises(UnfitEntry, match="transaction"):
        record_many([a_draft(at=at)])

    assert Entry.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"slug": "wind", "extra": 1},
        {"name": "wind"},
        {"slug": "x" * 201},
        {"slug": "una@example.org"},
        {"slug": 1.5},
        {"slug": {"a": 1}},
        {"slug": ["wind"]},
        {"slug": b"wind"},
    ],
)
def test_facts_are_those_of_the_kind_and_short_codes(facts: dict[str, Any], at: datetime) -> None:
    with pytest.raises(UnfitEntry, match=r"topic\.added"), transaction.atomic():
        record(TOPIC_ADDED, subject=SUBJECT, by=THE_SYSTEM, at=at, facts=facts)

    assert Entry.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["x" * 200, "", "blåbær 風", 0, -1, True, None, [], [1, 2]])
def test_a_fact_is_a_code_a_number_a_flag_or_a_list_of_numbers(value: Fact, at: datetime) -> None:
    entry = record(TOPIC_ADDED, subject=SUBJECT, by=THE_SYSTEM, at=at, facts={"slug": value})

    assert Entry.objects.get(pk=entry.pk).payload == entry.payload


@pytest.mark.django_db
def test_no_entry_of_a_batch_is_kept_when_one_is_unfit(at: datetime) -> None:
    with pytest.raises(UnfitEntry), transaction.atomic():
        record_many([a_draft(at=at), a_draft(at=at, phases="x" * 201)])  # type: ignore[arg-type]

    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_who_acted_stands_beside_the_entry_and_not_in_it(at: datetime) -> None:
    una = personas.unverified(at=at)
    entry = record(PHASE_SET, subject=SUBJECT, by=as_citizen(una), at=at, consultation_id=3, facts={"phases": 2})

    kept = Entry.objects.get(pk=entry.pk)
    assert EntryActor.objects.get(entry=kept).person_id == una.pk
    assert (kept.kind, kept.at, kept.actor_role, kept.subject, kept.subject_id, kept.consultation_id, kept.payload) == (
        "phase.set",
        at,
        "citizen",
        "district",
        7,
        3,
        '{"phases":2}',
    )
    assert Unplaced.objects.filter(entry=kept).exists()


@pytest.mark.django_db
def test_programs_act_as_nobody(at: datetime) -> None:
    some_entries(2, at=at)

    assert EntryActor.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_entries_are_announced_once_after_the_commit(announced: list[list[str]], at: datetime) -> None:
    with transaction.atomic():
        record_many([a_draft(at=at), a_draft(at=at)])
        assert announced == []

    assert announced == [["phase.set"]]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_announced(announced: list[list[str]], at: datetime) -> None:
    with pytest.raises(ZeroDivisionError):
        roll_back_an_entry(at=at)

    assert announced == []
    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_step_inside_a_kept_change_is_not_announced(announced: list[list[str]], at: datetime) -> None:
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError):
            roll_back_an_entry(at=at)
        record(TOPIC_ADDED, subject=SUBJECT, by=THE_SYSTEM, at=at, facts={"slug": "wind"})

    assert announced == [["topic.added"]]


@pytest.mark.django_db(transaction=True)
def test_no_listener_can_undo_what_is_recorded(at: datetime) -> None:
    """A listener runs after the commit: when it fails, the change stands."""

    def stumble(**_: Any) -> None:
        raise ZeroDivisionError

    entry_recorded.connect(stumble)
    try:
        with pytest.raises(ZeroDivisionError):
            some_entries(1, at=at)
    finally:
        entry_recorded.disconnect(stumble)

    assert Entry.objects.count() == 1


@pytest.mark.parametrize("name", ["publish", "Contribution.published", "contribution.", "contribution.published.twice"])
def test_kinds_have_a_name_of_two_words(name: str) -> None:
    with pytest.raises(ValueError, match="Not a new kind"):
        Kind(name, "Something happened.")


def test_a_kind_is_declared_once() -> None:
    with pytest.raises(ValueError, match="Not a new kind"):
        Kind("phase.set", "Something else happened.")
