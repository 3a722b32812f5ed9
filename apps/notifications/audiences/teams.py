"""Who is told that they work on a consultation now."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.accounts.models import User
from apps.consultations.enums import TEAM_MEMBER_ADDED
from apps.consultations.models import TeamMember
from apps.consultations.queries import team_members_by_ids
from apps.ledger.models import Entry

TOLD_OF_TEAMS = frozenset({TEAM_MEMBER_ADDED.name})


@dataclass(frozen=True, kw_only=True)
class TeamNews:
    """One official to tell that a colleague has taken them into a team."""

    entry: Entry
    to: User
    member: TeamMember


def team_news_in(entries: Sequence[Entry]) -> list[TeamNews]:
    """Return whom to tell what about these entries: one query, and none for none.

    Whoever drafted the consultation took in nobody but themselves, and who was taken out meanwhile hears nothing.
    """
    told = [entry for entry in entries if entry.kind in TOLD_OF_TEAMS]
    members = team_members_by_ids({entry.subject_id for entry in told}) if told else {}
    return [
        TeamNews(entry=entry, to=member.person, member=member)
        for entry in told
        if (member := members.get(entry.subject_id)) is not None and member.person.is_active and not _drafted_it(member)
    ]


def _drafted_it(member: TeamMember) -> bool:
    consultation = member.consultation
    return member.person_id == consultation.created_by_id and member.added_at == consultation.created_at
