"""What authors and answering officials do to a contribution, as its entries tell it."""

from apps.discussions.enums import (
    ANSWER_BUNDLED,
    ANSWER_CORRECTED,
    ANSWER_PUBLISHED,
    CONTRIBUTION_CORRECTED,
    CONTRIBUTION_ENTERED,
    CONTRIBUTION_RECEIVED,
    CONTRIBUTION_REVISED,
    CONTRIBUTION_WITHDRAWN,
    RECEIPT_POSTED,
    ContributionKind,
    ContributionStatus,
)
from apps.exchange.engine.story.shapes import (
    Chapter,
    ConsultationStory,
    ContributionStory,
    Disagreement,
    Told,
    expect,
    known,
    standing,
)
from apps.moderation.enums import STATEMENT_POSTED


def _received(story: ConsultationStory, told: Told) -> None:
    _receive(story, told, kind=told.facts["kind"], status=ContributionStatus.WAITING)


def _answered(story: ConsultationStory, told: Told) -> None:
    answer = _received_answer(story, told)
    asked = story.numbers.get(answer.in_reply_to or 0)
    if asked is None or not asked.is_published:
        raise Disagreement(f"Entry {told.entry}: no. {told.number} answers what was not published")
    _is_answered(story, asked.number, told)


def _given_together(story: ConsultationStory, told: Told) -> None:
    """One answer to several of its topic, each of which everyone could read."""
    numbers = told.facts["numbers"]
    expect(len(set(numbers)) == len(numbers) > 1, told, "it is an answer to several, or names one twice")
    answer = _received_answer(story, told)
    for number in numbers:
        asked = story.numbers.get(number)
        fits = asked is not None and asked.is_published and asked.topic_id == told.topic_id
        expect(fits and number != answer.number, told, f"no. {number}, which it answers, was not published there")
        _is_answered(story, number, told)
    answer.answers = list(numbers)


def _answer_corrected(story: ConsultationStory, told: Told) -> None:
    """An answer that everyone could read and that nobody corrected before; it answers what that one answers."""
    old = story.numbers.get(told.facts["corrects"])
    if old is None or not old.is_published or old.kind != ContributionKind.ANSWER:
        raise Disagreement(f"Entry {told.entry}: no. {told.number} corrects what is no public answer")
    again = any(row.corrects == old.number for row in story.numbers.values())
    expect(not again, told, f"no. {old.number} was corrected before")
    expect(told.facts["in_reply_to"] == old.in_reply_to, told, "it answers something else than what it corrects")
    answer = _received_answer(story, told)
    answer.answers, answer.corrects = list(old.answers), old.number


def _received_answer(story: ConsultationStory, told: Told) -> ContributionStory:
    answer = _receive(story, told, kind=ContributionKind.ANSWER, status=ContributionStatus.PUBLISHED)
    answer.decided_at = told.at
    return answer


def _is_answered(story: ConsultationStory, number: int, told: Told) -> None:
    asked = story.numbers[number]
    asked.answered_at = asked.answered_at or told.at


def _receive(story: ConsultationStory, told: Told, *, kind: str, status: str) -> ContributionStory:
    number = next_number(story, told)
    answered = story.numbers.get(told.facts.get("in_reply_to") or 0)
    expect(not told.facts.get("in_reply_to") or answered is not None, told, "what it answers was never received")
    root = answered.root if answered else number
    if answered:
        expect(answered.topic_id == told.topic_id, told, "what it answers stands in another topic")
        story.numbers[root].replies.append(number)
    made = ContributionStory(
        number=number,
        subject_id=told.subject_id,
        topic_id=told.topic_id or 0,
        root=root,
        in_reply_to=told.facts.get("in_reply_to"),
        kind=kind,
        status=status,
        received_at=told.at,
        fingerprints=[told.facts["fingerprint"]],
        came_late=told.facts.get("late", False),
    )
    story.numbers[number] = made
    story.last_received_at = told.at
    return made


def next_number(story: ConsultationStory, told: Told) -> int:
    """Return the number that an entry gives: the next one, in a topic that is there."""
    number, expected = told.number or 0, len(story.numbers) + 1
    expect(number not in story.numbers, told, "the number was given twice")
    expect(number == expected, told, f"the next number was {expected}")
    expect(told.topic_id in story.topics, told, "the topic was never added")
    return number


def _revised(story: ConsultationStory, told: Told) -> None:
    contribution = standing(story, told, ContributionStatus.WAITING, ContributionStatus.RETURNED)
    wait_again(contribution)
    expect(told.facts["version"] == contribution.version + 1, told, "a version is missing or told twice")
    contribution.fingerprints.append(told.facts["fingerprint"])


def _entered(story: ConsultationStory, told: Told) -> None:
    contribution = standing(story, told, ContributionStatus.WAITING)
    expect(contribution.outside is None, told, "it was typed in twice")
    expect(contribution.version == 1 and told.at == contribution.received_at, told, "it had been received before")
    contribution.outside = (told.facts["channel"], told.facts["came_on"])


def _corrected(story: ConsultationStory, told: Told) -> None:
    """Only of what was typed in, while nobody has decided on it."""
    contribution = standing(story, told, ContributionStatus.WAITING)
    expect(contribution.outside is not None, told, "it was not typed in by staff")
    expect(told.facts["version"] == contribution.version + 1, told, "a version is missing or told twice")
    contribution.letter = None
    contribution.fingerprints.append(told.facts["fingerprint"])
    contribution.outside, contribution.came_late = (told.facts["channel"], told.facts["came_on"]), told.facts["late"]


def _posted(story: ConsultationStory, told: Told) -> None:
    expect(known(story, told).outside is not None, told, "it was not typed in by staff")


def _withdrawn(story: ConsultationStory, told: Told) -> None:
    states = (ContributionStatus.WAITING, ContributionStatus.RETURNED, ContributionStatus.PUBLISHED)
    contribution = standing(story, told, *states)
    expect(contribution.kind != ContributionKind.ANSWER, told, "it is the municipality's answer")
    contribution.status, contribution.decided_at = ContributionStatus.WITHDRAWN, told.at
    contribution.unread_since, contribution.letter = None, None


def wait_again(contribution: ContributionStory) -> None:
    """Let it wait for a decision as if none had been made; it belongs to no letter."""
    contribution.letter = None
    contribution.status, contribution.decided_at, contribution.reason = ContributionStatus.WAITING, None, None
    contribution.unread_since = None


CHAPTERS: dict[str, Chapter] = {
    CONTRIBUTION_RECEIVED.name: _received,
    CONTRIBUTION_REVISED.name: _revised,
    CONTRIBUTION_ENTERED.name: _entered,
    CONTRIBUTION_CORRECTED.name: _corrected,
    RECEIPT_POSTED.name: _posted,
    STATEMENT_POSTED.name: _posted,
    CONTRIBUTION_WITHDRAWN.name: _withdrawn,
    ANSWER_PUBLISHED.name: _answered,
    ANSWER_BUNDLED.name: _given_together,
    ANSWER_CORRECTED.name: _answer_corrected,
}
