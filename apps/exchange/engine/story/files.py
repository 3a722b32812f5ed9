"""Files beside a contribution, as its entries tell them."""

from apps.discussions.enums import (
    CONTRIBUTION_FILE_HELD,
    CONTRIBUTION_FILE_RELEASED,
    CONTRIBUTION_FILES,
    ContributionStatus,
)
from apps.exchange.engine.story.shapes import Chapter, ConsultationStory, ContributionStory, Told, expect, standing

WITH_FILES = (
    ContributionStatus.WAITING,
    ContributionStatus.RETURNED,
    ContributionStatus.PUBLISHED,
    ContributionStatus.REFUSED,
    ContributionStatus.HIDDEN,
)


def _files(story: ConsultationStory, told: Told) -> None:
    contribution = _with_files(story, told)
    files, held = list(told.facts["files"]), set(told.facts["held"])
    expect(len(set(files)) == len(files), told, "a file is told twice")
    expect(held.issubset(files), told, "a file is held back that does not stand there")
    contribution.files, contribution.held_files = files, held


def _held(story: ConsultationStory, told: Told) -> None:
    contribution, file = _with_files(story, told), told.facts["file"]
    expect(file in contribution.files, told, "there is no such file")
    expect(file not in contribution.held_files, told, "the file was held back before")
    contribution.held_files.add(file)


def _released(story: ConsultationStory, told: Told) -> None:
    contribution, file = _with_files(story, told), told.facts["file"]
    expect(file in contribution.held_files, told, "the file was not held back")
    contribution.held_files.remove(file)


def _with_files(story: ConsultationStory, told: Told) -> ContributionStory:
    contribution = standing(story, told, *WITH_FILES)
    expect(contribution.erased_at is None, told, "its text and files are gone")
    return contribution


CHAPTERS: dict[str, Chapter] = {
    CONTRIBUTION_FILES.name: _files,
    CONTRIBUTION_FILE_HELD.name: _held,
    CONTRIBUTION_FILE_RELEASED.name: _released,
}
