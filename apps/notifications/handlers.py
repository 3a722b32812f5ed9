"""What the app does when entries were recorded: nudge the sweeps that write mail about them."""

from typing import Any

from apps.common.nudge import nudge
from apps.consultations.enums import PARTY_INVITED
from apps.discussions.enums import SENDER_FORGOTTEN
from apps.ledger.signals import entry_recorded
from apps.notifications.audiences import (
    TOLD_OF_ACCOUNT,
    TOLD_OF_CASES,
    TOLD_OF_PAUSES,
    TOLD_OF_RESIDENCY,
    TOLD_TO_FOLLOWERS,
)
from apps.notifications.audiences.answers import TOLD_OF_ANSWERS
from apps.notifications.audiences.followed import TOLD_BY_ENTRIES
from apps.notifications.audiences.meetings import TOLD_OF_MEETINGS
from apps.notifications.audiences.notices import TOLD_OF_NOTICES
from apps.notifications.audiences.papers import TOLD_OF_OBJECTIONS, TOLD_OF_PAPERS
from apps.notifications.audiences.proposals import TOLD_OF_PROPOSALS
from apps.notifications.audiences.senders import TOLD_TO_SENDERS
from apps.notifications.audiences.teams import TOLD_OF_TEAMS
from apps.notifications.queries import TOLD
from apps.notifications.tasks import tell_those_who_follow, write_mail


def listen() -> None:
    """Connect this app to the ledger's signal."""
    entry_recorded.connect(_nudge_writer, dispatch_uid="notifications")


def _nudge_writer(*, kinds: list[str], **_: Any) -> None:
    of_people = TOLD | TOLD_OF_RESIDENCY | TOLD_OF_ACCOUNT | TOLD_OF_CASES | TOLD_OF_PAUSES
    told = of_people | TOLD_OF_MEETINGS | TOLD_OF_TEAMS | TOLD_BY_ENTRIES | TOLD_OF_PROPOSALS | {PARTY_INVITED.name}
    told |= TOLD_OF_ANSWERS | TOLD_OF_NOTICES | TOLD_TO_SENDERS | {SENDER_FORGOTTEN.name}
    told |= TOLD_OF_PAPERS | TOLD_OF_OBJECTIONS
    if told.intersection(kinds):
        nudge(write_mail)
    if TOLD_TO_FOLLOWERS.intersection(kinds):
        nudge(tell_those_who_follow)
