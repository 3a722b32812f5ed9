"""What moderators decide about a contribution, as its entries tell it."""

from apps.consultations.enums import ModerationMode
from apps.discussions.enums import (
    CONTRIBUTION_CLEARED,
    CONTRIBUTION_ERASED,
    CONTRIBUTION_HIDDEN,
    CONTRIBUTION_MOVED,
    CONTRIBUTION_PUBLISHED,
    CONTRIBUTION_PUBLISHED_UNREAD,
    CONTRIBUTION_REDACTED,
    CONTRIBUTION_REFUSED,
    CONTRIBUTION_REOPENED,
    CONTRIBUTION_RESTORED,
    CONTRIBUTION_RETURNED,
    CONTRIBUTION_REVIEWED,
    CONTRIBUTION_UNREAD_AGAIN,
    CONTRIBUTION_UNREDACTED,
    ContributionKind,
    ContributionStatus,
)
from apps.exchange.engine.story.contributions import wait_again
from apps.exchange.engine.story.shapes import (
    Chapter,
    ConsultationStory,
    ContributionStory,
    Told,
    expect,
    known,
    standing,
)

KEPT_BACK = (ContributionStatus.REFUSED, ContributionStatus.HIDDEN)


def _published(story: ConsultationStory, told: Told) -> None:
    contribution = _decided(story, told, ContributionStatus.PUBLISHED)
    expect(told.facts["fingerprint"] == contribution.fingerprints[-1], told, "another text was published than received")


def _published_unread(story: ConsultationStory, told: Told) -> None:
    """Only in the moment of its receipt, and only where the consultation publishes first."""
    expect(story.mode == ModerationMode.AFTER, told, "here moderators read before")
    _published(story, told)
    contribution = known(story, told)
    expect(contribution.version == 1 and told.at == contribution.received_at, told, "it had been waiting before")
    contribution.unread_since = told.at


def _reviewed(story: ConsultationStory, told: Told) -> None:
    contribution = standing(story, told, ContributionStatus.PUBLISHED)
    expect(contribution.unread_since is not None, told, "it did not wait to be read")
    expect(told.facts["version"] == contribution.version, told, "another version was read than the last")
    contribution.unread_since = None


def _unread_again(story: ConsultationStory, told: Told) -> None:
    contribution = standing(story, told, ContributionStatus.PUBLISHED)
    expect(contribution.unread_since is None, told, "it waited to be read already")
    contribution.unread_since = contribution.received_at


def _refused(story: ConsultationStory, told: Told) -> None:
    _decided(story, told, ContributionStatus.REFUSED).reason = told.facts["reason"]


def _returned(story: ConsultationStory, told: Told) -> None:
    _decided(story, told, ContributionStatus.RETURNED).reason = told.facts["reason"]


def _reopened(story: ConsultationStory, told: Told) -> None:
    states = (ContributionStatus.PUBLISHED, ContributionStatus.REFUSED, ContributionStatus.RETURNED)
    contribution = standing(story, told, *states)
    answered = any(_leads_to(other, contribution.number) for other in story.numbers.values())
    expect(not answered and contribution.erased_at is None, told, "it was answered, or its text is gone")
    expect(told.facts["version"] == contribution.version, told, "another version waits again than the last")
    wait_again(contribution)


def _redacted(story: ConsultationStory, told: Told) -> None:
    contribution = standing(story, told, ContributionStatus.WAITING, ContributionStatus.PUBLISHED)
    expect(contribution.kind != ContributionKind.ANSWER, told, "it is the municipality's answer")
    expect(told.facts["version"] == contribution.version + 1, told, "a version is missing or told twice")
    contribution.fingerprints.append(told.facts["fingerprint"])
    contribution.unread_since, contribution.letter = None, None


def _unredacted(story: ConsultationStory, told: Told) -> None:
    states = (ContributionStatus.WAITING, ContributionStatus.RETURNED, ContributionStatus.PUBLISHED, *KEPT_BACK)
    contribution = standing(story, told, *states)
    expect(
        contribution.version > 1 and contribution.erased_at is None, told, "nothing of it was redacted, or it is gone"
    )
    expect(told.facts["version"] == contribution.version + 1, told, "a version is missing or told twice")
    contribution.fingerprints.append(told.facts["fingerprint"])
    contribution.letter = None


def _hidden(story: ConsultationStory, told: Told) -> None:
    contribution = standing(story, told, ContributionStatus.PUBLISHED)
    expect(contribution.kind != ContributionKind.ANSWER, told, "it is the municipality's answer")
    contribution.status, contribution.decided_at = ContributionStatus.HIDDEN, told.at
    contribution.unread_since = None
    contribution.reason = told.facts["reason"]


def _restored(story: ConsultationStory, told: Told) -> None:
    contribution = standing(story, told, *KEPT_BACK, ContributionStatus.RETURNED)
    expect(contribution.erased_at is None, told, "its text is gone")
    expect(told.facts["fingerprint"] == contribution.fingerprints[-1], told, "another text is shown than before")
    expect(told.facts["reason"] == contribution.reason, told, "it was withheld for another reason")
    contribution.status, contribution.decided_at, contribution.reason = ContributionStatus.PUBLISHED, told.at, None


def _erased(story: ConsultationStory, told: Told) -> None:
    states = (*KEPT_BACK, ContributionStatus.PUBLISHED, ContributionStatus.WITHDRAWN)
    contribution = _unerased(standing(story, told, *states), told)
    contribution.status, contribution.ground = ContributionStatus.ERASED, told.facts["ground"]
    if contribution.kind != ContributionKind.ANSWER:
        return
    for number in (contribution.in_reply_to, *contribution.answers):
        if number in story.numbers:
            _leave_to_other_answers(story, story.numbers[number])


def _leave_to_other_answers(story: ConsultationStory, asked: ContributionStory) -> None:
    """It is answered since the first of its answers that everyone can read, or not at all."""
    others = (
        row.received_at
        for row in story.numbers.values()
        if row.kind == ContributionKind.ANSWER and row.is_published and _leads_to(row, asked.number)
    )
    asked.answered_at = min(others, default=None)


def _leads_to(row: ContributionStory, number: int) -> bool:
    return row.in_reply_to == number or number in row.answers


def _cleared(story: ConsultationStory, told: Told) -> None:
    _unerased(standing(story, told, *KEPT_BACK), told)


def _unerased(contribution: ContributionStory, told: Told) -> ContributionStory:
    expect(contribution.erased_at is None, told, "its text was erased before")
    contribution.erased_at, contribution.unread_since, contribution.letter = told.at, None, None
    return contribution


def _decided(story: ConsultationStory, told: Told, status: str) -> ContributionStory:
    contribution = _waiting(story, told)
    expect(told.facts["version"] == contribution.version, told, "another version was decided than the last")
    contribution.status, contribution.decided_at = status, told.at
    return contribution


def _waiting(story: ConsultationStory, told: Told) -> ContributionStory:
    return standing(story, told, ContributionStatus.WAITING)


def _moved(story: ConsultationStory, told: Told) -> None:
    contribution = known(story, told)
    left, to = contribution.topic_id, told.topic_id or 0
    movable = contribution.is_published or contribution.status == ContributionStatus.WAITING
    expect(movable, told, f"it was {contribution.status} before")
    expect(story.topics.get(left) == told.facts["from"], told, "it was not in the topic it was moved from")
    expect(story.topics.get(to) == told.facts["to"] and to != left, told, "it was moved to no other topic")
    if contribution.root != contribution.number:
        story.numbers[contribution.root].replies.remove(contribution.number)
    followers = list(told.facts["replies"])
    expect(followers in ([], contribution.replies), told, "its replies neither all followed nor all stayed")
    for number in (contribution.number, *followers):
        _carry(story, story.numbers[number], to)
    contribution.root, contribution.unread_since = contribution.number, None
    if not followers:
        expect(told.facts["stayed"] == contribution.replies, told, "other replies stayed than stood under it")
        for number in contribution.replies:
            story.numbers[number].root = number
        contribution.replies = []
    _stand_under(story, told, contribution)


def _stand_under(story: ConsultationStory, told: Told, moved: ContributionStory) -> None:
    """Let what was moved back stand under its root again, and what had stood under it under the same."""
    root = story.numbers.get(told.facts["root"], moved)
    expect(root.root == root.number == told.facts["root"], told, "it was put under what is no root")
    expect(root.topic_id == moved.topic_id, told, "it was put under a root of another topic")
    rejoined = [story.numbers[number] for number in told.facts["rejoined"]]
    expect(all(row.topic_id == moved.topic_id for row in rejoined), told, "what rejoined it stood in another topic")
    below = [story.numbers[number] for number in moved.replies] + rejoined + ([moved] if root is not moved else [])
    moved.replies = []
    for row in rejoined:
        row.replies = []
    for row in below:
        former = story.numbers[row.root]
        if former is not row and row.number in former.replies:
            former.replies.remove(row.number)
        row.root = root.number
    root.replies = sorted({*root.replies, *(row.number for row in below)})


def _carry(story: ConsultationStory, contribution: ContributionStory, to: int) -> None:
    """Move one number and leave its signpost; where it returns to, the signpost goes."""
    story.signposts[contribution.number, contribution.topic_id] = contribution.root
    story.signposts.pop((contribution.number, to), None)
    contribution.topic_id, contribution.letter = to, None


CHAPTERS: dict[str, Chapter] = {
    CONTRIBUTION_PUBLISHED.name: _published,
    CONTRIBUTION_PUBLISHED_UNREAD.name: _published_unread,
    CONTRIBUTION_REVIEWED.name: _reviewed,
    CONTRIBUTION_UNREAD_AGAIN.name: _unread_again,
    CONTRIBUTION_REFUSED.name: _refused,
    CONTRIBUTION_RETURNED.name: _returned,
    CONTRIBUTION_REOPENED.name: _reopened,
    CONTRIBUTION_HIDDEN.name: _hidden,
    CONTRIBUTION_REDACTED.name: _redacted,
    CONTRIBUTION_RESTORED.name: _restored,
    CONTRIBUTION_UNREDACTED.name: _unredacted,
    CONTRIBUTION_MOVED.name: _moved,
    CONTRIBUTION_ERASED.name: _erased,
    CONTRIBUTION_CLEARED.name: _cleared,
}
