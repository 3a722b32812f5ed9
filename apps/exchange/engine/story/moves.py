"""Moves between consultations, as each of the two tells them."""

from datetime import datetime

from apps.discussions.enums import (
    CONTRIBUTION_MOVED_BACK,
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
    staying = [reply for reply in under if not reply.is_moved_away]
    expect([reply.number for reply in staying] == told.facts["stayed"], told, "other replies stayed than it tells")
    for reply in staying:
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


def _moved_back(story: ConsultationStory, told: Told) -> None:
    """The number has its text again, as it was when it left, and what became a root then stands under it."""
    contribution, facts = standing(story, told, ContributionStatus.MOVED), told.facts
    expect(facts["status"] in MOVABLE, told, f"nobody moves what is {facts['status']}")
    expect(facts["version"] == contribution.version, told, "another version came back than was moved")
    expect(facts["fingerprint"] == contribution.fingerprints[-1], told, "another text came back than was moved")
    expect(facts["root"] == contribution.root, told, "it stands under another root than before")
    expect(facts["in_reply_to"] == contribution.in_reply_to, told, "it answers something else than before")
    contribution.status = facts["status"]
    contribution.decided_at = told.at if contribution.is_published else None
    contribution.unread_since = datetime.fromisoformat(facts["unread_since"]) if facts["unread_since"] else None
    asked = story.numbers.get(contribution.in_reply_to or 0)
    if asked is not None and contribution.kind == ContributionKind.ANSWER:
        asked.answered_at = asked.answered_at or contribution.received_at
    rejoined = [story.numbers[number] for number in facts["rejoined"]]
    expect(all(row.topic_id == contribution.topic_id for row in rejoined), told, "what rejoined it stood elsewhere")
    for row in rejoined:
        row.root, row.replies = contribution.number, []
    contribution.replies = sorted({*contribution.replies, *facts["rejoined"]})


CHAPTERS: dict[str, Chapter] = {
    CONTRIBUTION_MOVED_OUT.name: _moved_away,
    CONTRIBUTION_MOVED_IN.name: _moved_here,
    CONTRIBUTION_MOVED_BACK.name: _moved_back,
}
