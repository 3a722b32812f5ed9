"""The story that a consultation's entries tell, folded in the order of their positions.

Nothing here reads rows: what the rows say is held against the story in `agreement`.
"""

from collections.abc import Iterable

from apps.exchange.engine.story import (
    answers,
    consultations,
    contributions,
    decisions,
    files,
    letters,
    meetings,
    moves,
    outcomes,
    parties,
    stages,
    suggestions,
    teams,
    topics,
    whitepapers,
)
from apps.exchange.engine.story.shapes import (
    Chapter,
    ConsultationStory,
    ContributionStory,
    Disagreement,
    MeetingStory,
    OutcomeStory,
    PartyStory,
    SummaryStory,
    Told,
    WhitePaperStory,
)

__all__ = [
    "ConsultationStory",
    "ContributionStory",
    "Disagreement",
    "MeetingStory",
    "OutcomeStory",
    "PartyStory",
    "SummaryStory",
    "Told",
    "WhitePaperStory",
    "story_of",
]

_CHAPTERS: dict[str, Chapter] = {
    **consultations.CHAPTERS,
    **meetings.CHAPTERS,
    **contributions.CHAPTERS,
    **decisions.CHAPTERS,
    **moves.CHAPTERS,
    **letters.CHAPTERS,
    **files.CHAPTERS,
    **suggestions.CHAPTERS,
    **teams.CHAPTERS,
    **stages.CHAPTERS,
    **topics.CHAPTERS,
    **parties.CHAPTERS,
    **answers.CHAPTERS,
    **whitepapers.CHAPTERS,
    **outcomes.CHAPTERS,
}


def story_of(entries: Iterable[Told]) -> ConsultationStory:
    """Return the story of one consultation's entries; raises Disagreement where it contradicts itself."""
    story = ConsultationStory()
    for told in entries:
        tell = _CHAPTERS.get(told.kind)
        if tell:
            tell(story, told)
        elif told.kind.startswith(("contribution.", "answer.", "cluster.", "whitepaper.", "statement.", "point.")):
            raise Disagreement(f"Entry {told.entry}: nobody knows what {told.kind} does to a contribution")
    return story
