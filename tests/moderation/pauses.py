"""Pauses in somebody's writing for tests, made through the house's own actions."""

from datetime import datetime

from apps.accounts.models import User
from apps.discussions.models import Contribution, WritingPause
from apps.moderation.actions import PauseRuling, pause_person, submit_pause_appeal
from apps.moderation.models import PauseAppeal
from tests import factories
from tests.moderation.desk import a_reason

TO_THEM = "planted-sentence to who is paused"
NOTED = "planted-facts about who is paused"
SAID = "planted-words against a pause"


def a_ruling(**changes: object) -> PauseRuling:
    """Return a moderator's decision to pause somebody's writing for three days in one consultation."""
    facts = {"days": 3, "is_everywhere": False, "reason": a_reason(), "sentence": TO_THEM, "internal_facts": NOTED}
    return PauseRuling(**facts | changes)  # type: ignore[arg-type]


def a_pause(text: Contribution, *, at: datetime, by: User | None = None, **changes: object) -> WritingPause:
    """Return a pause in the writing of a text's author."""
    moderator = by or factories.a_moderator(at)
    return pause_person(contribution=text, ruling=a_ruling(**changes), by=moderator, at=at)


def an_appeal_against(pause: WritingPause, *, at: datetime) -> PauseAppeal:
    """Return the person's appeal."""
    return submit_pause_appeal(pause=pause, text=SAID, by=pause.person, at=at)
