"""Changes to entries behind the house's back."""

from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace

from django.db import connection

from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry, EntryActor, Position, Reader, Unplaced

Change = Callable[[], object]


def lift_triggers() -> None:
    """Take away what guards the ledger; the end of the test puts it back."""
    triggers = import_module("apps.ledger.migrations.0002_refuse_changes")
    with connection.cursor() as cursor:
        triggers.allow_changes(None, SimpleNamespace(connection=connection, execute=cursor.execute))


def entry(kind: str, number: int | None = None) -> Entry:
    found = Entry.objects.filter(kind=kind)
    return found.filter(number=number).order_by("pk")[0] if number else found.order_by("pk")[0]


def change_entry(told: str, of: int | None = None, /, **changes: object) -> Change:
    return lambda: Entry.objects.filter(pk=entry(told, of).pk).update(**changes)


def remove_entry(kind: str, number: int | None = None) -> Change:
    """Take an entry out as if it had never been: the positions after it move up, and nobody acted."""

    def remove() -> None:
        gone = entry(kind, number)
        EntryActor.objects.filter(entry=gone).delete()
        last = Position.objects.order_by("-pk")[0]
        freed = Position.objects.get(entry=gone)
        moved = list(Position.objects.filter(pk__gt=freed.pk).order_by("pk").values_list("pk", "entry_id"))
        Position.objects.filter(pk__gte=freed.pk)._raw_delete("default")
        Position.objects.bulk_create(Position(pk=pk - 1, entry_id=other) for pk, other in moved)
        Entry.objects.filter(pk=gone.pk)._raw_delete("default")
        Reader.objects.filter(pk="sequencer").update(position=last.pk - 1)

    return remove


def repeat_entry(kind: str, number: int | None = None) -> Change:
    """Record an entry a second time, as if the change had been told twice."""

    def repeat() -> None:
        copy = entry(kind, number)
        copy.pk = None
        copy.save(force_insert=True)
        Unplaced.objects.create(entry=copy)
        sequence_entries()

    return repeat
