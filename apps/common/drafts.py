"""Texts that wait for their writers to log in: kept in the session of one device, and nowhere else.

A draft has passed the checks of its form before it comes here, so nothing stands in a session that may not be stored.
"""

from collections.abc import Mapping, MutableMapping
from datetime import datetime
from typing import Any

Session = MutableMapping[str, Any]

DRAFTS = "drafts"
AFTER_LOGIN = "after_login"
MOST = 5
LONGEST = 10_000


def keep_draft(session: Session, place: object, fields: Mapping[str, str], *, back: str, at: datetime) -> None:
    """Keep what was typed for a place, and lead there after the next log-in. Of more than five the oldest goes.

    `fields` must hold the text as `body`; one that is longer than any that can be sent is not kept.
    """
    if len(fields.get("body", "")) > LONGEST:
        return
    drafts = {name: draft for name, draft in _drafts(session).items() if name != str(place)}
    kept = list(drafts.items())[-(MOST - 1) :]
    session[DRAFTS] = dict([*kept, (str(place), {**fields, "saved_at": at.isoformat(timespec="seconds")})])
    session[AFTER_LOGIN] = back


def draft_at(session: Session, place: object) -> dict[str, str] | None:
    """Return what is kept for a place, or None."""
    return _drafts(session).get(str(place))


def kept_drafts(session: Session) -> dict[str, dict[str, str]]:
    """Return everything that is kept, by the place it was written for, oldest first."""
    return dict(_drafts(session))


def forget_draft(session: Session, place: object) -> None:
    """Let go of what was kept for a place: it was sent, or its writer threw it away."""
    drafts = _drafts(session)
    if drafts.pop(str(place), None) is not None:
        session[DRAFTS] = drafts
        arrive(session)


def move_draft(session: Session, place: object, to: object) -> None:
    """Keep for another place what was kept for one that is not there any more; what is kept there already stays."""
    drafts = _drafts(session)
    if str(place) in drafts and str(to) not in drafts:
        drafts[str(to)] = drafts.pop(str(place))
        session[DRAFTS] = drafts


def arrive(session: Session) -> None:
    """Lead nowhere any more after the next log-in: the writer has come back to the text."""
    if AFTER_LOGIN in session:
        del session[AFTER_LOGIN]


def way_back(session: Session) -> str | None:
    """Return where a kept text waits, if its writer has not come back to it since."""
    found: str | None = session.get(AFTER_LOGIN)
    return found


def latest_draft(session: Session) -> str:
    """Return the text that was kept last, for a page that tells its writer so; empty if none waits for a log-in."""
    drafts = _drafts(session)
    return list(drafts.values())[-1].get("body", "") if drafts and way_back(session) else ""


def _drafts(session: Session) -> dict[str, dict[str, str]]:
    return dict(session.get(DRAFTS) or {})
