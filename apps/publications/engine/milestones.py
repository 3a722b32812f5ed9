"""What is told of a promise."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class MilestoneText:
    """What an official says of a promise. `promise` is the label of the statement in the white paper that holds it."""

    title: str
    text: str = ""
    promise: str = ""
    owner_id: int
    department: str
    due_on: date
    status: str


def words_of_step(title: str, text: str, status: str, due_on: date, sentence: str) -> str:
    """Return what a step says in one text, of which the ledger keeps the fingerprint."""
    return "\n\x1f".join((title, text, status, due_on.isoformat(), sentence))
