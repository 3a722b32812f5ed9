"""Who is told that they work on a consultation now, and of the reviews of its draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.accounts.models import User
from apps.consultations.enums import REVIEW_APPROVED, REVIEW_ASKED, REVIEW_SENT_BACK, TEAM_MEMBER_ADDED
from apps.consultations.models import Review, TeamMember
from apps.consultations.queries import reviews_by_ids, team_members_by_ids, team_of
from apps.ledger.models import Entry

TOLD_OF_REVIEWS = frozenset({REVIEW_ASKED.name, REVIEW_APPROVED.name, REVIEW_SENT_BACK.name})
TOLD_OF_TEAMS = TOLD_OF_REVIEWS | {TEAM_MEMBER_ADDED.name}


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
    told = [entry for entry in entries if entry.kind == TEAM_MEMBER_ADDED.name]
    members = team_members_by_ids({entry.subject_id for entry in told}) if told else {}
    return [
        TeamNews(entry=entry, to=member.person, member=member)
        for entry in told
        if (member := members.get(entry.subject_id)) is not None and member.person.is_active and not _drafted_it(member)
    ]


def _drafted_it(member: TeamMember) -> bool:
    consultation = member.consultation
    return member.person_id == consultation.created_by_id and member.added_at == consultation.created_at


@dataclass(frozen=True, kw_only=True)
class ReviewNews:
    """One thing to tell about a review: to the others that it is asked for, to who asked what came of it."""

    entry: Entry
    to: User
    review: Review


def review_news_in(entries: Sequence[Entry]) -> list[ReviewNews]:
    """Return whom to tell what about reviews of drafts: one query, one more for each that is asked for, none for none.

    What has been decided since is not asked for any more, and a published draft is no draft.
    """
    told = [entry for entry in entries if entry.kind in TOLD_OF_REVIEWS]
    reviews = reviews_by_ids({entry.subject_id for entry in told}) if told else {}
    return [
        ReviewNews(entry=entry, to=person, review=review)
        for entry in told
        if (review := reviews.get(entry.subject_id)) is not None and not review.consultation.is_published
        for person in _told_of(entry, review)
    ]


def _told_of(entry: Entry, review: Review) -> list[User]:
    if entry.kind == REVIEW_ASKED.name:
        members = team_of(review.consultation) if review.waits else []
        return [one.person for one in members if vars(one)["is_in_force"] and one.person_id != review.asked_by_id]
    asker = review.asked_by
    return [asker] if asker is not None and asker.is_active else []
