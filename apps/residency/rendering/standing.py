"""Where somebody stands on the way to the badge, as their page shows it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.queries import has_confirmed_address
from apps.residency.enums import EndReason, LetterStatus, ResidencyStatus
from apps.residency.models import Letter, Residency
from apps.residency.queries import RENEWED_WITHIN, latest_letter, residencies_of, runs_out_soon


class State(StrEnum):
    """What a person's page says first."""

    UNCONFIRMED = "unconfirmed"
    OPEN = "open"
    WAITING = "waiting"
    VERIFIED = "verified"
    EXPIRED = "expired"


STEPS: tuple[str | Promise, ...] = (_("Account"), _("Where you live"), _("Badge"))
STEP_OF = {State.UNCONFIRMED: 0, State.OPEN: 1, State.EXPIRED: 1, State.WAITING: 2, State.VERIFIED: 3}
# Ends that somebody else decided: the person reads why.
DECIDED = (EndReason.MOVED_AWAY, EndReason.MISTAKE, EndReason.DOUBLE, EndReason.MISUSE, EndReason.DECLINED)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a person stands. `residency` is the one that has not ended, `ended` the last one if that is news."""

    state: State
    residency: Residency | None
    ended: Residency | None
    letter: Letter | None
    letter_state: LetterStatus | None
    soon: bool
    renewable_from: datetime | None

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The three steps, for the line above the page."""
        here = STEP_OF[self.state]
        states = ["done" if step < here else "now" if step == here else "next" for step in range(len(STEPS))]
        return [{"title": title, "state": state, "share": 10} for title, state in zip(STEPS, states, strict=True)]

    @property
    def chooses(self) -> bool:
        """A way to show where they live can be chosen now."""
        return self.state in {State.OPEN, State.EXPIRED} or (self.state == State.VERIFIED and self.soon)


def standing_of(person: User, *, at: datetime) -> Standing:
    """Return where the person stands at that moment."""
    rows = residencies_of(person)
    residency = next((row for row in rows if row.status != ResidencyStatus.ENDED), None)
    last = rows[0] if rows and residency is None else None
    letter = latest_letter(person)
    soon = residency is not None and runs_out_soon(residency, at=at)
    return Standing(
        state=_state(person, residency, at),
        residency=residency,
        ended=last if last and last.end_reason in {*DECIDED, EndReason.MOVED_ACCOUNT} else None,
        letter=letter,
        letter_state=letter.state_at(at) if letter else None,
        soon=soon,
        renewable_from=residency.expires_at - RENEWED_WITHIN if residency else None,
    )


def _state(person: User, residency: Residency | None, at: datetime) -> State:
    if residency is not None and residency.expires_at <= at:
        return State.EXPIRED
    if residency is not None:
        return State.VERIFIED if residency.status == ResidencyStatus.ACTIVE else State.WAITING
    return State.OPEN if has_confirmed_address(person) else State.UNCONFIRMED
