"""Moves between consultations, as each of the two tells them."""

from datetime import datetime

from apps.discussions.enums import (
    CONTRIBUTION_MOVED_IN,
    CONTRIBUTION_MOVED_OUT,
    ContributionKind,
    ContributionStatus,
)
from apps.exchange.engine.story.contributions import next_number
from apps.exchange.engine.story.shapes import Chapter, ConsultationStory, ContributionStory, Told, expect, standing

MOVABLE = (ContributionStatus.WAITING, ContributionStatus.PUBLISHED)


def _moved_away(story: ConsultationStory, told: Told) -> None:
    """The number stays where it is, and what stood under it and was not moved away as well becomes a root."""
    contribution = standing(story, told, *MOVABLE)
    contribution.status, contribution.decided_at, contribution.answered_at = ContributionStatus.MOVED, told.at, None
    contribution.unread_since, contribution.letter = None, None
    story.agreed.pop(contribution.number, None)
    under = [story.numbers[number] for number in contribution.replies]
    for reply in under:
        if not reply.is_moved_away:
            reply.root = reply.number
    contribution.replies = [reply.number for reply in under if reply.is_moved_away]


def _moved_here(story: ConsultationStory, told: Told) -> None:
    number, facts = next_number(story, told), told.facts
    root, asked = facts["root"], story.numbers.get(facts["in_reply_to"] or 0)
    expect(facts["status"] in MOVABLE, told, f"nobody moves what is {facts['status']}")
    expect(not facts["in_reply_to"] or asked is not None, told, "what it answers was never received")
    is_published = facts["status"] == ContributionStatus.PUBLISHED
    made = ContributionStory(
        number=number,
        subject_id=told.subject_id,
        topic_id=told.topic_id or 0,
        root=root,
        in_reply_to=facts["in_reply_to"],
        kind=facts["kind"],
        status=facts["status"],
        received_at=datetime.fromisoformat(facts["received_at"]),
        fingerprints=[*[None] * (facts["version"] - 1), facts["fingerprint"]],
        decided_at=told.at if is_published else None,
        unread_since=datetime.fromisoformat(facts["unread_since"]) if facts["unread_since"] else None,
        former=facts["former"],
        came_late=facts.get("late", False),
    )
    if root != number:
        above = story.numbers.get(root)
        stands = above is not None and (above.root, above.topic_id) == (root, made.topic_id)
        expect(stands, told, f"no. {root}, under which it stands, is no root of its topic")
        story.numbers[root].replies.append(number)
    if asked is not None and made.kind == ContributionKind.ANSWER:
        asked.answered_at = asked.answered_at or made.received_at
    story.numbers[number] = made


CHAPTERS: dict[str, Chapter] = {
    CONTRIBUTION_MOVED_OUT.name: _moved_away,
    CONTRIBUTION_MOVED_IN.name: _moved_here,
}
