"""Topics that came to an end: merged into another one, or deleted, as the entries tell it."""

from apps.consultations.enums import TOPIC_MERGED, TOPIC_REMOVED
from apps.exchange.engine.story.shapes import Chapter, ConsultationStory, Told, expect


def _merged(story: ConsultationStory, told: Told) -> None:
    """Everything stands in the other topic from then on, as it stood: roots, letters and states stay.

    Minutes that were linked in the one are linked in the other.
    """
    left = told.subject_id
    expect(story.topics.get(left) == told.facts["from"], told, "the topic was never added")
    expect(left not in story.merged, told, "the topic was merged before")
    named = [pk for pk, slug in story.topics.items() if slug == told.facts["to"] and pk != left]
    expect(len(named) == 1 and named[0] not in story.merged, told, "there is no such topic to merge it into")
    to = named[0]
    for contribution in story.numbers.values():
        if contribution.topic_id == left:
            story.signposts[contribution.number, left] = contribution.root
            story.signposts.pop((contribution.number, to), None)
            contribution.topic_id = to
    story.letters = {letter: to if topic == left else topic for letter, topic in story.letters.items()}
    for meeting in story.meetings.values():
        if meeting.minutes is not None:
            meeting.minutes = sorted({to if topic == left else topic for topic in meeting.minutes})
    story.merged = {topic: to if into == left else into for topic, into in story.merged.items()} | {left: to}


def _removed(story: ConsultationStory, told: Told) -> None:
    expect(story.topics.get(told.subject_id) == told.facts["slug"], told, "the topic was never added")
    is_empty = all(number.topic_id != told.subject_id for number in story.numbers.values())
    expect(is_empty, told, "people had written in it")
    del story.topics[told.subject_id]
    for meeting in story.meetings.values():
        if meeting.minutes is not None:
            meeting.minutes = [topic for topic in meeting.minutes if topic != told.subject_id]


CHAPTERS: dict[str, Chapter] = {TOPIC_MERGED.name: _merged, TOPIC_REMOVED.name: _removed}
