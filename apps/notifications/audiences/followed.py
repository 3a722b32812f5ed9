"""Who is told of a new version of what is proposed, a meeting and a promise: those who follow the consultation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from apps.consultations.enums import (
    MEETING_ANNOUNCED,
    MEETING_CALLED_OFF,
    MEETING_REVISED,
    PROPOSAL_PUBLISHED,
    ConsultationKind,
)
from apps.consultations.models import Meeting, ProposalVersion
from apps.consultations.queries import meetings_by_ids, versions_in_force
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.notifications.audiences.meetings import is_worth_a_mail
from apps.notifications.models import Follow
from apps.publications.enums import MILESTONE_ADDED, MILESTONE_CHANGED
from apps.publications.models import MilestoneStep
from apps.publications.queries.milestones import steps_to_tell

OF_MEETINGS = frozenset(kind.name for kind in (MEETING_ANNOUNCED, MEETING_REVISED, MEETING_CALLED_OFF))
OF_PROMISES = frozenset({MILESTONE_ADDED.name, MILESTONE_CHANGED.name})
TOLD_BY_ENTRIES = OF_MEETINGS | OF_PROMISES | {PROPOSAL_PUBLISHED.name}


@dataclass(frozen=True, kw_only=True)
class FollowedNews:
    """One thing to tell who follows a consultation: a new version of what is proposed, a meeting, or a promise."""

    entry: Entry
    follow: Follow
    version: ProposalVersion | None = None
    meeting: Meeting | None = None
    step: MilestoneStep | None = None


def followed_news_in(entries: Sequence[Entry]) -> list[FollowedNews]:
    """Return whom to tell what about these entries, in their order: five queries at most, and none for none.

    What is no longer so is not told, nor what is not public, nor what stood there before they began to follow. Who has
    signed up for a meeting hears of its changes in a mail of its own.
    """
    told = [entry for entry in entries if entry.kind in TOLD_BY_ENTRIES]
    if not told:
        return []
    meetings = meetings_by_ids({entry.subject_id for entry in told if entry.kind in OF_MEETINGS})
    versions = versions_in_force({entry.subject_id for entry in told if entry.kind == PROPOSAL_PUBLISHED.name})
    follows = _follows_of({entry.consultation_id for entry in told if entry.consultation_id})
    steps = steps_to_tell({entry.subject_id for entry in told if entry.kind in OF_PROMISES})
    return [news for entry in told for news in _news_in(entry, meetings, versions, steps, follows)]


def _follows_of(consultations: set[int]) -> list[Follow]:
    found = Follow.objects.filter(consultation__in=consultations, person__is_active=True)
    return list(found.select_related("person", "consultation").order_by("pk"))


def _news_in(
    entry: Entry,
    meetings: dict[int, Meeting],
    versions: dict[int, ProposalVersion],
    steps: dict[tuple[int, datetime], MilestoneStep],
    follows: Sequence[Follow],
) -> Iterator[FollowedNews]:
    if entry.kind not in OF_PROMISES:
        yield from _news_of(entry, meetings, versions, follows)
        return
    step = steps.get((entry.subject_id, entry.at))
    for follow in follows:
        is_theirs = follow.consultation_id == entry.consultation_id and follow.since <= entry.at
        if step is not None and is_theirs and follow.consultation.is_published:
            yield FollowedNews(entry=entry, follow=follow, step=step)


def _news_of(
    entry: Entry, meetings: dict[int, Meeting], versions: dict[int, ProposalVersion], follows: Sequence[Follow]
) -> Iterator[FollowedNews]:
    meeting = meetings.get(entry.subject_id) if entry.kind in OF_MEETINGS else None
    version = versions.get(entry.subject_id) if entry.kind == PROPOSAL_PUBLISHED.name else None
    if not (_is_news_of_meeting(entry, meeting) or _is_new_version(entry, version)):
        return
    coming = {row.person_id for row in meeting.sign_ups.all()} if meeting else set()
    for follow in follows:
        is_theirs = follow.consultation_id == entry.consultation_id and follow.since <= entry.at
        # The suggestion box and news have versions of their words, and propose nothing.
        concerns = version is None or follow.consultation.kind == ConsultationKind.HEARING
        if is_theirs and concerns and follow.consultation.is_published and follow.person_id not in coming:
            yield FollowedNews(entry=entry, follow=follow, version=version, meeting=meeting)


def _is_news_of_meeting(entry: Entry, meeting: Meeting | None) -> bool:
    if meeting is None or _went_with_the_hearing(meeting):
        return False
    if meeting.is_called_off != (entry.kind == MEETING_CALLED_OFF.name):
        return False
    return entry.kind != MEETING_REVISED.name or is_worth_a_mail(facts_of(entry))


def _went_with_the_hearing(meeting: Meeting) -> bool:
    """Tell whether it was called off by cancelling its hearing: one mail tells that of all its meetings."""
    cancelled_at = meeting.consultation.cancelled_at
    return cancelled_at is not None and meeting.called_off_at == cancelled_at


def _is_new_version(entry: Entry, version: ProposalVersion | None) -> bool:
    """The first version comes with the publication, and of several only the last is told."""
    return version is not None and version.version > 1 and facts_of(entry)["version"] == version.version
