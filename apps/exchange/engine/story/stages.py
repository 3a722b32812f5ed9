"""What the entries about a consultation's way tell: reviews before it is published, steps after, the clock's work."""

from apps.consultations.enums import (
    CONSULTATION_CANCELLED,
    PHASE_CLOSED,
    PHASE_OPENED,
    REVIEW_APPROVED,
    REVIEW_ASKED,
    REVIEW_SENT_BACK,
    STAGE_REACHED,
    ConsultationStatus,
    PhaseMoment,
)
from apps.consultations.rules import STEPS
from apps.exchange.engine.story.shapes import Chapter, ConsultationStory, Told, expect


def _asked(story: ConsultationStory, told: Told) -> None:
    expect(story.published_at is None, told, "a review was asked for after the publication")
    story.status = ConsultationStatus.REVIEW


def _approved(story: ConsultationStory, told: Told) -> None:
    expect(story.status == ConsultationStatus.REVIEW, told, "the draft was approved, but nobody had asked for it")


def _sent_back(story: ConsultationStory, told: Told) -> None:
    expect(story.status == ConsultationStatus.REVIEW, told, "the draft was sent back, but nobody had asked for it")
    story.status = ConsultationStatus.DRAFT


def _reached(story: ConsultationStory, told: Told) -> None:
    stage = told.facts["stage"]
    expect(stage in STEPS.get(story.status, ()), told, "this step cannot follow on the one before")
    story.status = stage


def _cancelled(story: ConsultationStory, told: Told) -> None:
    ended = {ConsultationStatus.CANCELLED, ConsultationStatus.ARCHIVED}
    expect(story.status not in ended, told, "what was over was cancelled")
    story.status = ConsultationStatus.CANCELLED


def _opened(story: ConsultationStory, told: Told) -> None:
    _noted(story, told, PhaseMoment.OPENED)


def _closed(story: ConsultationStory, told: Told) -> None:
    _noted(story, told, PhaseMoment.CLOSED)


def _noted(story: ConsultationStory, told: Told, what: PhaseMoment) -> None:
    note = (str(what), told.facts["moment"])
    expect(note not in story.told_phases, told, "the same phase was told twice")
    expect(story.published_at is not None, told, "a phase was told of what is not published")
    story.told_phases.add(note)


CHAPTERS: dict[str, Chapter] = {
    REVIEW_ASKED.name: _asked,
    REVIEW_APPROVED.name: _approved,
    REVIEW_SENT_BACK.name: _sent_back,
    STAGE_REACHED.name: _reached,
    CONSULTATION_CANCELLED.name: _cancelled,
    PHASE_OPENED.name: _opened,
    PHASE_CLOSED.name: _closed,
}
