"""What was said to become of suggestions, and how many agree with what, as the entries tell it."""

from apps.discussions.enums import (
    AGREEMENT_COUNTED,
    PROPOSAL_EXTENDED,
    PROPOSAL_LAPSED,
    PROPOSAL_OFFERED,
    SUGGESTION_STATUS_SET,
    THRESHOLD_REACHED,
    ContributionKind,
    ContributionStatus,
    ProposalOutcome,
)
from apps.exchange.engine.story.shapes import Chapter, ConsultationStory, Told, expect, standing


def _status_set(story: ConsultationStory, told: Told) -> None:
    suggestion = standing(story, told, ContributionStatus.PUBLISHED)
    is_fit = suggestion.root == suggestion.number and suggestion.kind != ContributionKind.ANSWER
    expect(is_fit, told, "it is no suggestion")
    story.suggestions.setdefault(suggestion.number, []).append((told.facts["status"], told.facts["fingerprint"]))


def _counted(story: ConsultationStory, told: Told) -> None:
    contribution = standing(story, told, ContributionStatus.PUBLISHED)
    expect(contribution.kind != ContributionKind.ANSWER, told, "nobody agrees with an answer")
    story.agreed[contribution.number] = told.facts["count"]


def _offered(story: ConsultationStory, told: Told) -> None:
    suggestion = standing(story, told, ContributionStatus.WAITING)
    is_fit = suggestion.root == suggestion.number and suggestion.kind == ContributionKind.PROPOSAL
    expect(is_fit and suggestion.number not in story.citizens, told, "it cannot be offered as a citizen proposal")
    terms = (told.facts["threshold"], told.facts["days"], told.facts["minimum_age"])
    story.citizens[suggestion.number] = (*terms, "", None)


def _extended(story: ConsultationStory, told: Told) -> None:
    """Its days are those of its terms and those that it stood still."""
    suggestion = standing(story, told, ContributionStatus.PUBLISHED)
    threshold, days, age, outcome, count = story.citizens.get(suggestion.number, (0, 0, 0, "none", None))
    expect(outcome == "" and told.facts["days"] > 0, told, "it is no citizen proposal, or was settled before")
    story.citizens[suggestion.number] = (threshold, days + told.facts["days"], age, outcome, count)


def _settled(story: ConsultationStory, told: Told) -> None:
    suggestion = standing(story, told, ContributionStatus.PUBLISHED)
    threshold, days, age, outcome, _count = story.citizens.get(suggestion.number, (0, 0, 0, "none", None))
    expect(outcome == "", told, "it is no citizen proposal, or was settled before")
    count, is_reached = told.facts["count"], told.kind == THRESHOLD_REACHED.name
    expect((count >= threshold) == is_reached, told, f"it has {count} supporters and needs {threshold}")
    ends = ProposalOutcome.REACHED if is_reached else ProposalOutcome.LAPSED
    story.citizens[suggestion.number] = (threshold, days, age, str(ends), count)


CHAPTERS: dict[str, Chapter] = {
    SUGGESTION_STATUS_SET.name: _status_set,
    AGREEMENT_COUNTED.name: _counted,
    PROPOSAL_OFFERED.name: _offered,
    PROPOSAL_EXTENDED.name: _extended,
    THRESHOLD_REACHED.name: _settled,
    PROPOSAL_LAPSED.name: _settled,
}
