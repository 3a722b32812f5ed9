"""What was said to become of suggestions, and how many agree with what, as the entries tell it."""

from apps.discussions.enums import AGREEMENT_COUNTED, SUGGESTION_STATUS_SET, ContributionKind, ContributionStatus
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


CHAPTERS: dict[str, Chapter] = {SUGGESTION_STATUS_SET.name: _status_set, AGREEMENT_COUNTED.name: _counted}
