"""What the entries about hearing parties tell: who is listed, was invited and has answered, by the id of the party."""

from apps.consultations.enums import PARTY_ADDED, PARTY_ANSWERED, PARTY_INVITED, PARTY_REMOVED, PARTY_REVISED
from apps.exchange.engine.story.shapes import Chapter, ConsultationStory, PartyStory, Told, expect


def _added(story: ConsultationStory, told: Told) -> None:
    expect(told.subject_id not in story.parties, told, "the same hearing party was listed twice")
    story.parties[told.subject_id] = PartyStory(told.facts["kind"])


def _revised(story: ConsultationStory, told: Told) -> None:
    _known(story, told).kind = told.facts["kind"]


def _removed(story: ConsultationStory, told: Told) -> None:
    party = _known(story, told)
    expect(not party.invitations and not party.has_answered, told, "a hearing party that was invited stays listed")
    del story.parties[told.subject_id]


def _invited(story: ConsultationStory, told: Told) -> None:
    party, invitation = _known(story, told), told.facts["invitation"]
    expect(invitation not in party.invitations, told, "the same invitation was noted twice")
    party.invitations[invitation] = (told.facts["way"], told.facts["day"])


def _answered(story: ConsultationStory, told: Told) -> None:
    """The number may be mended, so that a party has answered can be told again."""
    _known(story, told).has_answered = told.facts["answered"] == "yes"


def _known(story: ConsultationStory, told: Told) -> PartyStory:
    expect(told.subject_id in story.parties, told, "the hearing party was never listed")
    return story.parties[told.subject_id]


CHAPTERS: dict[str, Chapter] = {
    PARTY_ADDED.name: _added,
    PARTY_REVISED.name: _revised,
    PARTY_REMOVED.name: _removed,
    PARTY_INVITED.name: _invited,
    PARTY_ANSWERED.name: _answered,
}
