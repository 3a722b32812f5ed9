"""Which texts count as one letter, as the entries tell it."""

from apps.discussions.enums import CLUSTER_CONFIRMED, CLUSTER_DIVIDED, CLUSTER_JOINED, ContributionKind
from apps.exchange.engine.story.shapes import Chapter, ConsultationStory, ContributionStory, Disagreement, Told, expect

FEWEST = 2


def _confirmed(story: ConsultationStory, told: Told) -> None:
    expect(told.subject_id not in story.letters, told, "the letter was confirmed twice")
    expect(len(told.facts["numbers"]) >= FEWEST, told, "one text alone is no letter of several")
    story.letters[told.subject_id] = told.topic_id or 0
    _join(story, told)


def _joined(story: ConsultationStory, told: Told) -> None:
    expect(told.subject_id in story.letters, told, "the letter was never confirmed")
    expect(told.facts["shown"] == story.letter(told.subject_id)[0], told, "another text was shown for the letter")
    _join(story, told)


def _divided(story: ConsultationStory, told: Told) -> None:
    for contribution in _named(story, told):
        expect(contribution.letter == told.subject_id, told, f"no. {contribution.number} was not of the letter")
        contribution.letter = None


def _join(story: ConsultationStory, told: Told) -> None:
    for contribution in _named(story, told):
        fits = contribution.is_published and contribution.kind != ContributionKind.ANSWER
        expect(fits, told, f"no. {contribution.number} was not public")
        expect(contribution.letter is None, told, f"no. {contribution.number} was of a letter before")
        contribution.letter = told.subject_id


def _named(story: ConsultationStory, told: Told) -> list[ContributionStory]:
    numbers = told.facts["numbers"]
    if not numbers or any(number not in story.numbers for number in numbers) or len(set(numbers)) < len(numbers):
        raise Disagreement(f"Entry {told.entry} ({told.kind}): its numbers were not all received")
    named = [story.numbers[number] for number in numbers]
    topic = story.letters.get(told.subject_id)
    in_place = all(contribution.topic_id == told.topic_id == topic for contribution in named)
    expect(in_place, told, "its numbers stand in another topic")
    return named


CHAPTERS: dict[str, Chapter] = {
    CLUSTER_CONFIRMED.name: _confirmed,
    CLUSTER_JOINED.name: _joined,
    CLUSTER_DIVIDED.name: _divided,
}
