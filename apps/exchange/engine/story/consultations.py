"""What the entries about a consultation and its summary tell."""

from apps.consultations.enums import (
    CONSULTATION_COPIED,
    CONSULTATION_DRAFTED,
    CONSULTATION_PUBLISHED,
    CONSULTATION_TRANSLATED,
    DEADLINE_EXTENDED,
    DOCUMENT_ADDED,
    DOCUMENT_HELD,
    DOCUMENT_RELEASED,
    DOCUMENT_REPLACED,
    LEGAL_TERMS_SET,
    MAP_SET,
    MODERATION_SET,
    PERIOD_SHORTENED,
    PHASE_SET,
    PROPOSAL_PUBLISHED,
    TOPIC_ADDED,
    ConsultationStatus,
)
from apps.exchange.engine.story.shapes import Chapter, ConsultationStory, Disagreement, SummaryStory, Told, expect
from apps.publications.enums import SUMMARY_DRAFTED, SUMMARY_PUBLISHED


def _drafted(story: ConsultationStory, told: Told) -> None:
    expect(story.subject_id is None, told, "the consultation was drafted twice")
    story.subject_id = told.subject_id


def _copied(story: ConsultationStory, told: Told) -> None:
    expect(story.subject_id == told.subject_id, told, "the consultation was copied, but never drafted")
    expect(story.published_at is None, told, "what is published is not begun as a copy")
    expect(told.facts["source"] != told.subject_id, told, "the consultation is a copy of itself")


def _opened(story: ConsultationStory, told: Told) -> None:
    expect(story.subject_id == told.subject_id, told, "the consultation was published, but never drafted")
    expect(story.published_at is None, told, "the consultation was published twice")
    story.published_at = told.at
    story.status = ConsultationStatus.PUBLISHED


def _moderation_set(story: ConsultationStory, told: Told) -> None:
    expect(story.mode != told.facts["mode"], told, "it was so before")
    story.mode = told.facts["mode"]


def _proposal_published(story: ConsultationStory, told: Told) -> None:
    version = told.facts["version"]
    expect(story.published_at is not None, told, "a proposal that is not published has no versions")
    # A proposal published before versions were kept begins with its second one.
    following = {max(story.proposals) + 1} if story.proposals else {1, 2}
    expect(version in following, told, "a version of the proposal is missing or told twice")
    story.proposals[version] = told.facts["fingerprint"]


def _translated(story: ConsultationStory, told: Told) -> None:
    """Say how many texts are in English, and under which version of the proposal they were saved."""
    version = told.facts["version"]
    fits = version == max(story.proposals) if story.proposals else version <= 1  # the first may be older than versions
    expect(fits, told, "the proposal had another version")
    story.english = told.facts["texts"]


def _phases_set(story: ConsultationStory, told: Told) -> None:
    story.phases = told.facts["phases"]


def _terms_set(story: ConsultationStory, told: Told) -> None:
    story.basis, story.late = told.facts["basis"], told.facts["late"]


def _shortened(story: ConsultationStory, told: Told) -> None:
    expect(story.published_at is not None, told, "the period was shortened, but nothing was published")
    story.shortened = (told.facts["days"], told.facts["minimum"])


def _deadline_moved(story: ConsultationStory, told: Told) -> None:
    if "change" not in told.facts:  # told before old deadlines were kept in sight
        return
    expect(told.facts["change"] not in story.deadlines, told, "the same deadline was moved twice")
    story.deadlines[told.facts["change"]] = (told.facts["old"], told.facts["new"])


def _topic_added(story: ConsultationStory, told: Told) -> None:
    expect(told.subject_id not in story.topics, told, "the topic was added twice")
    story.topics[told.subject_id] = told.facts["slug"]


def _document_added(story: ConsultationStory, told: Told) -> None:
    expect(told.subject_id not in story.documents, told, "the document was added twice")
    story.documents[told.subject_id] = [told.facts["sha256"]]


def _document_replaced(story: ConsultationStory, told: Told) -> None:
    versions = story.documents.get(told.subject_id, [])
    expect(bool(versions), told, "the document was replaced, but never added")
    expect(told.facts["version"] == len(versions) + 1, told, "a version of the document is missing or told twice")
    versions.append(told.facts["sha256"])


def _document_held(story: ConsultationStory, told: Told) -> None:
    version = told.facts["version"]
    expect(version <= len(story.documents.get(told.subject_id, [])), told, "there is no such version of the document")
    expect((told.subject_id, version) not in story.held, told, "the file was held back twice")
    story.held.add((told.subject_id, version))


def _document_released(story: ConsultationStory, told: Told) -> None:
    held = (told.subject_id, told.facts["version"])
    expect(held in story.held, told, "the file was not held back")
    story.held.remove(held)


def _map_set(story: ConsultationStory, told: Told) -> None:
    facts = told.facts["features"], told.facts["points"], told.facts["sha256"]
    expect(story.map != facts, told, "the map was so before")
    story.map = facts


def _summary_drafted(story: ConsultationStory, told: Told) -> None:
    if story.summary is None:
        story.summary = SummaryStory(told.subject_id, drafts=0)
    story.summary.drafts = told.facts["statements"]


def _summary_published(story: ConsultationStory, told: Told) -> None:
    summary = story.summary
    if summary is None or summary.subject_id != told.subject_id:
        raise Disagreement(f"Entry {told.entry}: the summary was published, but never drafted")
    expect(told.facts["version"] == summary.version + 1, told, "a version is missing or told twice")
    summary.version, summary.published_at = told.facts["version"], told.at
    summary.numbers, summary.fingerprint = told.facts["numbers"], told.facts["fingerprint"]


CHAPTERS: dict[str, Chapter] = {
    CONSULTATION_DRAFTED.name: _drafted,
    CONSULTATION_COPIED.name: _copied,
    CONSULTATION_PUBLISHED.name: _opened,
    MODERATION_SET.name: _moderation_set,
    PROPOSAL_PUBLISHED.name: _proposal_published,
    CONSULTATION_TRANSLATED.name: _translated,
    PHASE_SET.name: _phases_set,
    LEGAL_TERMS_SET.name: _terms_set,
    PERIOD_SHORTENED.name: _shortened,
    DEADLINE_EXTENDED.name: _deadline_moved,
    TOPIC_ADDED.name: _topic_added,
    DOCUMENT_ADDED.name: _document_added,
    DOCUMENT_REPLACED.name: _document_replaced,
    DOCUMENT_HELD.name: _document_held,
    DOCUMENT_RELEASED.name: _document_released,
    MAP_SET.name: _map_set,
    SUMMARY_DRAFTED.name: _summary_drafted,
    SUMMARY_PUBLISHED.name: _summary_published,
}
