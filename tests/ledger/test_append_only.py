"""The database itself refuses to change or take away what the ledger holds."""

from datetime import datetime

import pytest
from django.db import DatabaseError, connection, models, transaction

from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry, Position
from tests.ledger.entries import an_entry

pytestmark = pytest.mark.django_db

TABLES = [Entry, Position]
CHANGES = {
    "update": "UPDATE {table} SET {column} = {column}",
    "update of one": "UPDATE {table} SET {column} = {column} WHERE {key} = (SELECT MAX({key}) FROM {table})",
    "delete": "DELETE FROM {table}",
    "delete of one": "DELETE FROM {table} WHERE {key} = (SELECT MAX({key}) FROM {table})",
}


def statement(pattern: str, table: type[models.Model]) -> str:
    column = "entry_id" if table is Position else "payload"
    return pattern.format(table=table._meta.db_table, column=column, key=table._meta.pk.column)


@pytest.fixture
def entry(at: datetime) -> Entry:
    made = an_entry(at=at)
    sequence_entries()
    return made


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_sql_cannot_change_the_ledger(entry: Entry, table: type[models.Model], change: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement(change, table))

    assert list(Entry.objects.values_list("payload", flat=True)) == [entry.payload]
    assert list(Position.objects.values_list("entry_id", flat=True)) == [entry.pk]


@pytest.mark.service
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", TABLES)
def test_sql_cannot_truncate_the_ledger(entry: Entry, table: type[models.Model]) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table._meta.db_table} CASCADE")

    assert Entry.objects.filter(pk=entry.pk).exists()


def test_models_cannot_change_an_entry(entry: Entry) -> None:
    entry.kind = "contribution.published"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(payload="{}")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.all()._raw_delete("default")

    assert Entry.objects.get(pk=entry.pk).kind == "phase.set"


def test_an_entry_can_be_read_while_its_person_is_erased(entry: Entry) -> None:
    """Who acted stands in a table of its own, which is not guarded: erasing it touches no entry."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_entryactor")

    assert Entry.objects.filter(pk=entry.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_again_after_a_test_with_real_commits(at: datetime) -> None:
    """Run twice: the first run's flush took its entry away, and the second one's entry is guarded all the same."""
    an_entry(at=at)

    with pytest.raises(DatabaseError, match="append-only"):
        Entry.objects.all()._raw_delete("default")
    assert Entry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_of_the_test_before(at: datetime) -> None:
    test_the_guards_stand_again_after_a_test_with_real_commits(at)
