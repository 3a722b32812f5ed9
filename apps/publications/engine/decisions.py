"""What a meeting that treats the case says, as one text."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class CaseMeetingText:
    """What an official tells of a meeting at which the case is treated."""

    held_by: str
    name: str
    held_on: date
    agenda_url: str = ""
    outcome: str = ""
    decided: str = ""
    minority: str = ""
    changes: str = ""
    is_final: bool = False
    guidance: str = ""
    complain_until: date | None = None


class AnyCaseMeeting(Protocol):
    """What is told of a meeting."""

    held_by: str
    name: str
    held_on: date
    agenda_url: str
    outcome: str
    decided: str
    minority: str
    changes: str
    is_final: bool
    guidance: str
    complain_until: date | None


def words_of_meeting(meeting: AnyCaseMeeting) -> str:
    """Return all that it says in one text: two that say the same are the same, and the ledger keeps its fingerprint."""
    last_day = meeting.complain_until.isoformat() if meeting.complain_until else ""
    said = (
        meeting.held_by, meeting.name, meeting.held_on.isoformat(), meeting.agenda_url, meeting.outcome,
        meeting.decided, meeting.minority, meeting.changes, "final" if meeting.is_final else "", meeting.guidance,
        last_day,
    )  # fmt: skip
    return "\n\x1f".join(said)
