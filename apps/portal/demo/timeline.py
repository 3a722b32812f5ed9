"""When things happen in the demo, given the moment of seeding; it never reads the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from apps.portal.demo.shapes import (
    Answer,
    Consultation,
    Moved,
    Published,
    Refused,
    Summary,
    Voice,
    Waiting,
    Withdrawn,
)

ZONE = ZoneInfo("Europe/Copenhagen")
DESK_OPENS = time(8, 0)
DESK_CLOSES = time(20, 0)
WITHDRAWN_AFTER = timedelta(minutes=25)
RECENT_DECIDED_AFTER = timedelta(minutes=30)

Verb = Literal["submit", "publish", "refuse", "move", "withdraw", "answer", "summarise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One action to take, at a moment; `by` is the key of the person who takes it."""

    at: datetime
    verb: Verb
    by: str
    item: Voice | Answer | Summary


def moment(*, now: datetime, day: int, clock: str = "00:00") -> datetime:
    """Return a local time of the day that lies `day` days after the day of seeding."""
    local = now.astimezone(ZONE).date() + timedelta(days=day)
    return datetime.combine(local, time.fromisoformat(clock), tzinfo=ZONE)


def received_at(voice: Voice, *, now: datetime) -> datetime:
    """Return when the contribution was sent."""
    if voice.hours_ago:
        return (now.astimezone(UTC) - timedelta(hours=voice.hours_ago)).astimezone(ZONE)
    return moment(now=now, day=-voice.days_ago, clock=voice.time)


def decided_at(voice: Voice, *, now: datetime) -> datetime | None:
    """Return when it was decided or withdrawn, None while it waits.

    Moderators need 40 to 129 minutes in their hours; what comes later is read at half past eight.
    """
    received = received_at(voice, now=now)
    if isinstance(voice.outcome, Waiting):
        return None
    if isinstance(voice.outcome, Withdrawn):
        return received + WITHDRAWN_AFTER
    if voice.hours_ago:
        return received + RECENT_DECIDED_AFTER
    spread = (received.hour * 7 + received.minute) % 90
    if DESK_OPENS <= received.time() < DESK_CLOSES:
        return received + timedelta(minutes=40 + spread)
    day = received.date() + timedelta(days=received.time() >= DESK_CLOSES)
    return datetime.combine(day, time(8, 30), tzinfo=ZONE) + timedelta(minutes=spread // 3)


def steps(consultation: Consultation, *, now: datetime) -> tuple[Step, ...]:
    """Return everything that people do in the consultation, in the order of time.

    A `move` stands for moving and then publishing in the new topic. Nothing lies after `now`.
    """
    found: list[Step] = []
    for voice in consultation.voices:
        found.extend(_voice_steps(voice, now=now))
    for answer in consultation.answers:
        at = moment(now=now, day=-answer.days_ago, clock=answer.time)
        found.append(Step(at=at, verb="answer", by=answer.official, item=answer))
    if consultation.summary is not None:
        summary = consultation.summary
        at = moment(now=now, day=-summary.days_ago, clock=summary.time)
        found.append(Step(at=at, verb="summarise", by=summary.official, item=summary))
    return tuple(sorted(found, key=lambda step: step.at.timestamp()))


def _voice_steps(voice: Voice, *, now: datetime) -> list[Step]:
    submit = Step(at=received_at(voice, now=now), verb="submit", by=voice.author, item=voice)
    decided = decided_at(voice, now=now)
    if decided is None:
        return [submit]
    verb = _verb(voice)
    by = voice.author if verb == "withdraw" else voice.moderator
    return [submit, Step(at=decided, verb=verb, by=by, item=voice)]


def _verb(voice: Voice) -> Verb:
    match voice.outcome:
        case Refused():
            return "refuse"
        case Moved():
            return "move"
        case Withdrawn():
            return "withdraw"
        case Published() | Waiting():
            return "publish"
