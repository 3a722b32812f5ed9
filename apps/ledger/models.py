"""The ledger's tables: entries that nobody can change, their positions, and who acted beside them."""

from typing import NamedTuple

from django.db import models

from apps.ledger.enums import ActorRole

SEQUENCER = "sequencer"
"""The reader that gives the positions: how far it has come is the last position given."""


class Actor(NamedTuple):
    """Who acts: a role that is public, and a person's id that is not."""

    role: ActorRole
    person_id: int | None = None


class Entry(models.Model):
    """One fact about the forum. The database itself refuses to update or delete it."""

    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor_role = models.CharField(max_length=20, choices=ActorRole.choices)
    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    consultation_id = models.BigIntegerField(null=True)
    topic_id = models.BigIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    payload = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["consultation_id", "id"], name="ledger_entry_by_consultation"),
            models.Index(fields=["topic_id", "id"], name="ledger_entry_by_topic"),
            models.Index(fields=["subject", "subject_id", "id"], name="ledger_entry_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.subject_id}"


class EntryActor(models.Model):
    """Which person acted. Erasing the row loses the person and keeps the proof."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="person")
    person_id = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"person of entry {self.entry_id}"


class Position(models.Model):
    """The gapless place of an entry in the ledger, given once, after its commit."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="place")

    def __str__(self) -> str:
        return str(self.position)


class Unplaced(models.Model):
    """An entry that has no position yet: the sequencer's work, written with the entry and gone with its position."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="waiting")

    def __str__(self) -> str:
        return f"entry {self.entry_id} waits for its position"


class Reader(models.Model):
    """How far a reader of the ledger has come."""

    name = models.CharField(max_length=60, primary_key=True)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} at {self.position}"
