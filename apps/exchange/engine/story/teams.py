"""What the entries about a consultation's team tell: who has which place, by the id of the place."""

from apps.consultations.enums import TEAM_MEMBER_ADDED, TEAM_MEMBER_REMOVED, TEAM_ROLE_CHANGED
from apps.exchange.engine.story.shapes import Chapter, ConsultationStory, Told, expect


def _added(story: ConsultationStory, told: Told) -> None:
    expect(told.subject_id not in story.team, told, "the same place in the team was given twice")
    story.team[told.subject_id] = told.facts["role"]


def _changed(story: ConsultationStory, told: Told) -> None:
    """Who owned a consultation before there were teams has a place that no entry gave."""
    if told.subject_id in story.team:
        expect(story.team[told.subject_id] != told.facts["role"], told, "the role in the team was the same before")
        story.team[told.subject_id] = told.facts["role"]


def _removed(story: ConsultationStory, told: Told) -> None:
    role = story.team.pop(told.subject_id, told.facts["role"])
    expect(role == told.facts["role"], told, "the one who was removed had another role in the team")


CHAPTERS: dict[str, Chapter] = {
    TEAM_MEMBER_ADDED.name: _added,
    TEAM_ROLE_CHANGED.name: _changed,
    TEAM_MEMBER_REMOVED.name: _removed,
}
